"""Printing every page of the shelf again, a few at a time between the changes that readers wait for."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from articles.whole_files import write_whole

from .shelf import Shelf, is_past

SLICE = 4  # pages between two looks at the outbox


@dataclass(frozen=True)
class Progress:
    """Places of the shelf, in the order in which it is walked.

    reached: what is before it, and itself, is done. end: this round goes that far; None, to the end of the
    shelf. again: then comes another round, from the start and that far.
    """

    reached: str | None = None
    end: str | None = None
    again: str | None = None


class WholeReprint:
    """Noted on the shelf with how far it has come, so that a press that was killed goes on with it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.note = shelf.root / "reprint.json"
        self._rest: Iterator[str] | None = None
        self._handed_out: list[str] = []
        self._ahead: list[str] = []

    def begin(self) -> None:
        """One that is under way goes on, and then begins again with what it had done until now: changes that
        come faster than the shelf can be printed must not keep it at the first pages."""
        progress = self._progress()
        self._write(Progress(reached=progress.reached, again=progress.reached))
        self.start_over()

    def start_over(self) -> None:
        """From the last slice that was done."""
        self._rest, self._ahead = None, []

    @property
    def is_under_way(self) -> bool:
        return self.note.exists()

    def next_slice(self) -> list[str]:
        """The places to be printed next; empty when it is finished. Say `done` of those that are."""
        if not self.is_under_way:
            return []
        progress = self._progress()
        found = self._ahead or self._slice(progress)
        if not found and progress.again is not None:
            # The round is over; the next one ends where this one had begun.
            self._write(Progress(end=progress.again))
            self.start_over()
            found = self._slice(self._progress())
        self._handed_out = found
        return found

    def done(self, places: list[str]) -> None:
        if places:
            progress = self._progress()
            self._write(Progress(places[-1], progress.end, progress.again))
            self._ahead = self._handed_out[len(places) :]
        else:
            self.start_over()
            self.note.unlink(missing_ok=True)

    def _slice(self, progress: Progress) -> list[str]:
        if self._rest is None:
            self._rest = self.shelf.places(after=progress.reached)
        rest = self._rest
        if progress.end is not None:
            rest = itertools.takewhile(lambda place: not is_past(place, progress.end), rest)
        return list(itertools.islice(rest, SLICE))

    def _progress(self) -> Progress:
        try:
            return Progress(**json.loads(self.note.read_text()))
        except (FileNotFoundError, json.JSONDecodeError, TypeError):
            # Not begun, or a note that says nothing: from the start.
            return Progress()

    def _write(self, progress: Progress) -> None:
        write_whole(self.note, json.dumps(asdict(progress)))
