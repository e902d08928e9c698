"""Each picture of the old site → the one of ours that it has become, or the reason why there is none."""

import base64
import binascii
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import Any, Protocol

from articles.images import ImageRefused
from articles.importers.wordpress.deciding.wording import plain
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.text import Picture, file_key
from articles.importers.wordpress.text.addresses import file_name

from .source import File, MediaSource, NotToBeHad, Wanted
from .wanted import wanted_at, wanted_of

TABLE = """
CREATE TABLE taken (
    key TEXT PRIMARY KEY, address TEXT, attachment TEXT, image INTEGER, is_new INTEGER, file TEXT,
    reason TEXT, note TEXT
)"""
COLUMNS = "address, attachment, image, is_new, file, reason, note"
DATA = "data:"
# So many missing pictures are named in the report itself.
MOST_NAMED, MOST_REASONS = 1_000, 100
MOST_IN_TEXT = 5_000_000
IN_TEXT = "picture in the text itself"
NOT_WRITTEN_OUT = f"it is not written in base64, or larger than {MOST_IN_TEXT // 10**6} MB"


class Keep(Protocol):
    """Takes bytes into the library, and answers the number of the picture and whether it is new there. The
    same bytes are one picture. Raises ImageRefused."""

    def __call__(self, data: bytes, *, name: str, words: Mapping[str, str]) -> tuple[int, bool]: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a picture. Without `image` there is a reason."""

    address: str
    # The number of the attachment; empty if the file is not in the media library.
    attachment: str = ""
    image: int | None = None
    is_new: bool = False
    file: str = ""
    reason: str = ""
    note: str = ""

    @property
    def result(self) -> str:
        if self.image is None:
            return "missing"
        return "new" if self.is_new else "there already"


class Pictures:
    """Remembers each answer for the run, in a temporary file: an export may have a million pictures."""

    def __init__(self, source: MediaSource, keep: Keep):
        self.source, self.keep = source, keep
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute(TABLE)

    def close(self) -> None:
        self.database.close()

    def of_attachment(self, attachment: Attachment) -> Picture | None:
        """With the words of the media library. Its title is the name of the file as a rule, and not used."""
        taken = self.taken(attachment)
        words = words_of(attachment)
        return Picture(taken.image, **words) if taken.image is not None else None

    def taken(self, attachment: Attachment) -> Taken:
        key = f"{attachment.post_id} {file_key(attachment.url)}"
        blank = Taken(attachment.url, attachment.post_id)
        return self.remembered(key) or self.remember(
            key, self.take(wanted_of(attachment), blank, words_of(attachment))
        )

    def at(self, address: str) -> Picture | None:
        """A picture that is in no media library, or in the text itself."""
        is_data = address.startswith(DATA)
        key = sha256(address.encode("utf-8", "replace")).hexdigest() if is_data else file_key(address)
        taken = self.remembered(key)
        if taken is None:
            taken = in_text(address, self.keep) if is_data else self.take(wanted_at(address), Taken(address))
            self.remember(key, taken)
        return Picture(taken.image) if taken.image is not None else None

    def take(self, wanted: Wanted, blank: Taken, words: Mapping[str, str] | None = None) -> Taken:
        try:
            file = self.source.read(wanted)
        except NotToBeHad as error:
            return replace(blank, reason=str(error))
        return kept(blank, file, words or {}, self.keep)

    def remembered(self, key: str) -> Taken | None:
        row = self.database.execute(f"SELECT {COLUMNS} FROM taken WHERE key = ?", (key,)).fetchone()  # noqa: S608 - ours
        return taken_of(row) if row else None

    def remember(self, key: str, taken: Taken) -> Taken:
        self.database.execute("INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, *astuple(taken)))
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
        return (each for each in self.all() if each.image is None)

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


def words_of(attachment: Attachment) -> dict[str, str]:
    """As plain text. What is empty stays so: no alt text is invented."""
    return {"alt": attachment.alt, "caption": plain(attachment.caption), "credit": attachment.credit}


def kept(blank: Taken, file: File, words: Mapping[str, str], keep: Keep) -> Taken:
    blank = replace(blank, file=file.name, note=file.note)
    try:
        image, is_new = keep(file.data, name=file_name(blank.address) or file.name, words=words)
    except ImageRefused as error:
        return replace(blank, reason=error.message)
    return replace(blank, image=image, is_new=is_new)


def in_text(address: str, keep: Keep) -> Taken:
    """A picture that is written out in the address. It may be a character or a megabyte."""
    head, _, written = address.partition(",")
    blank = Taken(f"{head[:60]},…")
    if not head.endswith(";base64") or len(written) > MOST_IN_TEXT * 4 // 3:
        return replace(blank, reason=NOT_WRITTEN_OUT)
    try:
        data = base64.b64decode("".join(written.split()), validate=True)
    except (ValueError, binascii.Error):
        return replace(blank, reason="it is not whole")
    return kept(blank, File(IN_TEXT, data), {}, keep)
