"""A short name for all that shapes pages besides what editors write: code, templates, styles, settings.

Another name than the shelf was printed with means that every page is printed anew.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.crypto import salted_hmac

from articles.conf import paper, project_folder

from .port import Shelf

RELEASE, ADDRESS = "release", "site-address"  # notes on the shelf
# How pages lie on the shelf, and what is kept beside them. Another number has every page printed anew.
LAYOUT = 2
# Folders under the project's, and what in them shapes readers' pages. The desk and the commands do not.
SHAPES = (
    ("templates", "**/*.html"),
    ("static/css", "*"),
    ("static/js", "*"),
    ("articles", "*.py"),
    *((f"articles/{room}", "**/*.py") for room in ("views", "models", "images", "body")),
)


def is_of_this_release(shelf: Shelf) -> bool:
    """Whether the shelf's pages have the shape that they would get now."""
    return shelf.note(RELEASE).read() == current_release()


def note_release(shelf: Shelf, release: str) -> None:
    shelf.note(ADDRESS).write(paper().url)
    shelf.note(RELEASE).write(release)


def printed_for(shelf: Shelf) -> str | None:
    """The address of the site whose pages these are; None on a shelf that says nothing of it."""
    return shelf.note(ADDRESS).read()


def current_release() -> str:
    digest = hashlib.sha256(repr((LAYOUT, *shaping_settings())).encode())
    for file in shaping_files(project_folder()):
        digest.update(file.relative_to(project_folder()).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def shaping_files(base: Path) -> Iterator[Path]:
    for folder, pattern in SHAPES:
        files = sorted((base / folder).glob(pattern))
        yield from (file for file in files if file.is_file() and "admin" not in file.relative_to(base).parts)


def shaping_settings() -> tuple:
    return (
        paper(),
        settings.TIME_ZONE,
        settings.LANGUAGE_CODE,
        settings.MEDIA_URL,
        settings.STATIC_URL,
        # Pictures' addresses are signed with the secret, style sheets are named by their content.
        salted_hmac("articles.press.shelf.release", "", algorithm="sha256").hexdigest(),
        getattr(staticfiles_storage, "manifest_hash", ""),
        django.VERSION,
    )
