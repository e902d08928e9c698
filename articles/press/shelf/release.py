"""A short name for everything besides the editors' texts that shapes pages: code, templates, styles,
settings.

If the name differs from the one with which the shelf was printed, every page is printed anew.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.crypto import salted_hmac

from articles.conf import counts_reads, paper, policies, project_folder, telling_settings

from .interface import Shelf

RELEASE, ADDRESS = "release", "site-address"  # notes on the shelf
# The version of how pages are stored on the shelf. Raise it when that changes: every page is printed anew.
LAYOUT = 2
# The files that shape readers' pages: folders of the project, each with a pattern. Files of the desk and of
# commands do not shape them.
SHAPES = (
    ("templates", "**/*.html"),
    ("static/css", "*"),
    ("static/js", "*"),
    ("articles", "*.py"),
    *((f"articles/{room}", "**/*.py") for room in ("views", "feeds", "sitemaps", "models", "images", "body")),
)


def is_of_this_release(shelf: Shelf) -> bool:
    """Whether the shelf was printed with the present release."""
    return shelf.note(RELEASE).read() == current_release()


def note_release(shelf: Shelf, release: str) -> None:
    shelf.note(ADDRESS).write(paper().url)
    shelf.note(RELEASE).write(release)


def printed_for(shelf: Shelf) -> str | None:
    """The address of the site for which the shelf was printed. None if the shelf has no note of it."""
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
        policies(),
        telling_settings().hub,
        counts_reads(),
        settings.TIME_ZONE,
        settings.LANGUAGE_CODE,
        settings.MEDIA_URL,
        settings.PICTURES_URL,
        settings.STATIC_URL,
        # Pictures' addresses are signed with the secret, style sheets are named by their content.
        salted_hmac("articles.press.shelf.release", "", algorithm="sha256").hexdigest(),
        getattr(staticfiles_storage, "manifest_hash", ""),
        django.VERSION,
    )
