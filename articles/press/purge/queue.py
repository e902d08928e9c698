"""Addresses that a store has still to be told of: one empty file each, on the shelf, named by its turn.

Files and no database: a purge follows printing, which goes on writing pages while the database is busy.
"""

import itertools
import os
import secrets
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from articles.whole_files import write_whole

Note = tuple[str, str]  # the file's name, the address's path

LOOKED_AT = 2000  # files at once: there may be as many as the site has pages
LONGEST = 200  # bytes of an address that fit into a file's name; a longer one goes into the file

_numbers = itertools.count()


class PurgeQueue:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, paths: Iterable[str]) -> None:
        """Durable when this returns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            said = quote(path, safe="")
            fits = len(said) <= LONGEST
            # The numbers are this process's own, and another one may have the same: hence what is drawn.
            turn = f"{time.time_ns():020d}-{next(_numbers):08d}-{secrets.token_hex(4)}"
            write_whole(self.folder / f"{turn} {said if fits else ''}", "" if fits else path)

    def waiting(self, most: int) -> list[Note]:
        """The oldest, at most so many; of so many as are looked at, when everything was printed anew."""
        try:
            with os.scandir(self.folder) as files:
                found = (file.name for file in files if not file.name.startswith("."))
                names = sorted(itertools.islice(found, LOOKED_AT))[:most]
        except FileNotFoundError:
            return []
        return [(name, self._path(name)) for name in names]

    def done(self, notes: Iterable[Note]) -> None:
        for name, _ in notes:
            (self.folder / name).unlink(missing_ok=True)

    def hand_over(self, others: Sequence["PurgeQueue"]) -> None:
        """Each of the others gets everything that waits here."""
        while notes := self.waiting(LOOKED_AT):
            for queue in others:
                queue.add(path for _, path in notes)
            self.done(notes)

    def _path(self, name: str) -> str:
        said = name.partition(" ")[2]
        return unquote(said) if said else (self.folder / name).read_text()
