"""The thread beside the press that does what nobody waits for: it makes pictures ahead of time, compresses
pages a second time, looks at pictures of which it does not know the colour, and once an hour empties the bin
and refreshes the database's statistics."""

import logging
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from django.db import close_old_connections, connections
from django.utils import timezone

from articles.audit.keeping import prune
from articles.database.state import refresh_statistics
from articles.press.changes.intake import Round
from articles.press.everything.addresses import is_article
from articles.press.render.failures import pictures_to_try_again
from articles.press.render.printer import AWAY
from articles.press.shelf.interface import Shelf
from articles.publishing.article.bin import empty_bin
from articles.publishing.picture_library.colours import fill_colours
from articles.threads import keep_running

from . import missing_pictures
from .best_compression import Smallest, smallest
from .pictures import make_again, make_ahead, make_expected
from .recompress import Recompressing, recompress

logger = logging.getLogger("articles.press")

IDLE = 0.5  # seconds between two looks for something to do
FOR_A_MOMENT = 1.0  # seconds in which pages of a walk are compressed, between two looks for something to do
AFTER_TROUBLE = 10.0  # seconds
TIDY_UP_EVERY = 3600.0  # seconds
TRY_AGAIN_EVERY = 1.0  # seconds between two looks for pictures that could not be made
NICE = 10  # readers' requests and the press itself come first
MOST_TO_RECOMPRESS = 2000  # pages; those that were noted longest ago are left as they were printed
COLOURS_AT_ONCE = 20  # pictures; each takes some hundredths of a second
QUIET = 1.0  # seconds without printing after which pages are compressed; readers may wait for the next page


class BackgroundWorker:
    """What is noted in this object is lost in a crash. That harms nobody: a picture that is not made ahead is
    made when a page names it, and a page that is not compressed again stays as it was printed."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._pictures: deque[int] = deque()
        self._articles: OrderedDict[str, None] = OrderedDict()
        self._lists: OrderedDict[str, None] = OrderedDict()
        self._rest = Recompressing(shelf)
        # In the thread both are replaced by what holds up no other thread of the process.
        self._compress: Callable[[bytes], bytes] = smallest
        self._make_pictures: Callable[[Callable[[], None]], None] = run
        self._quiet_from = 0.0
        self._try_again = Round(TRY_AGAIN_EVERY)
        self._tidy_up = Round(TIDY_UP_EVERY)
        # The last picture whose colour was looked at; None once there is no other without one.
        self._coloured: int | None = 0

    def want(self, numbers: Iterable[int]) -> None:
        """Make the expected files of these pictures, which are new in the library. Files that are not made
        here are made when a page is printed that names them."""
        self._pictures.extend(numbers)

    def recompress(self, path: str) -> None:
        """Compress a page that was just printed. Articles come first, because they change least and are read
        longest."""
        paths = self._articles if is_article(path) else self._lists
        # If a page is printed again before its turn comes, it is compressed only once.
        paths.pop(path, None)
        paths[path] = None
        if len(paths) > MOST_TO_RECOMPRESS:
            take_first(paths)

    def wait_for_the_press(self) -> None:
        """Put compressing off for a moment, because the press prints pages that readers wait for."""
        self._quiet_from = time.monotonic() + QUIET

    def open(self, stop: threading.Event) -> None:
        keep_running(partial(self._work, stop), stop, name="background")

    def work_off(self, stop: threading.Event, *, gives_way: bool = False) -> None:
        """Make everything that is wanted now. With `gives_way`, pages are not compressed while the press
        prints."""
        self._make_wanted(stop)
        self._make_noted(stop, gives_way=gives_way)
        self._tidy_up_hourly(stop)

    def _make_wanted(self, stop: threading.Event) -> None:
        """Make the pictures of pages that were printed because a reader asked for them."""
        for pictures in missing_pictures.take(self.shelf):
            self._make_pictures(partial(make_ahead, pictures))
            if stop.is_set():
                return

    def _make_noted(self, stop: threading.Event, *, gives_way: bool) -> None:
        if self._try_again.is_due():
            for number in pictures_to_try_again(timezone.now()):
                if stop.is_set():
                    return
                self._make_pictures(partial(make_again, number))
        while not stop.is_set() and self._next(gives_way=gives_way):
            pass

    def _tidy_up_hourly(self, _: threading.Event) -> None:
        if self._tidy_up.is_due():
            empty_bin()
            prune()
            refresh_statistics()

    def _next(self, *, gives_way: bool = False) -> bool:
        """One picture, or else one page; False when nothing is left."""
        if self._pictures:
            self._make(self._pictures.popleft())
            return True
        if gives_way and not self._is_quiet:
            return False
        for paths in (self._articles, self._lists):
            if (path := take_first(paths)) is not None:
                recompress(self.shelf, path, self._compress)
                return True
        return False

    def _make(self, number: int) -> None:
        """Make one picture. If the picture itself fails, it is put aside in the database and tried again from
        there. If the database is away, it stays noted here."""
        try:
            self._make_pictures(partial(make_expected, number))
        except AWAY:
            self._pictures.appendleft(number)
            raise

    @property
    def _is_quiet(self) -> bool:
        return time.monotonic() >= self._quiet_from

    def _recompress_rest(self, stop: threading.Event) -> None:
        """When there is nothing else to do, compress for a moment pages that a walk has printed."""
        end = time.monotonic() + FOR_A_MOMENT
        while time.monotonic() < end and not stop.is_set() and self._is_quiet and not self._has_noted:
            if not self._rest.next():
                return

    def _fill_colours(self, _: threading.Event) -> None:
        """When there is nothing else to do, look at some pictures that came before their colours were
        kept."""
        if self._coloured is not None and self._is_quiet and not self._has_noted:
            self._make_pictures(self._fill_some_colours)

    def _fill_some_colours(self) -> None:
        self._coloured = fill_colours(after=self._coloured or 0, most=COLOURS_AT_ONCE)

    @property
    def _has_noted(self) -> bool:
        return bool(self._pictures or self._articles or self._lists)

    def _end_if_done(self, process: Smallest, _: threading.Event) -> None:
        """Its memory is given back once no page waits to be compressed."""
        if not self._articles and not self._lists and self._rest.note.read() is None:
            process.end()

    def _work(self, stop: threading.Event) -> None:
        process = self._compress = self._rest.compress = Smallest()
        self._make_pictures = at_low_priority
        make_noted, end_process = (
            partial(self._make_noted, gives_way=True),
            partial(self._end_if_done, process),
        )
        when_idle = (self._recompress_rest, self._fill_colours)
        acts = (self._make_wanted, make_noted, self._tidy_up_hourly, *when_idle, end_process)
        try:
            while not stop.is_set():
                # All are called, one after the other. If one fails, the next is called all the same.
                in_order = [self._goes_well(act, stop) for act in acts]
                close_old_connections()
                stop.wait(IDLE if all(in_order) else AFTER_TROUBLE)
        finally:
            process.end()

    def _goes_well(self, act: Callable[[threading.Event], None], stop: threading.Event) -> bool:
        try:
            act(stop)
        except (OSError, *AWAY) as error:
            logger.error("The work beside the press waits for a moment: %s", error)
            return False
        return True


def run(act: Callable[[], None]) -> None:
    act()


def at_low_priority(act: Callable[[], None]) -> None:
    """Run it in a thread of low priority and wait for that. There is such a thread only while it has
    something to do, because each time that it needs Python, the others may have to wait for it."""
    raised = []

    def in_thread() -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    # The pool has one connection for both.
    close_old_connections()
    thread = threading.Thread(target=in_thread, name="pictures", daemon=True)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def take_first(paths: OrderedDict[str, None]) -> str | None:
    """The path that was noted longest ago, or None. The press may take out the last one at the same moment,
    to note it anew: then the dictionary is empty."""
    try:
        return paths.popitem(last=False)[0]
    except KeyError:
        return None
