"""Sections: saving, ordering and removing them, and moving their articles along into another department."""

from typing import Any

from django.db import transaction

from articles.models import Article, Section, UnpublishedName
from articles.publishing.tasks.begin import SLICE, Arguments, Done, begin

from .addresses.old_addresses import known_addresses, lead_on, with_subsections
from .shared.errors import Problem, Refused
from .shared.locks import lock
from .shared.records import announce
from .shared.uses import Use, counted, refuse_if_used, some, unpublished, used_by_articles
from .shared.versions import raise_version

SEEN_EVERYWHERE = ("name", "slug", "parent_id", "order", "shown_without_stories")

AT_ONCE = 200
ANOTHER_ORDER = (
    "Not moved: somebody has changed the sections since this page was opened. They stand here as they are"
    " now; move the section once more."
)


@transaction.atomic
def save_section(section: Section, *, expected: int | None = None) -> Section:
    """Save the section. If it has moved into another department, its articles move along. Every page shows
    the list of sections, so all pages are printed if that list changes."""
    lock_all_sections()
    was = Section.objects.filter(pk=section.pk).select_related("parent").first()
    stood = with_subsections(was)
    raise_version(section, was, expected=expected)
    section.save()
    stand = with_subsections(section)
    if elsewhere := {each: [stood[each]] for each, here in stand.items() if here != stood.get(each, here)}:
        lead_on(elsewhere)
    moved = moved_section(was, section)
    departments = {each.department.get_absolute_url() for each in (was, section) if each}
    follows = {"section": section.pk, "departments": sorted(departments), "moved": moved}
    begin(follow_section, follows, what=f"The articles of “{section}” follow it into its department")
    # The description is shown only on the section's own page, so a new one does not affect all pages.
    seen = was is None or any(getattr(was, name) != getattr(section, name) for name in SEEN_EVERYWHERE)
    # A department is shown together with the first of its subsections.
    pages = {each.get_absolute_url() for each in ((section, section.department) if seen else (section,))}
    announce("section", section.pk, {"sections": sorted(pages), "moved": moved, "everywhere": seen})
    return section


def moved_section(was: Section | None, now: Section) -> list[tuple[str, str]]:
    """Pairs of old and new addresses: the archive of a section that moves is printed at its new address, and
    at that of its department."""
    if was is None or was.get_absolute_url() == now.get_absolute_url():
        return []
    to = dict.fromkeys([now.get_absolute_url(), now.department.get_absolute_url()])
    return [(was.get_absolute_url(), address) for address in to]


def follow_section(arguments: Arguments, cursor: Any) -> Done:
    """Move a slice of a section's articles into its new department.

    arguments: {"section": its number, "departments": the addresses of its old and its new department,
    "moved": the pairs of moved_section()}. When the last articles are moved, the lists of both departments
    are printed again.
    """
    section = Section.objects.select_related("parent").filter(pk=arguments["section"]).first()
    if section is None:
        return Done()
    left = Article.including_bin.filter(section=section, pk__gt=cursor or 0).exclude(
        department=section.department
    )
    numbers = list(left.order_by("pk").values_list("pk", flat=True)[: SLICE + 1])
    named = {Section: [section.pk, section.department.pk]}
    lock(named=named, changed={Article: numbers[:SLICE]})
    left.filter(pk__in=numbers[:SLICE]).update(department=section.department)
    if len(numbers) > SLICE:
        return Done(cursor=numbers[SLICE - 1])
    if cursor is None:
        # All articles fitted into the first slice, which ran with the verb. Its own entry names every page.
        return Done()
    departments = arguments["departments"]
    return Done({"sections": departments, "below": departments, "moved": arguments["moved"]})


@transaction.atomic
def order_sections(wanted: dict[int, int] | None = None, *, seen: list[int] | None = None) -> list[Section]:
    """Give every section its place, each subsection after its parent. `wanted` maps a section's number to its
    place. `seen` are the numbers of sections that stood one after the other on the page of whoever moves one;
    Refused if they stand otherwise by now.

    Places are counted through both levels, so that ordering by the place alone gives the tree. If a place
    changes, one outbox entry is written, because all pages show the list of sections.
    """
    lock_all_sections()
    sections = list(Section.objects.select_related("parent"))
    in_tree = threaded(sections, {section.pk: section.order for section in sections})
    if seen and not stand_so(sections, seen):
        raise Refused([Problem("", ANOTHER_ORDER)])
    places = {section.pk: number for number, section in enumerate(in_tree, 1)} | (wanted or {})
    in_tree = threaded(sections, places)
    moved = []
    for number, section in enumerate(in_tree, 1):
        if section.order != number:
            section.order = number
            moved.append(section)
    if moved:
        # In portions, because in one statement the database would compare each row with all others.
        Section.objects.bulk_update(moved, ["order"], batch_size=AT_ONCE)
        announce(
            "section", moved[0].pk, {"sections": sorted(section.get_absolute_url() for section in moved)}
        )
    return in_tree


def stand_so(sections: list[Section], seen: list[int]) -> bool:
    order = [section.pk for section in sorted(sections, key=lambda section: (section.order, section.pk))]
    first = order.index(seen[0]) if seen[0] in order else 0
    return order[first : first + len(seen)] == seen


@transaction.atomic
def move_sections(chosen: set[int], step: int) -> None:
    """Move these sections, by their numbers, one place up (-1) or down (1) among those of the same parent.
    Those that are first or last already stay, and so do those right behind them that are to move too."""
    in_tree = order_sections()
    places = {section.pk: number for number, section in enumerate(in_tree, 1)}
    last: dict[int | None, Section] = {}
    for section in in_tree if step < 0 else reversed(in_tree):
        before = last.get(section.parent_id)
        if section.pk in chosen and before is not None and before.pk not in chosen:
            places[section.pk], places[before.pk] = places[before.pk], places[section.pk]
        else:
            last[section.parent_id] = section
    order_sections(places)


def lock_all_sections() -> None:
    """Lock all sections, because the place and address of one depend on others. There are few."""
    lock(changed={Section: Section.objects.values_list("pk", flat=True)})


def threaded(sections: list[Section], places: dict[int, int]) -> list[Section]:
    """The sections in the order of their places, each subsection after its parent."""

    def place(section: Section) -> tuple[int, ...]:
        own = (places[section.pk], section.pk)
        return (places[section.parent_id], section.parent_id, *own) if section.parent_id else own

    return sorted(sections, key=place)


def uses_of_section(section: Section) -> list[Use]:
    return some(
        *used_by_articles(section=section),
        Use("subsections", counted(section.subsections.all()), "subsection"),
        Use("groups", counted(section.groups.all()), "group"),
        unpublished(UnpublishedName.Kind.SECTION, section.pk),
    )


@transaction.atomic
def remove_section(section: Section) -> None:
    lock_all_sections()
    refuse_if_used(section.name, uses_of_section(section))
    number, stood = section.pk, known_addresses(section)
    section.delete()
    announce("section", number, {"sections": [section.get_absolute_url()], "below": stood})
