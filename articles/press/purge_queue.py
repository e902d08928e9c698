"""Addresses that a store has still to be told of: one empty file each, on the shelf, named by its turn.

Files and no database: a purge follows printing, which goes on writing pages while the database is busy.
"""

import itertools
import os
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

Note = tuple[str, str]  # the file's name, the address's path

LONGEST = 200  # bytes of an address that fit into a file's name; a longer one goes into the file

_numbers = itertools.count()


class PurgeQueue:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, paths: Iterable[str]) -> None:
        """Durable when this returns. Several notes of one address are one when they are worked off."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            name = f"{time.time_ns():020d}-{os.getpid()}-{next(_numbers)}"
            said = quote(path, safe="")
            fits = len(said) <= LONGEST
            new = self.folder / f".{name}"
            new.write_text("" if fits else path)
            new.rename(self.folder / (f"{name} {said}" if fits else f"{name} "))

    def waiting(self, most: int) -> list[Note]:
        """The oldest, at most so many."""
        try:
            names = sorted(name for name in os.listdir(self.folder) if not name.startswith("."))
        except FileNotFoundError:
            return []
        return [(name, self._path(name)) for name in names[:most]]

    def done(self, notes: Iterable[Note]) -> None:
        for name, _ in notes:
            (self.folder / name).unlink(missing_ok=True)

    def _path(self, name: str) -> str:
        said = name.partition(" ")[2]
        return unquote(said) if said else (self.folder / name).read_text()
