"""The rows that an article names, such as its section and tags. They are locked while a verb changes the
article."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from articles.models import Article, Author, Image, OldAddress, Section, Tag, Task
from articles.models.addresses.paths import address
from articles.models.collections.tag import slugs_of
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.locks import Rows, lock
from articles.publishing.shared.prepared_body import image_ids

from .content import Content, copies_of

MOST_TRIES = 20

Named = dict[type[Model], set[int]]


class NamesOthers(Exception):
    """While the rows were being locked, somebody changed the article so that it names other rows."""


def held(article: Article, contents: Iterable[Content] = (), changed: Rows | None = None) -> Article | None:
    """The article's row as it is now, locked together with all rows that it or one of the contents names.
    None if it is deleted for good; it may be in the bin.

    The named rows have to be locked before the article, but they are known only after it is read. So the
    article is read without a lock, the rows are locked, and then the article is locked and read again. If it
    names other rows by then, all locks are released and it is tried again.
    """
    rows = Article.including_bin.select_for_update(of=("self",)).filter(pk=article.pk)
    if not connection.features.has_select_for_update:
        return rows.first()
    contents = list(contents)
    for _ in range(MOST_TRIES):
        try:
            # A savepoint: when it is rolled back, the locks taken in it are released.
            with transaction.atomic():
                named = named_by(article, contents)
                lock(named=named, changed=changed)
                fresh = rows.first()
                if fresh and not covers(named, named_by(fresh, contents)):
                    raise NamesOthers
                return fresh
        except NamesOthers:
            continue
    raise Refused([Problem("", "Others keep changing this article; try once more in a moment.")])


def covers(named: Named, others: Named) -> bool:
    return all(numbers <= named[model] for model, numbers in others.items())


def named_by(article: Article, contents: Iterable[Content] = ()) -> Named:
    """The rows that the article names in the database and in its unpublished texts, and those of the
    contents."""
    rows = Article.including_bin.filter(pk=article.pk).select_related("working_copy", "scheduled_revision")
    row = rows.first()
    if row is None:
        return named_in(contents)
    named = named_in([*contents, *map(Content.of_revision, copies_of(row))])
    named[Section] |= with_departments({row.section_id, row.department_id})
    named[Author] |= set(row.bylines.order_by().values_list("author_id", flat=True))
    named[Tag] |= set(row.tag_links.values_list("tag_id", flat=True))
    named[Image] |= {row.lead_image_id, *image_ids(row.body)} - {None}
    return named


def named_in(contents: Iterable[Content]) -> Named:
    contents = list(contents)
    tags = {name for content in contents for name in content.tags}
    pictures = {number for content in contents for number in image_ids(content.body)}
    return {
        Section: with_departments({content.section_id for content in contents}),
        Author: {line.author_id for content in contents for line in content.bylines},
        Tag: set(tags_named(names_now(tags)).values_list("pk", flat=True)),
        Image: pictures | {content.lead_image_id for content in contents} - {None},
    }


def with_departments(sections: set[int | None]) -> set[int]:
    parents = Section.objects.filter(pk__in=sections - {None}, parent__isnull=False)
    return (sections - {None}) | set(parents.values_list("parent_id", flat=True))


def moved_to(name: str) -> Tag | None:
    """The tag into which one of this name was merged, or that has its address now for another reason."""
    paths = [address("tag", slug) for slug in slugs_of(name)]
    left = OldAddress.objects.filter(path__in=paths, tag__isnull=False).select_related("tag").first()
    return left and left.tag


def standing_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of an old text as tags have them now: one that was merged or renamed has the new name, one
    that was deleted is left out."""
    there = {tag.name.upper(): tag for tag in tags_named(names)}
    found = [there.get(name.upper()) or moved_to(name) or kept_its_address(name) for name in names]
    return tuple(dict.fromkeys(tag.name for tag in found if tag))


def kept_its_address(name: str) -> Tag | None:
    """The tag that has another name now, but still the address of this one."""
    return Tag.objects.filter(slug__in=slugs_of(name)).first()


def tags_named(names: Iterable[str]) -> QuerySet:
    """The tags with these names that exist. Capitals make no difference."""
    named = [Q(name__iexact=name) for name in names]
    return Tag.objects.filter(reduce(or_, named)).order_by() if named else Tag.objects.none()


def names_now(tags: Iterable[str]) -> list[str]:
    """The names of the tags, with the present names of tags that were renamed or merged, and without deleted
    ones.

    When a tag is renamed, merged or deleted, a task changes all unpublished text. If text is published before
    the task has come to it, the old tag must not come back.
    """
    tags = list(tags)
    tasks = Task.objects.filter(kind="retag").values_list("arguments", flat=True)
    into = {name: task["into"] for task in tasks for name in task["names"]}
    if not into:
        return tags
    there = {name.upper() for name in tags_named(tags).values_list("name", flat=True)}
    current = Tag.objects.in_bulk(set(into.values()) - {None})
    return list(dict.fromkeys(filter(None, (name_now(tag, there, into, current) for tag in tags))))


def name_now(tag: str, there: set[str], into: dict[str, int | None], current: dict[int, Tag]) -> str | None:
    if tag.upper() in there or tag.casefold() not in into:
        return tag
    other = current.get(into[tag.casefold()])
    return other and other.name
