"""What became of each file of the old site, remembered for the run."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from itertools import islice
from typing import Any

# So many missing files are named in the report itself.
MOST_NAMED, MOST_REASONS = 1_000, 100


@dataclass(frozen=True, slots=True)
class Taken:
    """Without `number` there is a reason."""

    address: str
    # The number of the attachment; empty if the file is not in the media library.
    attachment: str = ""
    # That of our picture or document.
    number: int | None = None
    is_new: bool = False
    file: str = ""
    reason: str = ""
    note: str = ""
    # Of a document: its address here, "PDF", "4 MB".
    here: str = ""
    type: str = ""
    size: str = ""

    @property
    def result(self) -> str:
        if self.number is None:
            return "missing"
        return "new" if self.is_new else "there already"


NAMES = [field.name for field in fields(Taken)]
COLUMNS = ", ".join(NAMES)
TABLE = f"CREATE TABLE taken (key TEXT PRIMARY KEY, {COLUMNS})"
INSERT = f"INSERT INTO taken VALUES (?{', ?' * len(NAMES)})"  # noqa: S608 - ours


class Memory:
    """In a temporary file: an export may have a million files."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute(TABLE)

    def close(self) -> None:
        self.database.close()

    def remembered(self, key: str) -> Taken | None:
        row = self.database.execute(f"SELECT {COLUMNS} FROM taken WHERE key = ?", (key,)).fetchone()  # noqa: S608 - ours
        return taken_of(row) if row else None

    def remember(self, key: str, taken: Taken) -> Taken:
        self.database.execute(INSERT, (key, *astuple(taken)))
        return taken

    def summary(self) -> dict[str, Any]:
        """How many have each result, the reasons by how often, and the first of those that are missing."""
        return {
            "results": Counter(each.result for each in self.all()),
            "reasons": dict(Counter(map(kind_of, self.missing())).most_common(MOST_REASONS)),
            "with_note": sum(bool(each.note) for each in self.all()),
            "missing": [
                {"address": each.address, "reason": each.reason}
                for each in islice(self.missing(), MOST_NAMED)
            ],
        }

    def missing(self) -> Iterator[Taken]:
        return (each for each in self.all() if each.number is None)

    def all(self) -> Iterator[Taken]:
        """In the order in which they were met."""
        query = f"SELECT {COLUMNS} FROM taken ORDER BY rowid"  # noqa: S608 - ours
        yield from map(taken_of, self.database.execute(query))


def taken_of(row: tuple) -> Taken:
    taken = Taken(*row)
    return replace(taken, is_new=bool(taken.is_new))


def kind_of(taken: Taken) -> str:
    """The reason without the names of files."""
    return taken.reason.partition(":")[0]
