"""Months and days: everything that was published then, of the paper, a section, a tag or an author.

If a month has too many articles for a page, it shows the newest and links to its days. If a day has too many,
it is divided into parts, which are counted from the oldest. Months, days and parts are in the path, and
nothing moves to another page when something new is published. So a reader who turns pages misses nothing, and
pages that don't change need not be printed again.
"""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.database.compiled_queries import CompiledQuery, CompiledRow, rows_of_each
from articles.models import Article, Author, Tag
from articles.models.collections.periods import Period
from articles.views.moved_or_gone import elsewhere
from articles.views.shared.cards import cards_of, facts_of_list, newest_cards
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page
from articles.words import dates

ON_A_PAGE = 100
# Headlines in the description of a page, and its characters.
SOME, LONGEST_DESCRIPTION = 5, 200


class Keeping:
    """How a kind of collection is stored: the column that names it, and the columns of the index that sorts
    it."""

    def __init__(self, owner="", time="publish_at", tie="pk"):
        self.owner, self.time, self.tie = owner, time, tie
        self.in_month = CompiledQuery(lambda **asked: self.during(**asked).for_cards()[: ON_A_PAGE + 1])
        self.on_day = CompiledQuery(lambda **asked: self.during(**asked).for_cards()[: ON_A_PAGE * 2])
        self.days = CompiledQuery(self.numbers_by_day)
        self.before = CompiledQuery(
            lambda at, owner, opens: self.articles(at, owner, lt=opens).values_list("publish_at")[:1]
        )
        self.after = CompiledQuery(
            lambda at, owner, closes: (
                self.articles(at, owner, gte=closes).reverse().values_list("publish_at")[:1]
            )
        )

    def articles(self, at, owner, **limits):
        """Newest first."""
        known = {f"{self.time}__lte": at} | {f"{self.time}__{name}": value for name, value in limits.items()}
        if self.owner:
            known[self.owner] = owner
        # All conditions in one filter(), because a second one would join the rows of tags or authors a second
        # time.
        return Article.objects.published(at).filter(**known).order_by(f"-{self.time}", f"-{self.tie}")

    def during(self, at, owner, opens, closes):
        return self.articles(at, owner, gte=opens, lt=closes)

    def numbers_by_day(self, **asked):
        days = self.during(**asked).order_by().values_list(TruncDate(self.time))
        return days.annotate(Count("pk"))


PAPER = Keeping()
DEPARTMENT = Keeping("department")
SUBSECTION = Keeping("section")
TAG = Keeping("tag_links__tag", "tag_links__published_at", "tag_links__content_object_id")
AUTHOR = Keeping("bylines__author", "bylines__published_at", "bylines__article_id")
TAG_AT, AUTHOR_AT = CompiledRow(Tag, "slug"), CompiledRow(Author, "slug")


@dataclass(frozen=True)
class Collection:
    """The owner of an archive. `context` are further values for its template."""

    kept: Keeping
    owner: int
    url: str
    name: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class DayLink:
    name: str
    url: str
    count: int


@require_safe
def of_paper(request, **asked):
    return archive(request, of_whole_paper(), read_navigation(), **asked)


def of_whole_paper():
    return Collection(PAPER, 0, url="/", name=paper().name)


@require_safe
def of_section(request, section, sub=None, **asked):
    navigation = read_navigation()
    found = navigation.section(*filter(None, (section, sub)))
    if found is None:
        return elsewhere(request, navigation)
    kept = SUBSECTION if found.parent_id else DEPARTMENT
    context = {"section": found, "department": navigation.listed(found)}
    return archive(request, collection_of(kept, found, context), navigation, **asked)


@require_safe
def of_tag(request, slug, **asked):
    tag = TAG_AT.get(slug)
    if tag is None:
        return elsewhere(request)
    return archive(request, collection_of(TAG, tag, {"tag": tag}), read_navigation(), **asked)


@require_safe
def of_author(request, slug, **asked):
    author = AUTHOR_AT.get(slug)
    if author is None:
        return elsewhere(request)
    return archive(request, collection_of(AUTHOR, author, {"author": author}), read_navigation(), **asked)


def collection_of(kept, owner, context):
    return Collection(kept, owner.pk, owner.get_absolute_url(), owner.name, context)


def archive(request, collection, navigation, *, year, month, day=None, part=None):
    try:
        when = Period(year, month, day)
    except ValueError as error:
        raise Http404 from error
    at = timezone.now()
    found = (
        part_of_day(collection, when, at, navigation, part)
        if part
        else period(collection, when, at, navigation)
    )
    if not found["cards"]:
        # Without articles there is no page. Otherwise there would be one for every month of all time.
        return elsewhere(request, navigation)
    heading = when.name if collection.url == "/" else f"{collection.name}, {when.name}"
    context = {
        **collection.context,
        **found,
        "heading": heading,
        "days": by_day(found["cards"]),
        "collection": Link(collection.name, collection.url),
        "meta": Meta(
            title=f"{heading} – {paper().name}",
            description=description_of(heading, found["cards"]),
            canonical=absolute(request.path),
            feeds=feed_links() if collection.url == "/" else feed_links(collection.url, collection.name),
        ),
    }
    facts = facts_of(found, part)
    return render_page(request, "pages/archive.html", "listing", context, navigation=navigation, facts=facts)


def description_of(heading, cards):
    """For search engines: whose stories of when these are, and as many of their headlines as fit."""
    headlines = "; ".join(card.headline for card in cards[:SOME])
    return Truncator(f"{heading} – {paper().name}: {headlines}").chars(LONGEST_DESCRIPTION)


def facts_of(found, part):
    earlier, later = found["earlier"].url, found["later"].url
    # The day links to its newest part, and each part to the one before it.
    divided_into = [link.url for link in found["day_links"]] + [found["more_url"], earlier if part else ""]
    return facts_of_list(
        found["cards"], earlier=earlier, later=later, divided_into=tuple(filter(None, divided_into))
    )


def period(collection, when, at, navigation):
    """What the page of a month or a day shows."""
    kept, asked = collection.kept, asked_of(collection, when, at)
    cards = newest_cards(kept.on_day if when.day else kept.in_month, navigation, **asked)
    earlier, later = neighbours(collection, when, at)
    found = {"cards": cards, "earlier": earlier, "later": later, "day_links": (), "more_url": ""}
    if when.day and len(cards) == ON_A_PAGE * 2:
        number = kept.during(**asked).count()
        parts = parts_of(number)
        found["cards"] = cards[: number - parts * ON_A_PAGE]
        found["more_url"] = part_url(collection, when, parts)
    elif not when.day and len(cards) > ON_A_PAGE:
        found["cards"] = cards[:ON_A_PAGE]
        found["day_links"] = day_links(collection, kept.days.rows(**asked))
    return found


def part_of_day(collection, when, at, navigation, part):
    """The hundred stories of that part: part 1 holds the day's oldest."""
    articles = collection.kept.during(**asked_of(collection, when, at))
    number = articles.count()
    parts = parts_of(number)
    if part > parts:
        return {"cards": []}
    end = number - (part - 1) * ON_A_PAGE
    newer = part_url(collection, when, part + 1) if part < parts else f"{collection.url}{when.path}"
    older = part_url(collection, when, part - 1) if part > 1 else ""
    return {
        "cards": cards_of(articles[end - ON_A_PAGE : end], navigation),
        "earlier": Link(gettext("Older stories"), older),
        "later": Link(gettext("Newer stories"), newer),
        "day_links": (),
        "more_url": "",
    }


def parts_of(number):
    """How many whole pages a day's oldest stories fill; its own page shows the newest hundred or more."""
    return max(0, number // ON_A_PAGE - 1)


def part_url(collection, when, part):
    return f"{collection.url}{when.path}older/{part}/"


def asked_of(collection, when, at):
    return {"at": at, "owner": collection.owner, "opens": when.opens, "closes": when.closes}


def by_day(cards):
    return [
        (day, list(group)) for day, group in groupby(cards, lambda card: timezone.localdate(card.publish_at))
    ]


def neighbours(collection, when, at):
    """The nearest periods before and after that have articles."""
    kept, known = collection.kept, {"at": at, "owner": collection.owner}
    both = rows_of_each(
        [(kept.before, known | {"opens": when.opens}), (kept.after, known | {"closes": when.closes})]
    )
    return tuple(link_to(collection, when.of(rows[0][0])) if rows else Link() for rows in both)


def link_to(collection, when):
    return Link(when.name, f"{collection.url}{when.path}")


def day_links(collection, numbers):
    return [
        DayLink(dates.day_of_year(day), f"{collection.url}{day:%Y/%m/%d}/", count)
        for day, count in sorted(numbers, reverse=True)
    ]
