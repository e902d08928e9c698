"""Old addresses of all that is neither an article nor a page: categories, authors, files of the media library
and the old site's own front. Of those that are numbers on the front, such as /?cat=5, too."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model
from django.utils.encoding import iri_to_uri

from articles.importers.wordpress.deciding.permalinks import base_path
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.surveying import Survey
from articles.models import Author, Imported, Section, State, Tag
from articles.models.addresses import address
from articles.publishing.old_addresses import bring_in_addresses

from .contents import stored_path
from .furniture import Authors, Sections

AT_ONCE = 300

T = TypeVar("T")
# A path, and what it leads to; None if that is gone.
Led = tuple[str, Model | str | None]


def write_addresses(survey: Survey, sections: Sections, authors: Authors) -> None:
    """After all articles are there. What is written already is left as it is."""
    for few in in_batches(led(survey, sections, authors)):
        bring_in_addresses(few)


def led(survey: Survey, sections: Sections, authors: Authors) -> Iterator[Led]:
    bases = {base_path(site): None for site in survey.sites.values()}
    yield from ((f"{iri_to_uri(base)}/", "/") for base in bases if base)
    yield from of_categories(survey, sections, bases)
    yield from of_authors(survey, authors)
    for key in survey.sites:
        for few in in_batches(survey.scratch.attachments_of(survey.scratch.site(key))):
            yield from of_attachments(survey, key, few)


def of_categories(survey: Survey, sections: Sections, bases: Iterable[str]) -> Iterator[Led]:
    """The archive of each category that became a section, below its parents, and its number. If no story is
    in the section, because other categories were the main ones, they lead to the tag that stories have."""
    shown = set(Section.objects.shown().values_list("pk", flat=True))
    for slug, section in sections.by_category.items():
        known = survey.categories.by_slug.get(slug)
        tag = Tag.objects.filter(name__iexact=known.name[:100]).first() if known else None
        there = tag if tag and section.pk not in shown else section
        for base in bases:
            yield iri_to_uri(base) + address("category", *survey.categories.line(slug) or [slug]), there
        yield from ((f"/?cat={number}", there) for number in (known.term_ids if known else ()))


def of_authors(survey: Survey, authors: Authors) -> Iterator[Led]:
    """The archive of each person who is in a byline, where it is another one here, and the number."""
    rows = Author.objects.in_bulk(authors.by_key.values())
    for key, person in survey.people.authors.items():
        if author := rows.get(authors.by_key.get(key)):
            yield address("author", person.slug), author
            if person.author_id:
                yield f"/?author={person.author_id}", author


def of_attachments(survey: Survey, key: str, attachments: Iterable[Attachment]) -> Iterator[Led]:
    """The page that WordPress has for each file leads to the article that it belongs to, or to one that shows
    it. Otherwise it is gone."""
    site = survey.scratch.site(key)
    wanted = {each: [each.parent, *survey.scratch.shown_by(site, each.post_id)] for each in attachments}
    public = public_things(key, {number for numbers in wanted.values() for number in numbers if number})
    for each, numbers in wanted.items():
        thing = next((public[number] for number in numbers if number in public), None)
        if each.post_id:
            yield f"/?attachment_id={each.post_id}", thing
        if each.link and "?" not in each.link and (path := stored_path(each.link)) != "/":
            yield path, thing


def public_things(source: str, numbers: Iterable[str]) -> dict[str, Model]:
    """What became of the items with these numbers, as far as readers find it."""
    rows = Imported.objects.filter(source=source, source_id__in=numbers).select_related("article", "page")
    found = {}
    for row in rows:
        if row.article and row.article.state == State.PUBLISHED:
            found[row.source_id] = row.article
        elif row.page and row.page.published:
            found[row.source_id] = row.page
    return found


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
