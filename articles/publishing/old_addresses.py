"""Addresses that readers know, when what they lead to moves."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from articles.models import Author, OldAddress, Page, Section, Tag
from articles.models.old_address import KINDS


def leave_behind(paths: Iterable[str], thing: Model) -> None:
    """Have the addresses that the thing had lead to it.

    One that led to something else before leads to the last that had it.
    """
    lead_on({thing: paths})


def lead_on(stood: Mapping[Model, Iterable[str]]) -> None:
    """The same for several things of one kind, each with the addresses that it had: in three queries."""
    here = {thing.get_absolute_url(): thing for thing in stood}
    kind = next(iter(stood))._meta.model_name
    known = OldAddress.objects.filter(path__in=here).values_list("pk", "path", kind)
    arrived = [pk for pk, path, number in known if number == here[path].pk]
    if arrived:
        OldAddress.objects.filter(pk__in=arrived).delete()
    left = {
        path: thing for thing, paths in stood.items() for path in paths if path != thing.get_absolute_url()
    }
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, **OldAddress.led_to(left[path])) for path in sorted(left)],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=KINDS,
    )


def hand_over(things: Iterable[Model], *, to: Model) -> None:
    """Have their addresses, and those that they had before, lead to another of their kind; they are going."""
    things = list(things)
    kind = to._meta.model_name
    OldAddress.objects.filter(**{f"{kind}__in": things}).update(**{kind: to})
    leave_behind([thing.get_absolute_url() for thing in things], to)


def known_addresses(thing: Model) -> list[str]:
    """The one it has and those that lead to it: what readers find nothing at once it has gone."""
    left = OldAddress.objects.leading_to(thing).values_list("path", flat=True)
    return sorted({thing.get_absolute_url(), *left})


def with_subsections(section: Section | None) -> dict[Section, str]:
    """Where the section and all below it stand: a department takes its subsections along."""
    if section is None:
        return {}
    return {each: each.get_absolute_url() for each in (section, *section.subsections.all())}


def leave_address_of(was: Tag | Author | Page | None, now: Tag | Author | Page) -> None:
    if was and was.get_absolute_url() != now.get_absolute_url():
        leave_behind([was.get_absolute_url()], now)


def moved_from(was: Tag | Author | None, now: Tag | Author) -> dict:
    """What is printed below the address, the months, shows its name; and it may have a new address."""
    if was is None:
        return {}
    old, new = was.get_absolute_url(), now.get_absolute_url()
    return {"below": [old], "moved": [(old, new)] if old != new else []}
