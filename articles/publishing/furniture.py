"""Sections, tags, authors and the paper's own pages: what many pages show."""

from django.db import transaction

from articles.body import number_parts, sanitise
from articles.models import Author, Image, Page, Section, Tag

from .errors import Problem, Refused
from .later import begin
from .locks import lock
from .moving_sections import follow_section
from .old_addresses import lead_on, leave_behind, with_subsections
from .prepare import image_ids, prepare_page
from .records import announce, together
from .section_order import lock_all_sections
from .showing import show
from .taking_tags import number_of_articles, refuse_if_being_taken, take_tags
from .working_copies import retag_copies

SEEN_EVERYWHERE = ("name", "slug", "parent_id", "order")


@transaction.atomic
def save_section(section: Section) -> Section:
    """Its articles follow into their new department; every page carries the list of sections."""
    lock_all_sections()
    was = Section.objects.filter(pk=section.pk).select_related("parent").first()
    stood = with_subsections(was)
    section.save()
    stand = with_subsections(section)
    if elsewhere := {each: [stood[each]] for each, here in stand.items() if here != stood.get(each, here)}:
        lead_on(elsewhere)
    moved = moved_section(was, section)
    departments = {each.department.get_absolute_url() for each in (was, section) if each}
    follows = {"section": section.pk, "departments": sorted(departments), "moved": moved}
    begin(follow_section, follows, what=f"The articles of “{section}” follow it into its department")
    # The description alone stands on the section's own page.
    seen = was is None or any(getattr(was, name) != getattr(section, name) for name in SEEN_EVERYWHERE)
    change = {"sections": [section.get_absolute_url()], "moved": moved}
    announce("section", section.pk, change | {"everywhere": seen})
    return section


def moved_section(was: Section | None, now: Section) -> list[tuple[str, str]]:
    """Its archive goes to its new address, and into that of a new department."""
    if was is None or was.get_absolute_url() == now.get_absolute_url():
        return []
    to = dict.fromkeys([now.get_absolute_url(), now.department.get_absolute_url()])
    return [(was.get_absolute_url(), address) for address in to]


@transaction.atomic
def save_author(author: Author) -> Author:
    """The name stands wherever their articles are listed, some more on the articles' pages, and all of it on
    their own."""
    lock(changed={Author: [author.pk]}, named={Image: [author.portrait_id]})
    was = Author.objects.filter(pk=author.pk).first()
    author.save()
    leave_address_of(was, author)
    change = {"authors": sorted({(was or author).slug, author.slug})}
    on_cards = bool(was and was.name != author.name)
    if was and on_articles(was) != on_articles(author):
        shown = {"sources": [["author", author.pk]], "lists": on_cards}
        pages = begin(show, shown, what=f"Pages that show the author “{author}” are printed")
        change = together(change, pages)
    if was and (was.name, was.slug) != (author.name, author.slug):
        change = together(change, moved_from(was, author))
    announce("author", author.pk, change if on_cards else {**change, "everywhere": False})
    return author


def on_articles(author: Author) -> tuple:
    """What articles' pages show of it: without a biography no role."""
    about = (author.role, author.biography) if author.biography else ()
    return (author.name, author.slug, author.portrait_id, about)


def leave_address_of(was: Tag | Author | Page | None, now: Tag | Author | Page) -> None:
    if was and was.get_absolute_url() != now.get_absolute_url():
        leave_behind([was.get_absolute_url()], now)


def moved_from(was: Tag | Author | None, now: Tag | Author) -> dict:
    """What is printed below the address, the months, shows its name; and it may have a new address."""
    if was is None:
        return {}
    old, new = was.get_absolute_url(), now.get_absolute_url()
    return {"below": [old], "moved": [(old, new)] if old != new else []}


@transaction.atomic
def save_tag(tag: Tag) -> Tag:
    lock(changed={Tag: [tag.pk]})
    was = Tag.objects.filter(pk=tag.pk).first()
    tag.save()
    leave_address_of(was, tag)
    change = {"tags": sorted({(was or tag).slug, tag.slug})}
    # The description stands on its own page alone.
    if was and (was.name, was.slug) != (tag.name, tag.slug):
        retag_copies([was.name], tag)
        shown = {"sources": [["tag", tag.pk]], "lists": False}
        pages = begin(show, shown, what=f"Pages that show the tag “{tag}” are printed")
        change = together(change, moved_from(was, tag), pages)
    announce("tag", tag.pk, change)
    return tag


@transaction.atomic
def merge_tags(tags: list[Tag], *, into: Tag) -> int:
    """Articles with any of the tags get the one instead; the others go. Answers how many articles changed."""
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
def save_page(page: Page) -> Page:
    """The foot of every page lists the paper's own pages; their text stands on them alone."""
    page.body = sanitise(page.body)
    lock(named={Image: image_ids(page.body)}, changed={Page: [page.pk]})
    was = Page.objects.filter(pk=page.pk).first()
    page.body = number_parts(page.body, was.body if was else "")
    prepare_page(page)
    page.save()
    leave_address_of(was, page)
    addresses = {page.get_absolute_url()} | ({was.get_absolute_url()} if was else set())
    announce(
        "page", page.pk, {"addresses": sorted(addresses), "everywhere": listed_as(was) != listed_as(page)}
    )
    return page


def listed_as(page: Page | None) -> tuple:
    """What the foot shows of it."""
    return (page.title, page.path, page.order) if page and page.published else ()
