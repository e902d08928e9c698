"""Months and days: everything that was published then, of the paper, a section, a tag or an author.

Lists go on by date, and where a date holds too much, by the article after which they go on. Both stand in
the path, and neither moves when something new is published: a reader who turns pages misses nothing.
"""

import datetime
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, Q, Subquery
from django.db.models.functions import TruncDate
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.models import Article, Author, Tag

from .cards import cards_of
from .furniture import furniture
from .rendering import FOR_ALL, UNPRINTED, Meta, absolute, render_page

ON_A_PAGE = 100


@dataclass(frozen=True)
class Collection:
    """Whose articles the archive holds, and by which columns (so that one index serves) they are sorted."""

    url: str
    name: str
    condition: dict = field(default_factory=dict)
    time: str = "publish_at"
    tie: str = "pk"
    context: dict = field(default_factory=dict)
    has_days: bool = True

    def articles(self, at, *conditions):
        # One filter() for all of it: a second one would join a tag's or an author's rows a second time.
        known = {**self.condition, f"{self.time}__lte": at}
        return (
            Article.objects.published(at)
            .filter(*conditions, **known)
            .order_by(f"-{self.time}", f"-{self.tie}")
        )

    def during(self, period):
        return Q(**{f"{self.time}__gte": period.opens, f"{self.time}__lt": period.closes})

    def older_than(self, pk):
        """What comes after that article in the list."""
        time = Subquery(Article.objects.filter(pk=pk).values("publish_at")[:1])
        return Q(**{f"{self.time}__lt": time}) | Q(**{self.time: time, f"{self.tie}__lt": pk})


@dataclass(frozen=True)
class Period:
    """A month, or a day of it, in the site's zone."""

    year: int
    month: int
    day: int | None = None

    @property
    def first_day(self):
        return datetime.date(self.year, self.month, self.day or 1)

    @property
    def next_day(self):
        """The first day after it."""
        if self.day:
            return self.first_day + datetime.timedelta(days=1)
        return datetime.date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def opens(self):
        return midnight(self.first_day)

    @property
    def closes(self):
        return midnight(self.next_day)

    @property
    def path(self):
        return f"{self.first_day:%Y/%m/%d}/" if self.day else f"{self.first_day:%Y/%m}/"

    @property
    def name(self):
        month = f"{MONTHS[self.month]} {self.year}"
        return f"{self.day} {month}" if self.day else month

    def of(self, moment):
        """The period of the same kind that holds the moment."""
        day = timezone.localdate(moment)
        return Period(day.year, day.month, day.day if self.day else None)


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class DayLink:
    day: int
    url: str
    count: int


def midnight(day):
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_default_timezone())


@require_safe
def of_paper(request, before=None, **date):
    return archive(request, Collection(url="/", name=paper().name), furniture(), period(**date), before)


@require_safe
def of_section(request, section, sub=None, before=None, **date):
    stands = furniture()
    found = stands.section(*filter(None, (section, sub)))
    if found is None:
        raise Http404
    collection = Collection(
        url=found.get_absolute_url(),
        name=found.name,
        condition={"section": found} if found.parent_id else {"department": found},
        context={"section": found, "department": stands.listed(found)},
    )
    return archive(request, collection, stands, period(**date), before)


@require_safe
def of_tag(request, slug, before=None, **date):
    tag = get_object_or_404(Tag, slug=slug)
    collection = Collection(
        url=tag.get_absolute_url(),
        name=tag.name,
        condition={"tag_links__tag": tag},
        time="tag_links__published_at",
        tie="tag_links__content_object_id",
        context={"tag": tag},
        has_days=False,
    )
    return archive(request, collection, furniture(), period(**date), before)


@require_safe
def of_author(request, slug, before=None, **date):
    author = get_object_or_404(Author, slug=slug)
    collection = Collection(
        url=author.get_absolute_url(),
        name=author.name,
        condition={"bylines__author": author},
        time="bylines__published_at",
        tie="bylines__article_id",
        context={"author": author},
        has_days=False,
    )
    return archive(request, collection, furniture(), period(**date), before)


def period(year, month, day=None):
    found = Period(year, month, day)
    try:
        found.first_day  # noqa: B018 - asks whether there is such a day
    except ValueError as error:
        raise Http404 from error
    return found


def archive(request, collection, stands, when, before):
    at = timezone.now()
    conditions = [collection.during(when)] + ([collection.older_than(before)] if before else [])
    cards = cards_of(collection.articles(at, *conditions)[: ON_A_PAGE + 1], stands)
    if not cards:
        # Nothing then: no page, or there would be one for every month of all time.
        raise Http404
    overfull = len(cards) > ON_A_PAGE
    cards = cards[:ON_A_PAGE]
    by_days = overfull and not when.day and collection.has_days
    earlier, later = neighbours(collection, when, at)
    own = f"{collection.url}{when.path}"
    heading = when.name if collection.url == "/" else f"{collection.name}, {when.name}"
    context = {
        **collection.context,
        "heading": heading,
        "days": by_day(cards),
        "day_links": day_links(collection, when, at) if by_days else [],
        "more_url": f"{own}before/{cards[-1].pk}/" if overfull and not by_days else "",
        "earlier_url": earlier.url if earlier else "",
        "earlier_name": earlier.name if earlier else "",
        "later_url": later.url if later else "",
        "later_name": later.name if later else "",
        "collection": Link(collection.name, collection.url),
        "meta": Meta(title=f"{heading} – {paper().name}", canonical=absolute(request.path)),
    }
    lifetime = UNPRINTED if before else FOR_ALL
    return render_page(request, "pages/archive.html", "listing", context, furniture=stands, lifetime=lifetime)


def by_day(cards):
    return [
        (day, list(group)) for day, group in groupby(cards, lambda card: timezone.localdate(card.publish_at))
    ]


def neighbours(collection, when, at):
    """The nearest periods before and after that have articles; None where there is none."""
    newest_before = collection.articles(at, Q(**{f"{collection.time}__lt": when.opens}))
    oldest_after = collection.articles(at, Q(**{f"{collection.time}__gte": when.closes})).reverse()
    return tuple(
        link_to(collection, when.of(moment)) if moment else None
        for moment in (
            found.values_list("publish_at", flat=True).first() for found in (newest_before, oldest_after)
        )
    )


def link_to(collection, when):
    return Link(when.name, f"{collection.url}{when.path}")


def day_links(collection, when, at):
    days = (
        collection.articles(at, collection.during(when))
        .order_by()
        .values_list(TruncDate(collection.time))
        .annotate(Count("pk"))
    )
    return [
        DayLink(day.day, f"{collection.url}{day:%Y/%m/%d}/", count)
        for day, count in sorted(days, reverse=True)
    ]
