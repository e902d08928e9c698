"""The feeds of the paper, and of each section, tag and author, in three formats."""

from dataclasses import replace

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.http.caching import file_answer
from articles.models import Article, Author, OldAddress, Section, Tag
from articles.models.addresses.paths import address, feed_address
from articles.models.collections.public_pages import is_shown
from articles.page_facts import PageFacts

from . import atom, json_feed, rss
from .entries import entries_of
from .feed import Feed, that_fit

FORMATS = {"rss": rss, "atom": atom, "json": json_feed}
OF_THE_PAPER, OF_A_PERSON_OR_TAG = 50, 20


@require_safe
def of_paper(request, form):
    articles = Article.objects.published(timezone.now()).newest_first()
    entries = entries_of(articles[:OF_THE_PAPER])
    return feed_of("paper-0", paper().name, paper().tagline, "/", entries, request, form)


@require_safe
def of_section(request, form, section, sub=None):
    words = (section, sub) if sub else (section,)
    found = section_at(*words)
    if found is None:
        return moved(address(*words), form)
    articles = Article.objects.published(timezone.now()).in_section(found).newest_first()[:OF_THE_PAPER]
    return feed_of_owner("section", found, found.description, entries_of(articles), request, form)


@require_safe
def of_tag(request, form, slug):
    return of_one_with_slug(request, form, "tag", Tag, slug, Article.objects.tagged)


@require_safe
def of_author(request, form, slug):
    return of_one_with_slug(request, form, "author", Author, slug, Article.objects.by_author)


def of_one_with_slug(request, form, kind, model, slug, articles_of):
    """The feed of a tag or an author. `articles_of` takes that row and the time."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        return moved(address(kind, slug), form)
    entries = entries_of(articles_of(found, timezone.now())[:OF_A_PERSON_OR_TAG])
    if not entries:
        return moved(found.get_absolute_url(), form)
    return feed_of_owner(kind, found, getattr(found, "description", ""), entries, request, form)


def section_at(*slugs):
    *above, slug = slugs
    rows = Section.objects.shown().select_related("parent").filter(slug=slug)
    where = {"parent__slug": above[0], "parent__parent": None} if above else {"parent": None}
    return rows.filter(**where).first()


def feed_of_owner(kind, owner, description, entries, request, form):
    title = f"{owner.name} – {paper().name}"
    return feed_of(f"{kind}-{owner.pk}", title, description, owner.get_absolute_url(), entries, request, form)


def feed_of(key, title, description, start, entries, request, form):
    written = FORMATS[form]
    feed = Feed(key, title, description, start, feed_address(start, form), tuple(entries))
    fit = that_fit(feed.entries, written.write_entry, written.head(feed))
    feed = replace(feed, entries=tuple(entry for entry, _ in fit))
    facts = PageFacts(
        pictures=tuple(dict.fromkeys(file for entry in feed.entries for file in entry.files)),
        articles=tuple(entry.path for entry in feed.entries),
    )
    return file_answer(
        request, written.write(feed, [text for _, text in fit]), written.CONTENT_TYPE, facts=facts
    )


def moved(start, form):
    """To the feed of the section, tag or author that had the address once; otherwise Http404."""
    old = OldAddress.objects.filter(path=start).first()
    thing = old and old.has_archive and old.thing
    if not thing or thing.get_absolute_url() == start or not is_shown(thing):
        raise Http404
    return HttpResponsePermanentRedirect(feed_address(thing.get_absolute_url(), form))


@require_safe
def of_paper_under_another_name(request, **words):
    """/rss/, /feed/rss2/ and the feed of comments, which WordPress has too."""
    return HttpResponsePermanentRedirect(feed_address("/"))
