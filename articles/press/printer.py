"""Address → printed page, through Django's own handler: the press knows the views by their addresses only."""

import io
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpResponse

from articles.conf import paper
from articles.images import ImageRefused, PictureSource, find_rendition
from articles.models import Image
from articles.publishing.pictures import make_rendition

from .shelf import KINDS, PrintedPage, Shelf, has_place

logger = logging.getLogger("articles.press")

RENDITIONS = re.compile(rb"/(renditions/[0-9A-Za-z_/.-]{10,150}\.(?:avif|webp|jpg))")
# The lists next to a month are named by its page, so a month that comes or goes changes them too.
NEIGHBOURS = re.compile(rb'<link rel="?(?:prev|next)"? href="?(/[^">\s]{1,300})')


class PrintFailed(Exception):
    """The page could not be rendered; its last good copy stands."""


class DatabaseAway(Exception):
    """Nothing can be rendered until the database is back."""


class Outcome(Enum):
    PRINTED = "printed"
    SAME = "the same as before"
    REMOVED = "removed"
    NOTHING = "not a page to print"


@dataclass(frozen=True, slots=True)
class Print:
    """What came of printing an address; neighbours are the addresses that its coming or going changes."""

    path: str
    outcome: Outcome
    response: HttpResponse | None = None
    neighbours: tuple[str, ...] = ()


class Printer:
    """Renders as an anonymous reader without cookies, and puts what came out on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.handler = WSGIHandler()
        self.address = urlsplit(paper().url)
        self._raised = threading.local()
        got_request_exception.connect(self._note_exception)

    def print(self, uri: str) -> Print:
        """Render the address and keep the shelf true to it. PrintFailed, DatabaseAway, or ShelfFull."""
        path = unquote(uri)
        if not has_place(path):
            return Print(path, Outcome.NOTHING)
        with self.shelf.lock(path):
            return self._print(path)

    def print_if_missing(self, path: str) -> Print | None:
        """For a reader who asks for a page that isn't printed; None if another did it in the meantime."""
        with self.shelf.lock(path):
            if self.shelf.read(path) is not None:
                return None
            return self._print(path)

    def render(self, path: str) -> HttpResponse:
        """What the view answers an anonymous reader now."""
        self._raised.error = None
        response = self.handler.get_response(WSGIRequest(self._environ(path)))
        response.close()
        close_old_connections()
        error = self._raised.error
        if isinstance(error, (OperationalError, InterfaceError)):
            raise DatabaseAway(str(error).strip()) from error
        if error is not None:
            raise PrintFailed(f"{type(error).__name__}: {error}") from error
        if response.status_code >= 500:
            raise PrintFailed(f"The view answered {response.status_code}.")
        return response

    def _print(self, path: str) -> Print:
        response = self.render(path)
        page = printable(response)
        if page is None:
            removed = self.shelf.remove(path)
            return Print(path, Outcome.REMOVED if removed else Outcome.NOTHING, response)
        make_ahead(page.body)
        new = not self.shelf.printed_at(path)
        changed = self.shelf.put(path, page)
        neighbours = neighbours_of(page.body) if new else ()
        return Print(path, Outcome.PRINTED if changed else Outcome.SAME, response, neighbours)

    def _environ(self, path: str) -> dict:
        """A request that holds nothing of any reader's."""
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": self.address.hostname,
            "SERVER_PORT": str(self.address.port or (443 if self.address.scheme == "https" else 80)),
            "HTTP_HOST": self.address.netloc,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self.address.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            **({"HTTP_X_FORWARDED_PROTO": self.address.scheme} if settings.SECURE_PROXY_SSL_HEADER else {}),
        }

    def _note_exception(self, **_: object) -> None:
        self._raised.error = sys.exc_info()[1]


def printable(response: HttpResponse) -> PrintedPage | None:
    """The page to be kept of an answer, or None for one that is nobody's or only somebody's."""
    if response.status_code not in (200, 410) or response.streaming or response.cookies:
        return None
    if any(word in response.get("Cache-Control", "") for word in ("private", "no-store", "no-cache")):
        return None
    content_type = response.get("Content-Type", "")
    if content_type.partition(";")[0].strip() not in KINDS:
        return None
    return PrintedPage(response.status_code, content_type, response.content)


def neighbours_of(body: bytes) -> tuple[str, ...]:
    return tuple(found.decode("ascii", "ignore") for found in NEIGHBOURS.findall(body[:20_000]))


def renditions_named(body: bytes) -> Iterable[str]:
    return dict.fromkeys(found.decode("ascii") for found in RENDITIONS.findall(body))


def source_of(image_id: int) -> PictureSource | None:
    image = Image.objects.filter(pk=image_id).first()
    return image and image.source


def make_ahead(body: bytes, make: Callable[[Image, object], object] = make_rendition) -> None:
    """Make the pictures that a page names and that are not there yet, so that readers never wait for one."""
    for path in renditions_named(body):
        if default_storage.exists(path):
            continue
        rendition = find_rendition(path, source_of)
        if rendition is None:
            continue
        try:
            make(Image.objects.get(pk=rendition.image_id), rendition)
        except (ImageRefused, FileNotFoundError, Image.DoesNotExist) as error:
            logger.error("The picture %s could not be made: %s", path, error)
