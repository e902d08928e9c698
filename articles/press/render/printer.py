"""Address → printed page, through Django's own handler: the press knows the views by their addresses only."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote, urlsplit

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from psycopg_pool import PoolTimeout

from articles.conf import paper
from articles.page_facts import PageFacts
from articles.press.background.pictures import make_ahead, missing_pictures
from articles.press.shelf.addresses import has_place
from articles.press.shelf.in_flight import noted
from articles.press.shelf.port import (
    PageHeld,
    PageRefused,
    PrintedPage,
    Shelf,
    ShelfFull,
)

from .handler import ReadersHandler
from .printable import facts_of, printable, what_is_wrong_with

logger = logging.getLogger("articles.press")


class PrintFailed(Exception):
    """The page could not be rendered; its last good copy stands."""


class PrintedByAnother(PrintFailed):
    """Somebody is printing the page at this moment."""


class DatabaseAway(Exception):
    """Nothing can be rendered until the database is back."""


class Outcome(Enum):
    PRINTED = "printed"
    SAME = "the same as before"
    REMOVED = "removed"
    NOTHING = "not a page to print"


LEFT_ALONE = 3.0  # seconds in which readers do not ask a database again that did not answer
LONGEST_TRY = 5.0  # seconds; more than a connection is waited for
# What a database that is gone, or going, makes its driver raise.
AWAY = (OperationalError, InterfaceError)
CHANGED = frozenset({Outcome.PRINTED, Outcome.REMOVED})
ON_SHELF = frozenset({Outcome.PRINTED, Outcome.SAME})


@dataclass(frozen=True, slots=True)
class Print:
    """What came of printing an address. waits: it names pictures still to be made."""

    path: str
    outcome: Outcome
    response: HttpResponse | None = None
    waits: bool = False

    @property
    def facts(self) -> PageFacts | None:
        """What the page that readers get at the address says of itself; None if there is no page."""
        is_there = self.outcome in ON_SHELF and self.response and self.response.status_code == 200
        return facts_of(self.response) if is_there else None


class Outage:
    """Of the database, as readers' requests have met it.

    Each of them holds a thread of the server for as long as a database gets to answer: so one at a time tries
    whether it is over, and the rest do not wait.
    """

    def __init__(self) -> None:
        self._lasts = False
        self._until = 0.0

    def refuse(self) -> None:
        """DatabaseAway, if it did not answer a moment ago or somebody tries whether it does."""
        if time.monotonic() < self._until:
            raise DatabaseAway("it did not answer a moment ago")

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Around what asks the database. Nothing but its own answer ends the outage: a page may get along
        without one, or fail by itself."""
        self.refuse()
        if self._lasts:
            self._until = time.monotonic() + LONGEST_TRY
            if not database_answers():
                self._goes_on()
                raise DatabaseAway("it does not answer yet")
            self._lasts, self._until = False, 0.0
        try:
            yield
        except DatabaseAway:
            self._goes_on()
            raise

    def _goes_on(self) -> None:
        # Somebody who has waited for longer must not cut short the time of the one who tries.
        self._lasts, self._until = True, max(self._until, time.monotonic() + LEFT_ALONE)


class Printer:
    """Renders as an anonymous reader without cookies, and puts what came out on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.handler = ReadersHandler()
        self.address = urlsplit(paper().url)
        self._raised = threading.local()
        self._outage = Outage()
        got_request_exception.connect(self._note_exception)

    def print(self, uri: str, *, patience: float | None = None) -> Print:
        """Render the address and keep the shelf true to it. PrintFailed, DatabaseAway, or ShelfFull;
        PrintedByAnother, if somebody else takes longer over the page than that many seconds."""
        path = unquote(uri)
        if not has_place(path):
            return Print(path, Outcome.NOTHING)
        made = self._print(path, complete=True, patience=patience)
        if made.waits and made.response:
            # Seconds may pass, and not under the lock: readers who ask for the page would all wait there.
            try:
                make_ahead(facts_of(made.response).pictures)
            except OSError as error:
                # The page goes out without: a withdrawn one must not wait for the disk of the pictures.
                logger.error("The pictures of %s could not be made ahead: %s", path, error)
            made = self._print(path, complete=False)
        return made

    def _print(self, path: str, *, complete: bool, patience: float | None = None) -> Print:
        """Keep nothing yet of a page whose pictures are missing, if it is wanted complete: it `waits`."""
        with self._alone_at(path, patience=patience):
            response = self.render(path)
            page = printable(response)
            if page is None:
                removed = self.shelf.remove(path)
                outcome = Outcome.REMOVED if removed else Outcome.NOTHING
                return Print(path, outcome, response)
            if complete and missing_pictures(facts_of(response).pictures):
                return Print(path, Outcome.NOTHING, response, waits=True)
            return self._put(path, page, response)

    def print_if_missing(self, path: str) -> Print | None:
        """For a reader who asks for a page that isn't printed; None if another did it in the meantime.

        The reader does not wait for pictures; `waits` says that the press has still to make them.
        """
        # Else all would wait for the lock of the one who tries.
        self._outage.refuse()
        with self._alone_at(path):
            if self.shelf.status_at(path) is not None:
                return None
            with self._outage.tried(), noted(self.shelf, path):
                return self._print_for_reader(path)

    @contextmanager
    def _alone_at(self, path: str, *, patience: float | None = None) -> Iterator[None]:
        with ExitStack() as lock:
            try:
                lock.enter_context(self.shelf.lock(path, patience=patience))
            except PageHeld as error:
                failure = PrintFailed if patience is None else PrintedByAnother
                raise failure(str(error)) from error
            yield

    def _print_for_reader(self, path: str) -> Print:
        response = self.render(path)
        page = printable(response)
        if page is None or page.status == 301:
            # Redirects are kept where the press knows that something has moved: others lead from any address.
            return Print(path, Outcome.NOTHING, response)
        waits = bool(missing_pictures(facts_of(response).pictures))
        try:
            made = self._put(path, page, response)
        except (ShelfFull, PrintFailed) as error:
            # Rendered it is: the reader gets it, and the next one lets it be rendered anew.
            logger.error("%s was not kept: %s", path, error)
            return Print(path, Outcome.NOTHING, response)
        return Print(path, made.outcome, response, waits=waits)

    def render(self, path: str) -> HttpResponse:
        """What the view answers an anonymous reader now."""
        response, error = self._answer(path)
        if isinstance(error, AWAY):
            # A connection that broke long ago is noticed only now; a second one may be well.
            if got_no_connection(error) or not database_answers():
                raise DatabaseAway(str(error).strip()) from error
            response, error = self._answer(path)
        if error is not None:
            raise PrintFailed(f"{type(error).__name__}: {error}") from error
        if problem := what_is_wrong_with(response):
            raise PrintFailed(problem)
        return response

    def _answer(self, path: str) -> tuple[HttpResponse, BaseException | None]:
        """What the view answers, and what it raised on the way."""
        self._raised.error = None
        return self.handler.answer(path, self.address), self._raised.error

    def _put(self, path: str, page: PrintedPage, response: HttpResponse) -> Print:
        try:
            changed = self.shelf.put(path, page)
        except PageRefused as error:
            raise PrintFailed(str(error)) from error
        return Print(path, Outcome.PRINTED if changed else Outcome.SAME, response)

    def _note_exception(self, **_: object) -> None:
        self._raised.error = sys.exc_info()[1]


def got_no_connection(error: BaseException) -> bool:
    """Whether the pool tried for as long as anybody should wait: nobody waits for it a second time."""
    return isinstance(error.__cause__, PoolTimeout)


def database_answers() -> bool:
    """One query may fail on a database that is well: that is the page's failure, not the database's."""
    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except AWAY:
        return False
    return True
