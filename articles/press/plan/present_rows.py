"""Adds to a change what the database says at the moment of printing, because other verbs may have run since.

An entry that is due later was written some time ago. Since then, other articles may have come beside this
one, and its tags and sections may have got other addresses.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from urllib.parse import unquote

from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Board, MostRead, OldAddress, Related
from articles.models.addresses.old_address import KINDS
from articles.models.addresses.paths import MOST_READ
from articles.models.articles.article_queries import FIRST_TIME, LAST_PLACE, RELATED
from articles.models.articles.related import in_order
from articles.publishing.counting.reads import ON_FRONT
from articles.publishing.shared.records import together, where_it_stands

from .affected import Change, InRelated, InSeries, Place, came_or_left, changed, collections


def as_of_now(changes: Iterable[Change]) -> list[Change]:
    """Each change with more addresses: the places where its article is shown now are added to those at the
    time of writing, and so are the old addresses that redirect to the article or to its lists."""
    changes = with_present_fronts(with_old_addresses(list(changes)))
    numbers = {change["id"] for change in changes if change["kind"] == "article"}
    rows = Article.including_bin.filter(pk__in=numbers, address_date__isnull=False, section__isnull=False)
    rows = rows.select_related("section__parent").prefetch_related("tag_links__tag", "bylines__author")
    articles = {article.pk: article for article in rows} if numbers else {}
    return with_old_lists([with_article(change, articles.get(change["id"])) for change in changes])


def with_old_addresses(changes: list[Change]) -> list[Change]:
    asked = defaultdict(set)
    for change in changes:
        if change["kind"] in KINDS and moves(change):
            asked[change["kind"]].add(change["id"])
    if not asked:
        return changes
    # One condition for each kind, and not one for each change, because SQLite takes only a thousand.
    led = reduce(or_, (Q(**{f"{kind}__in": numbers}) for kind, numbers in asked.items()))
    found = defaultdict(list)
    for path, *numbers in OldAddress.objects.filter(led).values_list("path", *KINDS):
        found[next(each for each in zip(KINDS, numbers, strict=True) if each[1])].append(path)
    return [with_those(change, found.get((change["kind"], change["id"]), [])) for change in changes]


def with_present_fronts(changes: list[Change]) -> list[Change]:
    """The section of a board that was scheduled may have got another address meanwhile."""
    numbers = {change["id"] for change in changes if change["kind"] == "board"}
    if not numbers:
        return changes
    boards = Board.objects.select_related("section__parent").in_bulk(numbers)
    return [
        {**change, "fronts": [*change["fronts"], boards[change["id"]].get_absolute_url()]}
        if change["kind"] == "board" and change["id"] in boards
        else change
        for change in changes
    ]


def moves(change: Change) -> bool:
    """Whether the address may have changed, so that redirects to it have to be printed."""
    values = changed(change)
    return values is None or "address" in values


def with_those(change: Change, old: list[str]) -> Change:
    """Add the old addresses to the change. For an article or a page only these addresses redirect; for a
    section, a tag or an author also the addresses of the archive below them."""
    name = "addresses" if change["kind"] in ("article", "page") else "below"
    return {**change, name: [*change.get(name, ()), *old]} if old else change


def with_old_lists(changes: list[Change]) -> list[Change]:
    """Add the former addresses of the sections, tags and authors of a changed article, each with the present
    one. They and the months and days below them redirect, but only while there is a page to redirect to."""
    divided = [came_or_left(change) for change in changes]
    # A section is looked for by the last word of its address. If another section has the same word, its pages
    # are printed too, which does no harm.
    asked = {
        "section": {words(address)[-1] for lists in divided for address in lists.get("sections", ())},
        "tag": {slug for lists in divided for slug in lists.get("tags", ())},
        "author": {slug for lists in divided for slug in lists.get("authors", ())},
    }
    if not any(change.get("days") for change in changes) or not any(asked.values()):
        return changes
    rows = [
        OldAddress.objects.filter(**{f"{kind}__slug__in": slugs}).values_list("path", f"{kind}__slug")
        for kind, slugs in asked.items()
    ]
    found = defaultdict(list)
    for path, slug in rows[0].union(*rows[1:], all=True):
        found[slug].append(path)
    if not found:
        return changes
    return [
        {
            **change,
            "formerly": [
                (path, address)
                for address in collections(came_or_left(change))
                for path in found[words(address)[-1]]
            ],
        }
        for change in changes
    ]


def words(address: str) -> list[str]:
    return unquote(address).strip("/").split("/")


def with_article(change: Change, article: Article | None) -> Change:
    if change["kind"] != "article" or article is None or article.publish_at is None:
        return change
    here = where_it_stands(article)
    if changed(change) is not None:
        # If readers do not have the article, no list shows it and its change names none: then none is added.
        here = {name: values for name, values in here.items() if name in change}
    return {**change, **together({name: change.get(name, []) for name in here}, here)}


def beside_in_series(places: Iterable[InSeries]) -> Iterator[str]:
    """The addresses of the articles before and after each of these places."""
    columns = ("uid", "slug", "address_date")
    for there in places:
        at = FIRST_TIME if there.place else datetime.datetime.fromisoformat(there.at)
        place = there.place or LAST_PLACE
        for later in (False, True):
            by_time = Article.objects.beside_in_series(there.tag_id, at, there.article_id, later=later)
            by_place = Article.objects.beside_place_in_series(there.tag_id, place, later=later)
            either = (by_place, by_time) if later else (by_time, by_place)
            found = (article for rows in either for article in rows.only(*columns))
            if article := next(found, None):
                yield article.get_absolute_url()


def beside(places: Iterable[Place]) -> Iterator[str]:
    """The addresses of the articles whose pages may list the article that is or was at one of these
    places."""
    columns = ("uid", "slug", "address_date", "section", "publish_at")
    for place in places:
        # Made up for the query, because the article that was there may have gone.
        there = Article(
            pk=0, section_id=place.section_id, publish_at=datetime.datetime.fromisoformat(place.at)
        )
        later = list(Article.objects.after(there, place.reach).only(*columns))
        earlier = list(Article.objects.before(there, place.reach + 1).only(*columns))
        # If there are too few earlier articles to fill a list, later ones are listed: then print those too.
        near = [*later, *(earlier if len(earlier) <= place.reach else ())]
        instead = with_related({article.pk for article in near})
        yield from (article.get_absolute_url() for article in near if article.pk not in instead)


def with_related(numbers: Collection[int]) -> set[int]:
    """Those of these articles whose pages show related articles instead of more from their section."""
    shown = Article.objects.published().filter(related_to__article__in=numbers).order_by()
    return set(shown.values_list("related_to__article", flat=True))


def most_read_of(wanted: Iterable[InRelated]) -> Iterator[str]:
    """The pages with the most read articles, if one of these is among them. They show no pictures."""
    reach = {each.article_id: ON_FRONT for each in wanted if each.reach == RELATED}
    if not reach:
        return
    is_public = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    rows = list(MostRead.objects.annotate(is_public=is_public).values_list("article", "is_public"))
    if any(article in reach for article, _ in rows):
        yield MOST_READ
        if shows_one(rows, reach):
            yield "/"


def showing_related(wanted: Iterable[InRelated]) -> Iterator[str]:
    """The addresses of the articles that show one of these under “Related”, or have shown it until now."""
    reach: dict[int, int] = {}
    for each in wanted:
        reach[each.article_id] = max(each.reach, reach.get(each.article_id, 0))
    if not reach:
        return
    holding = Related.objects.filter(other__in=reach).values("article")
    is_public = Exists(Article.objects.published().filter(pk=OuterRef("other")))
    rows = Related.objects.filter(article__in=holding).annotate(is_public=is_public)
    lists = defaultdict(list)
    for article, *row in rows.order_by(*in_order()).values_list("article", "other", "is_public"):
        lists[article].append(row)
    showing = [article for article, rows in lists.items() if shows_one(rows, reach)]
    articles = Article.objects.published().filter(pk__in=showing).order_by("-pk")
    for article in articles.only("uid", "slug", "address_date"):
        yield article.get_absolute_url()


def shows_one(rows: list[tuple[int, bool]], reach: dict[int, int]) -> bool:
    """Whether one of these articles is among the first, counted from 0, with those that are public."""
    before = 0
    for other, is_public in rows:
        if before < reach.get(other, 0):
            return True
        before += is_public
    return False
