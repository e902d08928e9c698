"""Tags: saving and merging them, and taking them off their articles before they are removed."""

from typing import Any

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from articles.models import Article, ArticleTag, Tag, Task
from articles.publishing.article.content.working_copies import hand_over_tasks, retag_copies
from articles.publishing.tasks.begin import SLICE, Arguments, Done, begin
from articles.publishing.tasks.print_what_shows import show

from .addresses.old_addresses import hand_over, known_addresses, leave_address_of, moved_from
from .shared.errors import Problem, Refused
from .shared.locks import lock
from .shared.records import Where, announce, together
from .shared.versions import raise_version

# Articles of a series to which an editor can give a place.
MOST_PLACES = 200


@transaction.atomic
def save_tag(tag: Tag, *, expected: int | None = None) -> Tag:
    lock(changed={Tag: [tag.pk]})
    was = Tag.objects.filter(pk=tag.pk).first()
    raise_version(tag, was, expected=expected)
    tag.save()
    leave_address_of(was, tag)
    change = {"tags": sorted({(was or tag).slug, tag.slug})} if on_its_page(was) != on_its_page(tag) else {}
    # The description is shown only on the tag's own page, so a new one affects no other pages.
    is_renamed = was is not None and (was.name, was.slug) != (tag.name, tag.slug)
    if is_renamed:
        retag_copies([was.name], tag)
        change = together(change, moved_from(was, tag))
    if is_renamed or (was and was.is_series != tag.is_series):
        shown = {"sources": [["tag", tag.pk]], "lists": False, "feeds": is_renamed}
        change = together(change, begin(show, shown, what=f"Pages that show the tag “{tag}” are printed"))
    announce("tag", tag.pk, change)
    return tag


def on_its_page(tag: Tag | None) -> tuple:
    return (tag.name, tag.slug, tag.description) if tag else ()


@transaction.atomic
def order_series(tag: Tag, wanted: list[int], *, expected: int | None = None) -> None:
    """Give the articles with these numbers the places of a series, in this order. Others of the series follow
    them, by their time; without any, all are in the order of their publication."""
    lock(changed={Tag: [tag.pk]})
    raise_version(tag, Tag.objects.filter(pk=tag.pk).first(), expected=expected)
    is_long = tag.article_links.count() > MOST_PLACES
    if wanted and is_long:
        raise Refused([Problem("", f"A series of more than {MOST_PLACES} articles stays in order of time.")])
    before = {} if is_long else neighbours(tag)
    tag.article_links.filter(place__isnull=False).update(place=None)
    for place, number in enumerate(dict.fromkeys(wanted), 1):
        tag.article_links.filter(content_object=number).update(place=place)
    tag.save(update_fields=["version"])
    if is_long:
        shown = {"sources": [["tag", tag.pk]], "lists": False, "feeds": False}
        change = begin(show, shown, what=f"Pages of the series “{tag}” are printed")
    else:
        after = neighbours(tag)
        change = {"beside": addresses_of([number for number in after if before[number] != after[number]])}
    announce("tag", tag.pk, change if tag.is_series else {})


def neighbours(tag: Tag) -> dict[int, tuple[int | None, int | None]]:
    """Each public article of the series, with those before and after it."""
    order = (F("tag_links__place").asc(nulls_last=True), "tag_links__published_at", "pk")
    public = Article.objects.published().filter(tag_links__tag=tag).order_by(*order)
    numbers = [None, *public.values_list("pk", flat=True), None]
    return {
        here: (before, after) for before, here, after in zip(numbers, numbers[1:], numbers[2:], strict=False)
    }


def addresses_of(numbers: list[int]) -> list[str]:
    rows = Article.objects.published().filter(pk__in=numbers).order_by("pk")
    return [article.get_absolute_url() for article in rows.only("uid", "slug", "address_date")]


@transaction.atomic
def merge_tags(tags: list[Tag], *, into: Tag) -> int:
    """Replace the tags by `into` on all their articles, and delete them. Returns how many articles change."""
    others = [tag for tag in tags if tag.pk != into.pk]
    if not others:
        raise Refused([Problem("", "Choose at least one other tag to merge.")])
    lock(changed={Tag: [into.pk, *(tag.pk for tag in others)]})
    refuse_if_being_taken([into, *others])
    number = number_of_articles(others)
    taken = {"tags": [tag.pk for tag in others], "into": into.pk}
    names = ", ".join(f"“{tag}”" for tag in others)
    shown = begin(take_tags, taken, what=f"{names} and “{into}” are merged")
    announce("tag", into.pk, shown)
    return number


@transaction.atomic
def remove_tag(tag: Tag) -> int:
    """Take the tag off its articles and delete it. Returns how many articles had it."""
    lock(changed={Tag: [tag.pk]})
    refuse_if_being_taken([tag])
    number = number_of_articles([tag])
    taken = {"tags": [tag.pk], "into": None}
    announce("tag", tag.pk, begin(take_tags, taken, what=f"The tag “{tag}” is deleted"))
    return number


def take_tags(arguments: Arguments, cursor: Any) -> Done:
    """Take the tags off a slice of their articles. When no article has them any more, delete them.

    arguments: {"tags": numbers, "into": the number of the tag that takes their place, or None}.
    """
    lock(changed={Tag: [*arguments["tags"], arguments["into"]]})
    tags = list(Tag.objects.filter(pk__in=arguments["tags"]))
    into = Tag.objects.filter(pk=arguments["into"]).first()
    links = ArticleTag.objects.filter(tag__in=tags)
    numbers = links.order_by("content_object").values_list("content_object", flat=True).distinct()
    numbers = list(numbers[: SLICE + 1])
    shown = pages_of(numbers[:SLICE], into)
    taken = links.filter(content_object__in=numbers[:SLICE])
    if into:
        put_in_place(taken, into)
    taken.delete()
    if len(numbers) > SLICE:
        return Done(shown, cursor=numbers[SLICE - 1])
    return Done(together(shown, delete(tags, into)))


def pages_of(numbers: list[int], into: Tag | None) -> Where:
    """The pages of the articles, and the months of the tag that takes the others' place. Those months may be
    new."""
    columns = ("uid", "slug", "address_date", "publish_at")
    articles = list(Article.objects.published().filter(pk__in=numbers).only(*columns))
    pages = [article.get_absolute_url() for article in articles]
    shown_in = [article.pk for article in articles]
    if into is None:
        return {"beside": pages, "shown_in": shown_in}
    start = into.get_absolute_url()
    months = {f"{start}{timezone.localtime(article.publish_at):%Y/%m}/" for article in articles}
    return {"beside": [*pages, *sorted(months)], "below": sorted(months), "shown_in": shown_in}


def put_in_place(links: QuerySet, into: Tag) -> None:
    """On each article, make the first of these links one to `into`, unless the article has that tag
    already."""
    first = links.order_by().values("content_object").annotate(first=Min("pk")).values("first")
    have = into.article_links.values("content_object")
    ArticleTag.objects.filter(pk__in=first).exclude(content_object__in=have).update(tag=into, place=None)


def delete(tags: list[Tag], into: Tag | None) -> Where:
    """Delete the tags and their addresses. Returns the pages that show it."""
    addresses = [tag.get_absolute_url() for tag in tags]
    shown = {"tags": [tag.slug for tag in tags]}
    if into:
        stay = into.get_absolute_url()
        hand_over(tags, to=into)
        # Also the addresses that redirected to one of these tags until now; they redirect to `into`.
        shown |= {"below": known_addresses(into), "moved": [(old, stay) for old in addresses]}
        shown["tags"].append(into.slug)
        if into.is_series:
            # The articles that had the tag before have others beside them now.
            series = {"sources": [["tag", into.pk]], "lists": False, "feeds": False}
            shown = together(shown, begin(show, series, what=f"Pages of the series “{into}” are printed"))
    else:
        shown |= {"below": [path for tag in tags for path in known_addresses(tag)]}
    names = [tag.name for tag in tags]
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    hand_over_tasks(tags, into)
    retag_copies(names, into)
    return shown


def number_of_articles(tags: list[Tag]) -> int:
    return ArticleTag.objects.filter(tag__in=tags).order_by().values("content_object").distinct().count()


def refuse_if_being_taken(tags: list[Tag]) -> None:
    """Refuse if one of the tags is being merged or deleted already, or is to take the place of one that
    is."""
    tasks = Task.objects.filter(kind=take_tags.__name__).values_list("arguments", flat=True)
    busy = {number for task in tasks for number in (*task["tags"], task["into"])}
    for tag in tags:
        if tag.pk in busy:
            message = f"“{tag}” is being merged or deleted; wait until the press has done that."
            raise Refused([Problem("", message)])
