"""The headers of printed pages. While a new edition is being printed, pages of the one before still stand on
the shelf: their style and script have other hashes, and the policy has to name both.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from articles.middleware import security_headers
from articles.page_assets import Hashes, csp_hashes
from articles.whole_files import write_whole

from .imprint import imprint
from .shelf import Shelf

MOST = 3  # editions that may stand on the shelf at once
POLICY = "Content-Security-Policy"


def printed_headers(shelf: Shelf) -> list[tuple[str, str]]:
    """Those of every page, with the hashes of all editions on the shelf. To be asked for once, at start."""
    earlier = [edition for edition in editions(shelf) if edition != csp_hashes()]
    return [
        (name, with_hashes(value, earlier) if name == POLICY else value) for name, value in security_headers()
    ]


def editions(shelf: Shelf) -> list[Hashes]:
    """The edition of now, and those before it of which pages may still stand; remembers the one of now."""
    note, now = shelf.root / "editions.json", csp_hashes()
    known = [edition for edition in read(note) if edition != now] if is_being_reprinted(shelf) else []
    found = [now, *known][:MOST]
    if read(note) != found:
        # A full disk must not keep the site from starting; the next start remembers.
        with suppress(OSError):
            remember(note, found)
    return found


def remember(note: Path, editions: list[Hashes]) -> None:
    said = [{"styles": each.styles, "scripts": each.scripts} for each in editions]
    write_whole(note, json.dumps(said))


def read(note: os.PathLike) -> list[Hashes]:
    try:
        with open(note) as file:
            said = json.load(file)
        return [Hashes(tuple(each["styles"]), tuple(each["scripts"])) for each in said]
    except (FileNotFoundError, json.JSONDecodeError):
        return []


def is_being_reprinted(shelf: Shelf) -> bool:
    """Also when the press has still to find out that it has to."""
    imprinted = shelf.root / "imprint"
    return (
        (shelf.root / "reprint.json").exists() or not imprinted.exists() or imprinted.read_text() != imprint()
    )


def with_hashes(policy: str, editions: Iterable[Hashes]) -> str:
    directives = policy.split("; ")
    for edition in editions:
        for name, more in (("script-src", edition.scripts), ("style-src", edition.styles)):
            directives = [
                " ".join([each, *(hash_ for hash_ in more if hash_ not in each)])
                if each.startswith(f"{name} ")
                else each
                for each in directives
            ]
    return "; ".join(directives)
