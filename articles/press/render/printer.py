"""Address → printed page. The press calls no view itself; it requests the address from Django's handler."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from math import inf
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
from articles.press.shelf.interface import PageHeld, PageRefused, PrintedPage, Shelf, ShelfFull

from .handler import ReadersHandler
from .printable import facts_of, printable, what_is_wrong_with

logger = logging.getLogger("articles.press")


class PrintFailed(Exception):
    """The page could not be rendered. Its last good copy stays on the shelf."""


class PrintedByAnother(PrintFailed):
    """Another process is printing the page at this moment."""


class DatabaseAway(Exception):
    """Nothing can be rendered until the database is back."""


class Outcome(Enum):
    PRINTED = "printed"
    SAME = "the same as before"
    REMOVED = "removed"
    NOTHING = "not a page to print"


LEFT_ALONE = 3.0  # seconds in which no reader's request asks a database that did not answer
LONGEST_TRY = 5.0  # seconds; longer than anybody waits for a connection
# What the driver raises when the database is gone or shuts down.
AWAY = (OperationalError, InterfaceError)
CHANGED = frozenset({Outcome.PRINTED, Outcome.REMOVED})
ON_SHELF = frozenset({Outcome.PRINTED, Outcome.SAME})


@dataclass(frozen=True, slots=True)
class Print:
    """The result of printing an address. waits: the page names pictures that are still to be made."""

    path: str
    outcome: Outcome
    response: HttpResponse | None = None
    waits: bool = False

    @property
    def facts(self) -> PageFacts | None:
        """The facts of the page that readers get at the address; None if there is no page."""
        is_there = self.outcome in ON_SHELF and self.response and self.response.status_code == 200
        return facts_of(self.response) if is_there else None


class Outage:
    """An outage of the database, as readers' requests notice it.

    Each request that waits for the database holds a thread of the server. So only one request at a time tries
    whether the outage is over, and the others do not wait.
    """

    def __init__(self) -> None:
        self._lasts = False
        self._until = 0.0

    def refuse(self) -> None:
        """DatabaseAway if the database did not answer a moment ago, or if another request is trying it
        now."""
        if time.monotonic() < self._until:
            raise DatabaseAway("it did not answer a moment ago")

    @contextmanager
    def tried(self) -> Iterator[None]:
        """To be put around code that asks the database. During an outage the database itself is asked first.
        A page that was rendered would prove nothing, because it may not need the database, or may fail by
        itself."""
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
        # Another request may be trying with a later end; a request that fails now must not make that earlier.
        self._lasts, self._until = True, max(self._until, time.monotonic() + LEFT_ALONE)


class Printer:
    """Renders pages as for an anonymous reader without cookies, and puts them on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.handler = ReadersHandler()
        self.address = urlsplit(paper().url)
        self._raised = threading.local()
        self._outage = Outage()
        got_request_exception.connect(self._note_exception)

    def print(self, uri: str, *, patience: float | None = None, pictures_take: float = inf) -> Print:
        """Render the address and update the shelf. Raises PrintFailed, DatabaseAway or ShelfFull;
        PrintedByAnother if another process is printing the page and takes longer than `patience` seconds.

        Pictures that it names and that are missing are made first, for `pictures_take` seconds at most. If
        some are still missing then, `waits` is true.
        """
        path = unquote(uri)
        if not has_place(path):
            return Print(path, Outcome.NOTHING)
        made = self._print(path, complete=pictures_take > 0, patience=patience)
        if made.waits and made.response:
            # Making pictures may take seconds. It is done without the lock, for which readers would wait.
            try:
                make_ahead(facts_of(made.response).pictures, seconds=pictures_take)
            except OSError as error:
                # The page is printed without them: a withdrawal, for one, must not wait for the pictures'
                # disk.
                logger.error("The pictures of %s could not be made ahead: %s", path, error)
            made = self._print(path, complete=False)
        elif pictures_take > 0:
            return made
        return replace(made, waits=bool(made.facts and missing_pictures(made.facts.pictures)))

    def _print(self, path: str, *, complete: bool, patience: float | None = None) -> Print:
        """Render the page and update the shelf. With `complete`, a page whose pictures are missing is not
        kept yet: then `waits` is true."""
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
        """Print a page for a reader who asks for it. None if it was printed in the meantime.

        The reader does not wait for pictures; `waits` says that the press has still to make them.
        """
        # Before the lock: otherwise all would wait for the lock of the request that tries the database.
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
            # Redirects are kept only where the press knows that something has moved. Otherwise any address
            # that somebody makes up could fill the shelf with redirects.
            return Print(path, Outcome.NOTHING, response)
        waits = bool(missing_pictures(facts_of(response).pictures))
        try:
            made = self._put(path, page, response)
        except (ShelfFull, PrintFailed) as error:
            # The page is rendered but not kept: this reader gets it, and for the next it is rendered again.
            logger.error("%s was not kept: %s", path, error)
            return Print(path, Outcome.NOTHING, response)
        return Print(path, made.outcome, response, waits=waits)

    def render(self, path: str) -> HttpResponse:
        """What the view answers an anonymous reader now."""
        response, error = self._answer(path)
        if isinstance(error, AWAY):
            # Perhaps only the connection broke some time ago, and a new one works.
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
    """Whether the pool has waited for a connection in vain. Then it is not waited for a second time."""
    return isinstance(error.__cause__, PoolTimeout)


def database_answers() -> bool:
    """Whether the database answers a trivial query. If it does, an error was the fault of the page's
    query."""
    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except AWAY:
        return False
    return True
