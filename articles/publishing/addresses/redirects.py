"""Redirects that editors write by hand: from an address without a page to a page of the site, or to nothing.

A redirect to an article, a section, a tag, an author or a page names that thing, so it leads to it in one
step wherever it moves. One that is to lead to an old address leads to where that leads. So there are no
chains and no loops.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import Model
from django.utils.encoding import iri_to_uri

from articles.conf import paper
from articles.models import Imported, MissedAddress, OldAddress
from articles.models.addresses.old_address import THINGS
from articles.models.addresses.paths import ASKED_AFRESH, ITEMS, NUMBERED, may_have_been_a_page
from articles.models.collections.public_pages import is_shown
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.locks import lock
from articles.publishing.shared.records import announce
from articles.publishing.shared.versions import raise_version

from .places import Place, place_of

LONGEST = 600
OF_ITEMS = tuple(f"/?{name}=" for name in ITEMS)


@dataclass(frozen=True)
class Wanted:
    """A redirect as an editor writes it. `to` is empty if what was at the address is gone."""

    path: str
    to: str = ""

    def check(self) -> None:
        """Refused if it could not be saved."""
        leads_to(self.to, free_path(self.path))


def save_redirect(
    wanted: Wanted, *, old: OldAddress | None = None, expected: int | None = None
) -> OldAddress:
    """Save a redirect. `old` is the one that is changed, if one is. Refused with a problem at the field
    `path` or `to` if it can't be."""
    return save_redirects([(wanted, old)], expected=expected, replaces=False)[0]


@transaction.atomic
def save_redirects(
    wanted: Iterable[tuple[Wanted, OldAddress | None]],
    *,
    expected: int | None = None,
    replaces: bool = True,
) -> list[OldAddress]:
    """The same for several. One for an address that has a redirect already replaces that redirect, or is
    refused without `replaces`."""
    wanted = list(wanted)
    lock(named=named_in([each for each, _ in wanted]))
    saved = [saved_one(each, old, expected, replaces=replaces) for each, old in wanted]
    paths = [each.path for each in saved]
    MissedAddress.objects.filter(path__in=paths).delete()
    if paths:
        announce("redirect", saved[0].pk, {"addresses": paths, "below": paths})
    return saved


def named_in(wanted: Iterable[Wanted]) -> dict[type[Model], set[int]]:
    """The numbers of the things to which these lead, by kind. One that leads to the address of another of
    these leads to the same thing as that."""
    named = defaultdict(set)
    for each in wanted:
        with suppress(Refused):
            for thing in leads_to(each.to, each.path).values():
                if isinstance(thing, Model):
                    named[type(thing)].add(thing.pk)
    return named


def saved_one(wanted: Wanted, old: OldAddress | None, expected: int | None, *, replaces: bool) -> OldAddress:
    path = free_path(wanted.path)
    leads = leads_to(wanted.to, path)
    rows = OldAddress.objects.select_for_update()
    there = rows.filter(path=path).first()
    was = rows.filter(pk=old.pk).first() if old else there
    if there and (there != old if old else not replaces):
        raise Refused([Problem("path", "There is a redirect from this address already; change that one.")])
    row = was or OldAddress()
    raise_version(row, was, expected=expected)
    row.path, row.by_hand = path, True
    for name, value in leads.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove_redirect(old: OldAddress) -> None:
    number, path = old.pk, old.path
    old.delete()
    announce("redirect", number, {"addresses": [path], "below": [path]})


def own_path(text: str, field: str) -> str:
    """The path of an address of this site, encoded as addresses are built."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise Refused([Problem(field, "This is no web address.")]) from error
    elsewhere = parts.scheme not in ("", "http", "https") or parts.hostname not in (None, paper().host)
    if elsewhere or (parts.scheme and not parts.hostname) or not is_plain(parts.path):
        message = "Write an address of this site, beginning with a slash, such as /2019/old-story/."
        raise Refused([Problem(field, message)])
    if parts.query or parts.fragment:
        message = "Leave out what follows the question mark or #; redirects hand a query on by themselves."
        raise Refused([Problem(field, message)])
    path = iri_to_uri(unquote(parts.path))
    if len(path) > LONGEST:
        raise Refused([Problem(field, f"This is too long; {LONGEST} characters fit.")])
    return path


def readable(path: str) -> str:
    """The path with its letters as they are read, if it can be written so."""
    seen = unquote(path)
    return seen if iri_to_uri(seen) == path and seen.isprintable() else path


def is_plain(path: str) -> bool:
    """Whether browsers take it for a path and nothing else: they read // and a backslash as another site."""
    seen = unquote(path)
    return (
        seen.startswith("/")
        and "//" not in seen
        and not any(word in (".", "..") for word in seen.split("/"))
        and not any(ord(character) < 33 or character in "\\\x7f?#" for character in seen if character != " ")
        and "\ufffd" not in seen
    )


def numbered_path(text: str) -> str | None:
    """The address /?cat=5 or the like, if it is one of this site."""
    before, sign, query = text.strip().partition("?")
    is_ours = before in ("", "/", "/index.php") or before.rstrip("/") == paper().url
    return f"/?{query}" if sign and is_ours and NUMBERED.fullmatch(f"/?{query}") else None


def free_number(path: str) -> str:
    """The same. Refused if the import has brought in what had that number, which is shown first."""
    number = path.partition("=")[2]
    rows = Imported.objects.filter(source_id=number).select_related("article", "page")
    there = next((row.article or row.page for row in rows if row.article or row.page), None)
    if there and path.startswith(OF_ITEMS):
        message = "The import has brought in what had this number, and readers are led there once it is out."
        # Whoever writes redirects may not see every draft.
        if is_shown(there):
            message = (
                f"The import has brought in what had this number: “{there}”. Readers are led there. "
                f"Write a redirect from {readable(there.get_absolute_url())} instead, once that is withdrawn."
            )
        raise Refused([Problem("path", message)])
    return path


def free_path(text: str) -> str:
    """The path from which it leads. Refused if the site needs it, or if readers find something there."""
    if path := numbered_path(text):
        return free_number(path)
    path = own_path(text, "path")
    place = place_of(path)
    if unquote(path).strip("/").split("/")[0] in ASKED_AFRESH or (place and place.thing is None):
        raise Refused([Problem("path", "This is an address of the site itself; nothing can lead away.")])
    if not may_have_been_a_page(unquote(path)):
        message = (
            "Files of this kind are answered without looking for a redirect. Write an address of a page."
        )
        raise Refused([Problem("path", message)])
    if place and place.is_shown:
        message = (
            f"Readers find “{place.thing}” at this address, which is shown first. Move or withdraw that."
        )
        raise Refused([Problem("path", message)])
    return path


def leads_to(text: str, path: str) -> dict[str, Any]:
    """The columns of a redirect from `path` to the address; with an empty text, of one that is gone."""
    if not text.strip():
        return dict.fromkeys(THINGS) | {"below": "", "address": "", "gone": True}
    there = own_path(text, "to")
    if there == path:
        raise Refused([Problem("to", "This redirect would lead to itself.")])
    place = place_of(there)
    if place and place.is_shown:
        return columns(place, path)
    old = OldAddress.objects.at(there)
    if old and not old.gone:
        below = old.below or there.removeprefix(old.path)
        leads = Place(old.thing, "" if old.address else below, old.address)
        if leads.is_shown:
            return columns(leads, path)
    message = "There is no page at this address. Look at it in a browser, and copy its address from there."
    raise Refused([Problem("to", message)])


def columns(place: Place, path: str) -> dict[str, Any]:
    if place.address == path:
        raise Refused([Problem("to", "This redirect would lead to itself.")])
    if place.thing is None:
        return dict.fromkeys(THINGS) | {"below": "", "address": place.own, "gone": False}
    return OldAddress.led_to(place.thing) | {"below": place.below}
