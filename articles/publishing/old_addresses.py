"""Addresses that readers know, when what they lead to moves."""

from collections.abc import Iterable

from django.db.models import Model

from articles.models import OldAddress, Section


def leave_behind(paths: Iterable[str], thing: Model) -> bool:
    """Have the addresses that the thing had lead to it; True if it is at another one now.

    One that led to something else before leads to the last that had it.
    """
    here = thing.get_absolute_url()
    OldAddress.objects.leading_to(thing).filter(path=here).delete()
    others = sorted(path for path in paths if path != here)
    for path in others:
        OldAddress.objects.update_or_create(path=path, defaults=OldAddress.led_to(thing))
    return bool(others)


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
