"""Old addresses: when something moves, the addresses that readers know redirect to its new one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from articles.models import Author, OldAddress, Page, Section, Tag
from articles.models.addresses.old_address import LEADS

LONGEST = OldAddress._meta.get_field("path").max_length


def leave_behind(paths: Iterable[str], thing: Model) -> None:
    """Have the former addresses of the thing redirect to it.

    If one of them redirected to something else before, it redirects to this thing now, because it had it
    last.
    """
    lead_on({thing: paths})


def lead_on(stood: Mapping[Model, Iterable[str]]) -> None:
    """The same for several things of one kind, each with its former addresses, in three queries."""
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
        update_fields=[*LEADS, "by_hand"],
    )


def bring_in_addresses(led: Iterable[tuple[str, Model | str | None]]) -> int:
    """Have addresses of a site that moves here lead to a thing, to a page of the site itself (its address),
    or say that what was there is gone (None). Answers how many are new.

    What has such an address or had it here keeps it. There is no redirect from an address to itself, and none
    from one that is longer than any is stored.
    """
    wanted = {
        path: to
        for path, to in led
        if len(path) <= LONGEST and path != (to.get_absolute_url() if isinstance(to, Model) else to)
    }
    known = set(OldAddress.objects.filter(path__in=wanted).values_list("path", flat=True))
    rows = [OldAddress(path=path, **columns_of(wanted[path])) for path in sorted(wanted.keys() - known)]
    OldAddress.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def columns_of(to: Model | str | None) -> dict[str, Any]:
    return OldAddress.led_to(to) if isinstance(to, Model) else {"address": to or "", "gone": to is None}


def hand_over(things: Iterable[Model], *, to: Model) -> None:
    """Have all addresses of these things, present and former, redirect to another thing of their kind. Called
    before the things are deleted."""
    things = list(things)
    kind = to._meta.model_name
    OldAddress.objects.filter(**{f"{kind}__in": things}).update(**{kind: to})
    leave_behind([thing.get_absolute_url() for thing in things], to)


def known_addresses(thing: Model) -> list[str]:
    """The address of the thing and those that redirect to it. When the thing is deleted, all these are
    gone."""
    left = OldAddress.objects.leading_to(thing).values_list("path", flat=True)
    return sorted({thing.get_absolute_url(), *left})


def with_subsections(section: Section | None) -> dict[Section, str]:
    """The addresses of the section and its subsections. When a department moves, its subsections move too."""
    if section is None:
        return {}
    return {each: each.get_absolute_url() for each in (section, *section.subsections.all())}


def leave_address_of(was: Tag | Author | Page | None, now: Tag | Author | Page) -> None:
    if was and was.get_absolute_url() != now.get_absolute_url():
        leave_behind([was.get_absolute_url()], now)


def moved_from(was: Tag | Author | None, now: Tag | Author) -> dict:
    """What an outbox entry says after a tag or author was renamed: the months below its old address show its
    name and are printed; if the address is new, they move there."""
    if was is None:
        return {}
    old, new = was.get_absolute_url(), now.get_absolute_url()
    return {"below": [old], "moved": [(old, new)] if old != new else []}
