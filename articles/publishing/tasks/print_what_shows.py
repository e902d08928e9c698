"""Finds the pages that show a tag, an author or a picture. There may be very many, so it is done in
slices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from articles.images import CARD, CLASSIC, NAMES
from articles.models import Article, ArticlePicture, ArticleTag, Author, Byline, Section, Tag
from articles.publishing.shared.records import Where, together

from .begin import SLICE, Arguments, Done


@dataclass(frozen=True)
class Source:
    """Rows that say which articles show a thing. `thing` is the column with the number of the thing,
    `article` that with the number of the article. Only rows in which the column `unless` is empty count."""

    rows: type[Model]
    thing: str
    article: str
    unless: str = ""

    def showing(self, number: int) -> QuerySet:
        rows = self.rows.objects.filter(**{self.thing: number})
        return rows.filter(**{f"{self.unless}__isnull": True}) if self.unless else rows


WORDS = ("alt", "caption", "credit")
SOURCES = {
    "tag": Source(ArticleTag, "tag_id", "content_object_id"),
    "author": Source(Byline, "author_id", "article_id"),
    "lead": Source(Article, "lead_image_id", "id"),
    # The articles that show a word which the library has for their lead picture.
    **{f"lead_{word}": Source(Article, "lead_image_id", "id", f"lead_{word}") for word in WORDS},
    "picture": Source(ArticlePicture, "image_id", "article_id"),
}

# Rows that say in which lists an article is, with the columns of the list's number and of the article's
# number.
LISTS = {
    "section": Source(Article, "section_id", "id"),
    "department": Source(Article, "department_id", "id"),
    "tag": Source(ArticleTag, "tag_id", "content_object_id"),
    "author": Source(Byline, "author_id", "article_id"),
    "paper": Source(Article, "", "id"),
}
KINDS = {"section": Section, "department": Section, "tag": Tag, "author": Author}
# The name under which an outbox entry lists the first pages of each kind.
FRONTS = {"section": "sections", "department": "sections", "tag": "tags", "author": "authors"}


def show(arguments: Arguments, cursor: Any) -> Done:
    """A slice of the pages that show something: first the pages of articles, then, if cards show it, the
    lists.

    arguments: {"sources": [["author", 7], …], "lists": whether cards show it, "feeds": whether feeds show
    it}. A list is a first page or a month; each is named in one slice only. "cut" has the names of the ratios
    if only crops of lead pictures have changed.
    """
    sources, on_cards, cut = arguments["sources"], arguments["lists"], set(arguments.get("cut", ()))
    shown, room = {}, SLICE
    if cursor is None or cursor[0] == "articles":
        numbers, cursor = articles_from(sources, cursor)
        articles = readable(numbers)
        room = SLICE - len(numbers)
        if cut:
            shown = pages_with_crops(articles, cut)
        else:
            shown = pages_of(articles, on_cards=on_cards, in_feeds=arguments["feeds"])
        if any(name == "lead" for name, _ in sources) and not cut:
            shown["sitemaps"] = months_in_sitemaps(articles)
            shown["related"] = [article.pk for article in articles]
        if cursor is not None or not on_cards:
            return Done(shown, cursor)
    found, cursor = lists_from(sources, cursor, room)
    return Done(together(shown, lists_with_crops(found, cut) if cut else found), cursor)


def articles_from(sources: list, cursor: Any) -> tuple[list[int], Any]:
    """The numbers of a slice's articles, the newest first."""
    _, place, last = cursor or ("articles", 0, None)
    numbers: list[int] = []
    while place < len(sources):
        name, thing = sources[place]
        source, room = SOURCES[name], SLICE - len(numbers)
        rows = source.showing(thing).order_by(f"-{source.article}")
        if last is not None:
            rows = rows.filter(**{f"{source.article}__lt": last})
        found = list(rows.values_list(source.article, flat=True)[: room + 1])
        numbers += found[:room]
        if len(found) > room:
            return numbers, ["articles", place, numbers[-1] if room else last]
        place, last = place + 1, None
    return numbers, None


def readable(numbers: list[int]) -> list[Article]:
    """Those of these articles that readers can see."""
    columns = ("uid", "slug", "address_date", "section", "publish_at")
    return list(Article.objects.published().filter(pk__in=numbers).only(*columns))


def months_in_sitemaps(articles: list[Article]) -> list[str]:
    """The months of these articles, such as 2026-11. A sitemap has the address of an article's lead picture,
    which changes with its focal point."""
    return sorted({f"{timezone.localtime(article.publish_at):%Y-%m}" for article in articles})


def pages_of(articles: list[Article], *, on_cards: bool, in_feeds: bool) -> Where:
    """The pages of these articles. If feeds show it, also the articles' numbers; if cards show it, also the
    places whose neighbours list them."""
    shown: Where = {
        "beside": [article.get_absolute_url() for article in articles],
        "uids": [str(article.uid) for article in articles],
    }
    if in_feeds:
        shown["shown_in"] = [article.pk for article in articles]
    return shown | {"places": places_of(articles)} if on_cards else shown


def pages_with_crops(articles: list[Article], cut: set[str]) -> Where:
    """The pages that show the lead pictures of these articles in one of those ratios. An article's own page
    shows its lead picture whole, and names the other crops for search engines and other sites."""
    shown: Where = {}
    if cut - {NAMES[CARD]}:
        shown["printed"] = [article.get_absolute_url() for article in articles]
    if NAMES[CARD] in cut:
        shown["uids"] = [str(article.uid) for article in articles]
        shown |= {"places": places_of(articles), "related": [article.pk for article in articles]}
    return shown


def lists_with_crops(found: Where, cut: set[str]) -> Where:
    """Of these lists, those that show lead pictures in one of those ratios. Months have them small."""
    return {
        name: pages for name, pages in found.items() if NAMES[CLASSIC if name == "below" else CARD] in cut
    }


def is_on_cards(cut: set[str]) -> bool:
    """Whether cards show a picture in one of those ratios."""
    return bool(cut & {NAMES[CARD], NAMES[CLASSIC]})


def places_of(articles: list[Article]) -> list[tuple]:
    return [(article.section_id, article.publish_at.isoformat()) for article in articles]


def lists_from(sources: list, cursor: Any, room: int) -> tuple[Where, Any]:
    """The lists that show the articles' cards, with at most `room` months, and the cursor of the next
    slice."""
    _, begun, *after = cursor or ("lists", next(iter(LISTS)), 0, 0)
    shown: Where = {}
    names = list(LISTS)
    for name in names[names.index(begun) :]:
        pairs = list(months_of(name, sources, after)[: room + 1])
        shown = together(shown, dict(addresses_of(name, pairs[:room], begun=after[0])))
        if len(pairs) > room:
            return shown, ["lists", name, *(pairs[room - 1] if room else after)]
        room, after = room - len(pairs), [0, 0]
    return shown, None


def months_of(name: str, sources: list, after: list[int]) -> QuerySet:
    """The numbers of the lists of one kind that show the articles, each with the months (202606) of the
    articles."""
    rows, number = LISTS[name].rows, LISTS[name].thing
    time = "publish_at" if rows is Article else "published_at"
    zone = timezone.get_default_timezone()
    month = ExtractYear(time, tzinfo=zone) * 100 + ExtractMonth(time, tzinfo=zone)
    last, last_month = after
    return (
        rows.objects.filter(**{f"{LISTS[name].article}__in": all_of(sources), f"{time}__lte": timezone.now()})
        .annotate(number=F(number) if number else F("id") * 0, month=month)
        .filter(Q(number__gt=last) | Q(number=last, month__gt=last_month))
        .order_by("number", "month")
        .values_list("number", "month")
        .distinct()
    )


def all_of(sources: list) -> QuerySet:
    """The numbers of all public articles that show the things, as a query."""
    shown = Q(pk__in=())
    for name, thing in sources:
        source = SOURCES[name]
        rows = source.showing(thing).order_by()
        shown |= Q(pk__in=rows.values(source.article))
    return Article.objects.published().filter(shown).order_by().values("pk")


def addresses_of(name: str, pairs: list, *, begun: int) -> Iterator[tuple[str, list[str]]]:
    """The lists as an outbox entry names them. The first page of `begun` is left out, because the slice
    before named it."""
    if name == "paper":
        yield "below", [f"/{month // 100}/{month % 100:02}/" for _, month in pairs]
        return
    numbers = {number for number, _ in pairs}
    rows = KINDS[name].objects
    rows = rows.select_related("parent") if KINDS[name] is Section else rows.only("slug")
    things = rows.in_bulk(numbers)
    starts = {number: thing.get_absolute_url() for number, thing in things.items()}
    yield (
        FRONTS[name],
        [
            starts[number] if KINDS[name] is Section else things[number].slug
            for number in sorted(starts)
            if number != begun
        ],
    )
    yield (
        "below",
        [f"{starts[number]}{month // 100}/{month % 100:02}/" for number, month in pairs if number in starts],
    )
