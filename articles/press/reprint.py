"""Printing every page of the shelf again, a few at a time between the changes that readers wait for."""

import itertools
import json
import os
from collections.abc import Iterator

from .shelf import Shelf

SLICE = 20  # pages between two looks at the outbox


class WholeReprint:
    """Noted on the shelf with how far it has come, so that a press that was killed goes on with it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.note = shelf.root / "reprint.json"
        self._rest: Iterator[str] | None = None

    def begin(self) -> None:
        """From the start, also if one is under way: what it has done is out of date."""
        self._write(None)
        self._rest = None

    @property
    def is_under_way(self) -> bool:
        return self._rest is not None or self.note.exists()

    def next_slice(self) -> list[str]:
        """The pages to be printed next; empty when it is finished. Say `done` when they are."""
        if not self.is_under_way:
            return []
        if self._rest is None:
            self._rest = self._from(self._reached())
        return list(itertools.islice(self._rest, SLICE))

    def done(self, slice_: list[str]) -> None:
        if slice_:
            self._write(slice_[-1])
        else:
            self._rest = None
            self.note.unlink(missing_ok=True)

    def _from(self, reached: str | None) -> Iterator[str]:
        """The shelf is walked in the same order each time. A page that has gone is not looked for again."""
        paths = self.shelf.paths()
        if reached is None or not self.shelf.printed_at(reached):
            return paths
        rest = itertools.dropwhile(lambda path: path != reached, paths)
        next(rest, None)
        return rest

    def _reached(self) -> str | None:
        try:
            return json.loads(self.note.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def _write(self, reached: str | None) -> None:
        self.shelf.root.mkdir(parents=True, exist_ok=True)
        new = self.note.with_suffix(".new")
        new.write_text(json.dumps(reached))
        os.replace(new, self.note)
