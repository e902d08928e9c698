"""First pages of sections, tags and authors: the newest, and a way to the month in which they go on."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.models import Article, Author, Page, Tag

from .cards import cards_of
from .elsewhere import elsewhere
from .furniture import furniture
from .rendering import Meta, absolute, render_page

ON_A_PAGE = 24


@require_safe
def section_or_page(request, slug):
    """Sections and the paper's own pages share the first word of an address."""
    stands = furniture()
    if found := stands.section(slug):
        return section_page(request, found, stands)
    if slug in {path for _, path in stands.page_rows}:
        return own_page(request, slug, stands)
    return elsewhere(request, stands)


@require_safe
def subsection(request, section, slug):
    stands = furniture()
    if found := stands.section(section, slug):
        return section_page(request, found, stands)
    return elsewhere(request, stands)


def section_page(request, section, stands):
    articles = Article.objects.published(timezone.now()).in_section(section).newest_first()
    lead, *cards = newest_cards(articles, stands) or [None]
    listed = stands.listed(section)
    context = {
        "section": section,
        "department": listed,
        "subsections": listed.subsections if listed else (),
        "lead": lead,
        "cards": cards[: ON_A_PAGE - 1],
        "older_url": older_url(section, [lead, *cards]),
        "meta": meta_of(section, section.name, section.description),
    }
    return render_page(request, "pages/section.html", "listing", context, furniture=stands)


def own_page(request, path, stands):
    page = get_object_or_404(Page, path=path, published=True)
    context = {"page": page, "body": page.prepared_body, "meta": meta_of(page, page.title)}
    return render_page(request, "pages/page.html", "page", context, furniture=stands)


@require_safe
def tag(request, slug):
    found = get_object_or_404(Tag, slug=slug)
    stands = furniture()
    cards = newest_cards(Article.objects.tagged(found, timezone.now()), stands)
    context = listing(found, cards) | {"tag": found, "meta": meta_of(found, found.name, found.description)}
    return render_page(request, "pages/tag.html", "listing", context, furniture=stands)


@require_safe
def author(request, slug):
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    stands = furniture()
    cards = newest_cards(Article.objects.by_author(found, timezone.now()), stands)
    context = listing(found, cards) | {
        "author": found,
        "meta": meta_of(found, found.name, found.biography[:300]),
    }
    return render_page(request, "pages/author.html", "listing", context, furniture=stands)


def newest_cards(articles, stands):
    """One more than a page shows, by which it is known whether there are older ones."""
    return cards_of(articles[: ON_A_PAGE + 1], stands)


def listing(owner, cards):
    return {"cards": cards[:ON_A_PAGE], "older_url": older_url(owner, cards)}


def older_url(owner, cards):
    """The month of the oldest card shown: its page shows all of that month, so nothing falls between."""
    if len(cards) <= ON_A_PAGE:
        return ""
    oldest = timezone.localdate(cards[ON_A_PAGE - 1].publish_at)
    return f"{owner.get_absolute_url()}{oldest:%Y/%m}/"


def meta_of(owner, title, description=""):
    return Meta(
        title=f"{title} – {paper().name}",
        description=description,
        canonical=absolute(owner.get_absolute_url()),
    )
