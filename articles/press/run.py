"""The loop: what the outbox says is printed, at once or at its second."""

import datetime
import fcntl
import hashlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from articles.conf import paper, press_settings
from articles.models import PressStatus

from .affected import all_affected
from .failures import forget_failures, note_failure, to_try_again
from .position import Position, due_entries, next_due
from .printer import DatabaseAway, Outcome, Printer, PrintFailed
from .shelf import Shelf, ShelfFull

logger = logging.getLogger("articles.press")

LOOK_EVERY = 0.05  # seconds between two looks at the outbox
LONGEST_PAUSE = 5.0  # seconds, while the database is away or the disk full
STATUS_EVERY = 5.0  # seconds
SLICE = 20  # pages of a whole reprint between two looks at the outbox

OnPrinted = Callable[[Sequence[str]], None]


def the_shelf() -> Shelf:
    shelf = Shelf(press_settings().shelf)
    shelf.root.mkdir(parents=True, exist_ok=True)
    return shelf


class Press:
    """One press for one shelf; `lead` sees to it that there is no second one."""

    def __init__(self, shelf: Shelf, on_printed: OnPrinted | None = None) -> None:
        self.shelf = shelf
        self.printer = Printer(shelf)
        self.on_printed = on_printed or (lambda paths: None)
        self.name = f"{socket.gethostname()}:{shelf.root}"
        self._rest: Iterator[str] | None = None
        self._status_at = 0.0
        self._pause = 0.0

    def run(self, stop: threading.Event) -> None:
        """Until stopped. Survives the database and the disk: waits, says so once, and goes on."""
        while not stop.is_set():
            try:
                busy = self.turn()
                self._pause = 0.0
            except (DatabaseAway, OperationalError, InterfaceError, ShelfFull, OSError) as error:
                self._complain(error)
                busy = False
            close_old_connections()
            if not busy:
                stop.wait(max(self._pause, self._until_next()))

    def turn(self) -> bool:
        """One look at the outbox and all that follows of it; True if there is more to do at once."""
        self.shelf.root.mkdir(parents=True, exist_ok=True)
        position = Position.read(self._file("position.json"))
        if position is None:
            position = Position.start()
            position.write(self._file("position.json"))
        now = timezone.now()
        due, after = due_entries(position, now)
        wanted = all_affected([entry.change for entry in due])
        addresses = [*wanted.addresses, *self._of_a_new_day(position, now), *to_try_again(self.name, now)]
        if wanted.everything or self._new_edition():
            self._begin_whole_reprint(now)
        self.print_all(addresses)
        after.write(self._file("position.json"))
        self._say_status(now, waiting=0)
        return self._reprint_slice() or len(due) > 0

    def print_all(self, addresses: Sequence[str]) -> list[str]:
        """Print each; answers the paths whose page is another now. A failing one is noted for later."""
        changed, good, todo = [], [], list(dict.fromkeys(addresses))
        for uri in todo:
            try:
                made = self.printer.print(uri)
            except PrintFailed as error:
                logger.error("%s could not be printed: %s", uri, error)
                note_failure(self.name, uri, str(error))
                continue
            good.append(uri)
            todo.extend(path for path in made.neighbours if path not in todo)
            if made.outcome in (Outcome.PRINTED, Outcome.REMOVED):
                changed.append(made.path)
        if good:
            forget_failures(self.name, good)
        if changed:
            self.on_printed(changed)
        return changed

    def _of_a_new_day(self, position: Position, now: datetime.datetime) -> list[str]:
        """The front carries the date."""
        return ["/"] if timezone.localdate(position.clock) != timezone.localdate(now) else []

    def _begin_whole_reprint(self, now: datetime.datetime) -> None:
        """Noted on the shelf, so that it is finished after a crash."""
        self._file("reprint").write_text(str(now.timestamp()))
        self._rest = None

    def _reprint_slice(self) -> bool:
        """Some of the pages that a whole reprint has still to come to; True while there are more."""
        note = self._file("reprint")
        if not note.exists():
            return False
        since = float(note.read_text() or 0)
        if self._rest is None:
            self._rest = (path for path in self.shelf.paths() if self.shelf.printed_at(path) < since)
        slice_ = [path for _, path in zip(range(SLICE), self._rest, strict=False)]
        self.print_all(slice_)
        if len(slice_) == SLICE:
            return True
        self._rest = None
        note.unlink(missing_ok=True)
        return False

    def _new_edition(self) -> bool:
        """Whether templates, styles or the paper's settings are others than the shelf was printed with."""
        file, now = self._file("edition"), edition()
        before = file.read_text() if file.exists() else None
        if before == now:
            return False
        file.write_text(now)
        return before is not None

    def _until_next(self) -> float:
        """Seconds to wait: until the next look, or less if something is due before."""
        try:
            due = next_due(timezone.now())
        except (OperationalError, InterfaceError):
            return LOOK_EVERY
        if due is None:
            return LOOK_EVERY
        return min(LOOK_EVERY, max(0.0, (due - timezone.now()).total_seconds()))

    def _complain(self, error: Exception) -> None:
        if not self._pause:
            logger.error("The press waits: %s", str(error).strip().splitlines()[0] if str(error) else error)
        self._pause = min(LONGEST_PAUSE, (self._pause or 0.1) * 2)

    def _say_status(self, now: datetime.datetime, *, waiting: int) -> None:
        if time.monotonic() - self._status_at < STATUS_EVERY:
            return
        PressStatus.objects.update_or_create(
            shelf=self.name, defaults={"seen_at": now, "waiting": waiting, "oldest_at": None}
        )
        self._status_at = time.monotonic()

    def _file(self, name: str) -> Path:
        return self.shelf.root / name


def edition() -> str:
    """A short name for all that shapes pages besides their content."""
    said = hashlib.sha256(repr(paper()).encode())
    base = Path(settings.BASE_DIR)
    for folder, pattern in (("templates", "*.html"), ("static/css", "*.css"), ("static/js", "*.js")):
        for file in sorted((base / folder).rglob(pattern)):
            said.update(file.read_bytes())
    return said.hexdigest()[:16]


@contextmanager
def lead(shelf: Shelf) -> Iterator[bool]:
    """Yields whether we are this shelf's one press; the lock goes with the process, however it ends."""
    shelf.root.mkdir(parents=True, exist_ok=True)
    file = os.open(shelf.root / "press.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(file)


def run_when_leading(press: Press, stop: threading.Event) -> None:
    """Each web worker calls this; the first one prints, and another takes over when it is gone."""
    while not stop.is_set():
        with lead(press.shelf) as leading:
            if leading:
                press.run(stop)
        stop.wait(1.0)


def start_embedded(on_printed: OnPrinted | None = None) -> threading.Event:
    """Run the press as a thread of this process; set the event to stop it."""
    stop = threading.Event()
    press = Press(the_shelf(), on_printed)
    threading.Thread(target=run_when_leading, args=(press, stop), name="press", daemon=True).start()
    return stop
