"""Sections, tags and authors that articles of an export need. What the paper has already is used as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Model

from articles.importers.wordpress.deciding.people import Author as Person
from articles.importers.wordpress.deciding.terms import FALLBACK, FALLBACK_NAME
from articles.importers.wordpress.deciding.terms import Section as Wanted
from articles.importers.wordpress.surveying import Survey
from articles.models import Author, Section, Tag
from articles.models.addresses.paths import LONGEST_WORD, shortened
from articles.publishing.article.content.named_rows import tags_named
from articles.publishing.authors import save_author
from articles.publishing.sections import save_section
from articles.publishing.shared.locks import tried_again
from articles.publishing.tags import save_tag
from articles.words.slugs import slug_of

ROOM_FOR_NUMBER = 10
# So many rows are asked for in one query.
AT_ONCE = 300

T = TypeVar("T")


def fitting(slug: str, length: int) -> str:
    return shortened(slug, length - ROOM_FOR_NUMBER, LONGEST_WORD - ROOM_FOR_NUMBER)


class Sections:
    """The section of each category that articles have."""

    def __init__(self, survey: Survey, is_reserved: Callable[[str], bool]):
        self.by_category: dict[str, Section] = {}
        wanted = survey.categories.sections(survey.used, is_reserved)
        if survey.without_category and FALLBACK not in survey.used:
            wanted.append(Wanted(FALLBACK, FALLBACK, FALLBACK_NAME))
        self.wanted = wanted

    def make(self) -> None:
        """Parents come before what is below them."""
        made: dict[str, Section] = {}
        order = Section.objects.count()
        for each in self.wanted:
            parent, slug = made.get(each.parent), fitting(each.slug, 80)
            section = Section.objects.filter(slug=slug, parent=parent).first()
            if section is None:
                order += 1
                section = Section(
                    name=each.name[:80], slug=slug, description=each.description, parent=parent, order=order
                )
                tried_again(partial(save_section, section))
            self.by_category[each.category] = section
            if parent is None:
                made[each.slug] = section


class Authors:
    """The author for each person in a byline, made when the first article has the name."""

    def __init__(self, users: Mapping[str, str] | None = None) -> None:
        """`users` has the login here of people there, by their folded logins."""
        self.users = users or {}
        self.by_key: dict[str, int] = {}
        self.slugs: set[str] = set()

    def of(self, person: Person) -> int:
        if person.key not in self.by_key:
            self.by_key[person.key] = (self.linked(person) or self.with_slug(person)).pk
        return self.by_key[person.key]

    def linked(self, person: Person) -> Author | None:
        """The author that the person's user has here already."""
        name = self.users.get(person.key)
        return Author.objects.filter(user__username=name).first() if name else None

    def with_slug(self, person: Person) -> Author:
        slug = self.free(fitting(person.slug, 120))
        author = Author.objects.filter(slug=slug).first()
        user = self.user_of(person)
        if author is None:
            made = Author(name=person.name[:120], slug=slug, biography=person.biography, user=user)
            made.role, made.links = person.role[:120], person.links
            return tried_again(partial(save_author, made))
        if user and author.user_id is None:
            author.user = user
            tried_again(partial(save_author, author))
        return author

    def user_of(self, person: Person) -> Model | None:
        name = self.users.get(person.key)
        return get_user_model().objects.filter(username=name).first() if name else None

    def free(self, wanted: str) -> str:
        """Two people of one export never become one author, even if their logins give one slug."""
        slug, number = wanted, 1
        while slug in self.slugs:
            number += 1
            slug = f"{wanted}-{number}"
        self.slugs.add(slug)
        return slug


def make_tags(survey: Survey) -> dict[str, str]:
    """Makes the tags that the paper lacks, at the addresses that they had.

    Returns the name that each has here by its slug there. Where the paper has a tag at that address, it is
    the name of that one.
    """
    names = {}
    for few in in_batches(survey.tags.all()):
        named = {tag.name.upper(): tag for tag in tags_named(each.name[:100] for each in few)}
        at = Tag.objects.in_bulk([each.slug for each in few], field_name="slug")
        for each in few:
            name = each.name[:100]
            tag = named.get(name.upper()) or at.get(each.slug)
            if tag is None:
                tag = named[name.upper()] = Tag(name=name, slug=fitting(each.slug, 100) or slug_of(name))
                tag.description, tag.is_series = each.description, each.is_series
                tried_again(partial(save_tag, tag))
            names[each.slug] = tag.name
    return names


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
