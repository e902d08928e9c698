"""Old addresses of all that is neither an article nor a page: categories, tags, authors, files of the media
library and the old site's own front. Those that are numbers on the front, such as /?cat=5, are among them."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Model
from django.utils.encoding import iri_to_uri

from articles.importers.wordpress.deciding.permalinks import base_path
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.surveying import Survey
from articles.models import Author, Imported, Section, State, Tag
from articles.models.addresses.paths import address
from articles.publishing.addresses.old_addresses import bring_in_addresses
from articles.publishing.article.content.named_rows import tags_named

from .contents import stored_path
from .furniture import Authors, Sections, in_batches

# What has written an export of ours. Such a site has none of WordPress's addresses.
GENERATOR = "Newsroom"
# A path, and what it leads to; None if that is gone.
Led = tuple[str, Model | str | None]


def write_addresses(survey: Survey, sections: Sections, tags: Mapping[str, str], authors: Authors) -> None:
    """Called after all articles are there. What is written already is left as it is."""
    for few in in_batches(led(survey, sections, tags, authors)):
        bring_in_addresses(few)


def led(survey: Survey, sections: Sections, tags: Mapping[str, str], authors: Authors) -> Iterator[Led]:
    theirs = {key: site for key, site in survey.sites.items() if site.generator != GENERATOR}
    if not theirs:
        return
    bases = {base_path(site): None for site in theirs.values()}
    yield from ((f"{iri_to_uri(base)}/", "/") for base in bases if base)
    yield from of_categories(survey, sections, bases)
    yield from of_tags(survey, tags)
    yield from of_authors(survey, authors)
    for key in theirs:
        for few in in_batches(survey.scratch.attachments_of(survey.scratch.site(key))):
            yield from of_attachments(survey, key, few)


def of_categories(survey: Survey, sections: Sections, bases: Iterable[str]) -> Iterator[Led]:
    """The archive of each category that became a section, below its parents, and its number. If no story is
    in the section, because other categories were the main ones, they lead to the tag that stories have."""
    shown = set(Section.objects.shown().values_list("pk", flat=True))
    names = {slug: each.name[:100].upper() for slug, each in survey.categories.by_slug.items()}
    wanted = {names[slug] for slug in sections.by_category if slug in names}
    tags = {tag.name.upper(): tag for few in in_batches(wanted) for tag in tags_named(few)}
    words = in_path(survey.choices.category_base)
    for slug, section in sections.by_category.items():
        known, tag = survey.categories.by_slug.get(slug), tags.get(names.get(slug))
        there: Model | None = section
        if section.pk not in shown:
            there = tag or (section.parent if section.parent_id in shown else section)
        for base in bases:
            yield iri_to_uri(base) + address(*words, *survey.categories.line(slug) or [slug]), there
        yield from ((f"/?cat={number}", there) for number in (known.term_ids if known else ()))


def in_path(base: str) -> list[str]:
    """The words of an address that stand before those of a category or tag."""
    return list(filter(None, base.split("/")))


def of_tags(survey: Survey, names: Mapping[str, str]) -> Iterator[Led]:
    """The archive of each tag, where it is another one here, and those of tags that became one with it."""
    words = in_path(survey.choices.tag_base)
    for few in in_batches(survey.tags.all()):
        tags = {tag.name: tag for tag in Tag.objects.filter(name__in={names[each.slug] for each in few})}
        for each in few:
            if tag := tags.get(names[each.slug]):
                yield from ((address(*words, slug), tag) for slug in (each.slug, *each.others))


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
