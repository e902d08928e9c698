"""First pages of sections, tags and authors: the newest articles, and a link to the month in which the list
goes on. Without a public article there is no such page, unless the desk shows the section without one."""

from dataclasses import replace

from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from articles import structured_data
from articles.body import excerpt
from articles.conf import paper
from articles.database.compiled_queries import CompiledQuery
from articles.fronts.layouts import USUAL, RowShape
from articles.fronts.placement import laid_out
from articles.models import Article, Author, Page, Tag
from articles.page_facts import PageFacts
from articles.views.shared.boards import board_of_section, with_own_words
from articles.views.shared.bodies import body_of, bring_up_to_date, unused_of_body
from articles.views.shared.cards import cards_by_pk, facts_of_list, newest_cards
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page

from .moved_or_gone import elsewhere

ON_A_PAGE = 24
FILLS_PACKAGE = len(USUAL.places)


def page_of(articles):
    """One more than a page shows, to find out whether there are older articles."""
    return articles.for_cards()[: ON_A_PAGE + 1]


OF_DEPARTMENT = CompiledQuery(
    lambda at, section: page_of(Article.objects.published(at).filter(department=section).newest_first())
)
OF_SUBSECTION = CompiledQuery(
    lambda at, section: page_of(Article.objects.published(at).filter(section=section).newest_first())
)
TAGGED = CompiledQuery(lambda at, tag: page_of(Article.objects.tagged(tag, at)))
BY_AUTHOR = CompiledQuery(lambda at, author: page_of(Article.objects.by_author(author, at)))


@require_safe
def section_or_page(request, slug):
    """Sections and the paper's own pages share the first word of an address."""
    navigation = read_navigation()
    if found := navigation.section(slug):
        return section_page(request, found, navigation)
    return own_page(request, slug, navigation)


@require_safe
def subsection(request, section, slug):
    navigation = read_navigation()
    if found := navigation.section(section, slug):
        return section_page(request, found, navigation)
    return own_page(request, f"{section}/{slug}", navigation)


@require_safe
def page_below(request, path):
    """One of the paper's own pages below others."""
    return own_page(request, path, read_navigation())


def section_page(request, section, navigation):
    at = timezone.now()
    return section_page_with(request, section, navigation, board_of_section(section.pk, at), at=at)


def section_page_with(request, section, navigation, board, *, at):
    """The section's front with this board, at that time."""
    query = OF_SUBSECTION if section.parent_id else OF_DEPARTMENT
    newest = newest_cards(query, navigation, at=at, section=section.pk)
    chosen = chosen_cards(board.standing(at), newest, navigation)
    top, left = opened(*laid_out(board.layout, chosen, newest, looks_at=1))
    above = [card for row in top for card in row.cards]
    cards = left[: ON_A_PAGE - len(above)]
    listed = navigation.listed(section)
    context = {
        "section": section,
        "department": listed,
        "subsections": listed.subsections if listed else (),
        "top": top,
        "cards": cards,
        "older_url": older_than(section, cards[-1]) if len(left) > len(cards) else "",
        "meta": meta_of(section, section.name, facts_of_section(section), section.description),
    }
    return render_page(
        request,
        "pages/section.html",
        "section",
        context,
        navigation=navigation,
        unused=() if any(row.shape is not RowShape.PACKAGE for row in top) else ["top"],
        facts=facts_of_list([*above, *cards]),
        line=navigation.line,
    )


def chosen_cards(standing, newest, navigation):
    """Place → card of what stands on the board. Most are among the newest; others are asked for."""
    cards = {card.pk: card for card in newest}
    wanted = [slot.story.pk for slot in standing.values()]
    cards |= cards_by_pk([pk for pk in wanted if pk not in cards], navigation)
    cards = with_own_words(cards, standing.values())
    return {place: cards[slot.story.pk] for place, slot in standing.items() if slot.story.pk in cards}


def opened(top, left):
    """The rows of the top, and the list below. The lead stands alone if too few stories would be beside it,
    because these would leave a hole there."""
    if top and top[0].shape is RowShape.PACKAGE and len(top[0].cards) < FILLS_PACKAGE:
        lead, *others = top[0].cards
        return (replace(top[0], cards=(lead,)),), [*others, *left]
    return top, left


def own_page(request, path, navigation):
    page = Page.objects.filter(path=path, published=True).first() if navigation.has_page(path) else None
    if page is None:
        return elsewhere(request, navigation)
    bring_up_to_date(page)
    body = body_of(page)
    context = {
        "page": page,
        "above": navigation.page_above(path),
        "below": navigation.pages_below(path),
        "body": body,
        "meta": meta_of(page, page.title, [structured_data.own_page(page)], excerpt(page.body)),
    }
    return render_page(
        request,
        "pages/page.html",
        "page",
        context,
        navigation=navigation,
        unused=unused_of_body(body.html),
        facts=PageFacts(pictures=body.pictures),
    )


@require_safe
def tag(request, slug):
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        return elsewhere(request)
    navigation = read_navigation()
    cards = newest_cards(TAGGED, navigation, at=timezone.now(), tag=found.pk)
    if not cards:
        return elsewhere(request, navigation)
    context = listing(found, cards) | {
        "tag": found,
        "meta": meta_of(found, found.name, [structured_data.collection_page(found)], found.description),
    }
    facts = facts_of_list(context["cards"])
    return render_page(request, "pages/tag.html", "listing", context, navigation=navigation, facts=facts)


@require_safe
def author(request, slug):
    found = Author.objects.select_related("portrait").filter(slug=slug).first()
    if found is None:
        return elsewhere(request)
    found.hide_withheld()
    navigation = read_navigation()
    cards = newest_cards(BY_AUTHOR, navigation, at=timezone.now(), author=found.pk)
    if not cards:
        return elsewhere(request, navigation)
    context = listing(found, cards) | {
        "author": found,
        "meta": meta_of(found, found.name, [structured_data.profile_page(found)], about(found)),
    }
    facts = facts_of_list(context["cards"])
    return render_page(request, "pages/author.html", "listing", context, navigation=navigation, facts=facts)


def facts_of_section(section):
    facts = structured_data.collection_page(section)
    return [facts, structured_data.breadcrumbs(section)] if section.parent_id else [facts]


def listing(owner, cards):
    return {"cards": cards[:ON_A_PAGE], "older_url": older_url(owner, cards)}


def older_url(owner, cards):
    return older_than(owner, cards[ON_A_PAGE - 1]) if len(cards) > ON_A_PAGE else ""


def older_than(owner, oldest):
    """The month of the oldest card shown: its page shows all of that month, so nothing falls between."""
    return f"{owner.get_absolute_url()}{timezone.localdate(oldest.publish_at):%Y/%m}/"


def about(author):
    """What search engines show under the name."""
    return Truncator(author.biography or author.role).chars(300)


def meta_of(owner, title, facts, description=""):
    """Without a description of their own all are described by the paper's line under its name."""
    start, described = owner.get_absolute_url(), f"{title} – {paper().name}: {paper().tagline}"
    return Meta(
        title=f"{title} – {paper().name}",
        description=description or described,
        canonical=absolute(start),
        shared_title=title,
        feeds=feed_links() if isinstance(owner, Page) else feed_links(start, title),
        json_ld=tuple(map(structured_data.json_ld, facts)),
    )
