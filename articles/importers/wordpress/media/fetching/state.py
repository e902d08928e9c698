"""What became of each address that was fetched, in a folder that stays after the run: whole files, unfinished
ones, and why an address could not be had. So the next run asks only for what is missing."""

import fcntl
import os
import sqlite3
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

TABLE = """
CREATE TABLE IF NOT EXISTS file (
    key TEXT PRIMARY KEY, address TEXT, state TEXT, reason TEXT, tries INTEGER, size INTEGER, validator TEXT
)"""
PENDING, DONE, FAILED = "pending", "done", "failed"


class InUse(Exception):
    """Another run works with the folder."""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    address: str
    state: str = PENDING
    reason: str = ""
    tries: int = 0
    # Bytes on the disk, of the whole file or of the beginning that is there.
    size: int = 0
    # The ETag or the time of which the beginning is, so that the rest is of the same version.
    validator: str = ""


class State:
    """Raises InUse, and OSError if the folder cannot be made."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = open(folder / "lock", "w")  # noqa: SIM115 - held as long as this is used
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.lock.close()
            raise InUse from error
        self.database = sqlite3.connect(folder / "state.sqlite3", isolation_level=None)
        self.database.execute(TABLE)
        self.total = self.database.execute("SELECT coalesce(sum(size), 0) FROM file").fetchone()[0]

    def close(self) -> None:
        self.database.close()
        self.lock.close()

    def row(self, address: str) -> Row:
        key = sha256(address.encode("utf-8", "replace")).hexdigest()
        found = self.database.execute("SELECT * FROM file WHERE key = ?", (key,)).fetchone()
        return Row(*found) if found else Row(key, address)

    def write(self, row: Row) -> Row:
        self.total += row.size - self.row(row.address).size
        values = (row.key, row.address, row.state, row.reason, row.tries, row.size, row.validator)
        self.database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return row

    def failed(self, row: Row, reason: str, *, tries: int) -> Row:
        return self.write(replace(row, state=FAILED, reason=reason, tries=tries))

    def again(self) -> None:
        """What has failed may be tried once more, however often it was."""
        self.database.execute("UPDATE file SET tries = 0 WHERE state = ?", (FAILED,))

    def path(self, row: Row) -> Path:
        """Of the whole file. Its name is ours."""
        return self.folder / row.key[:2] / row.key

    def part(self, row: Row) -> Path:
        path = self.path(row).with_suffix(".part")
        path.parent.mkdir(exist_ok=True)
        return path

    def finish(self, row: Row) -> Row:
        os.replace(self.part(row), self.path(row))
        return self.write(replace(row, state=DONE, reason=""))
