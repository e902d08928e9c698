"""A SQLite file for one run: what the second pass over an export must find again, wherever it stood.

It is made anew by each run and thrown away after it, so it is never synced, and half of it is worth nothing.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from articles.importers.wordpress.deciding.identity import AGAIN, source_id, text_hash
from articles.importers.wordpress.deciding.permalinks import path_of
from articles.importers.wordpress.records import Attachment, Item, Place

TABLES = """
CREATE TABLE item (
    site INTEGER, base TEXT, again INTEGER, hash BLOB,
    file TEXT, number INTEGER, line INTEGER, offset INTEGER,
    kind TEXT, path TEXT, slug TEXT, dates TEXT,
    PRIMARY KEY (site, base, again)
) WITHOUT ROWID;
CREATE TABLE beginning (file TEXT PRIMARY KEY, number INTEGER, line INTEGER, offset INTEGER) WITHOUT ROWID;
CREATE TABLE attachment (
    site INTEGER, post_id TEXT, parent TEXT, menu_order INTEGER, path TEXT, record TEXT,
    PRIMARY KEY (site, post_id)
) WITHOUT ROWID;
CREATE TABLE file (
    key TEXT, is_size INTEGER, site INTEGER, post_id TEXT, PRIMARY KEY (key, is_size)
) WITHOUT ROWID;
CREATE TABLE shown (site INTEGER, post_id TEXT, by TEXT, PRIMARY KEY (site, post_id, by)) WITHOUT ROWID;
CREATE TABLE block (site INTEGER, post_id TEXT, body TEXT, PRIMARY KEY (site, post_id)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX item_place ON item (file, number);
CREATE INDEX item_path ON item (site, path);
CREATE INDEX item_slug ON item (site, slug);
CREATE INDEX attachment_path ON attachment (site, path);
CREATE INDEX attachment_parent ON attachment (site, parent, menu_order);
"""
# SQLite does not know how few rows have one path. Left to itself, it would read all rows of the site in the
# order that is asked for, for each link of each text.
AT_PATH, ATTACHMENT_AT_PATH = "INDEXED BY item_path", "INDEXED BY attachment_path"
# Memory for pages of the file, in KiB.
CACHE = 4_096
# So many items may share a number; to tell them apart, all of them are looked at.
MOST_OF_ONE_NUMBER = 1_000
# So many of those that show a picture are asked whether readers find them.
MOST_THAT_SHOW = 20


class NoRoom(Exception):
    """The disk has too little room for the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article or page: its source id, which is unique in the run, and where its text was met first.

    `dates` has what decides when it is public, and whether: see as_item().
    """

    source_id: str
    file: str
    number: int
    kind: str
    path: str
    slug: str
    dates: str

    def as_item(self) -> Item:
        """As much of the item as decides on its state."""
        fields = json.loads(self.dates)
        return Item(Place(self.file, self.number, 0), title=self.slug or self.source_id, **fields)

    def is_met_first_in(self, item: Item) -> bool:
        return (item.place.file, item.place.number) == (self.file, self.number)


COLUMNS = "base, again, file, number, kind, path, slug, dates"
DATES = ("type", "status", "has_password", "date", "date_gmt", "pub_date")


class Scratch:
    """`file_key` gives the one spelling under which addresses of files are compared."""

    def __init__(self, path: Path, *, file_key: Callable[[str], str], sites: dict[str, int] | None = None):
        """With `sites`, it is one that an earlier run has filled."""
        self.path, self.file_key, self.sites = path, file_key, sites or {}
        if sites:
            self.open_to_read()
        else:
            self.make()

    def make(self) -> None:
        self.database = sqlite3.connect(self.path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE}"):
            self.database.execute(f"PRAGMA {setting}")
        self.database.executescript(TABLES)
        self.database.execute("BEGIN")

    def close(self) -> None:
        self.database.close()

    def open_again(self) -> None:
        """For reading, in another process, which has got a copy of this. What it has of the first connection
        may not be used there, nor be closed."""
        self.of_parent = self.database
        self.open_to_read()

    def open_to_read(self) -> None:
        self.database = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self.database.execute(f"PRAGMA cache_size = -{CACHE}")

    def site(self, key: str) -> int:
        return self.sites.setdefault(key, len(self.sites))

    # The first pass.

    def add(self, site: int, item: Item, kind: str, slug: str) -> bool:
        """Whether its text is new. `slug` is the one that it is to have here.

        The second text of a number becomes `176~2`; a repetition is not kept.
        """
        base, digest = source_id(item), text_hash(item)
        rows = self.database.execute("SELECT hash FROM item WHERE site = ? AND base = ?", (site, base))
        known = [row[0] for row in rows]
        if digest in known or len(known) >= MOST_OF_ONE_NUMBER:
            return False
        row = (site, base, len(known) + 1, digest, *astuple(item.place))
        dates = json.dumps({name: getattr(item, name) for name in DATES})
        row += (kind, path_of(item.link) if item.link else "", slug, dates)
        self.database.execute("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return True

    def add_beginning(self, place: Place) -> None:
        """The first item of a file, of whatever kind."""
        self.database.execute("INSERT OR IGNORE INTO beginning VALUES (?, ?, ?, ?)", astuple(place))

    def add_attachment(self, site: int, attachment: Attachment) -> None:
        """Of several with one number, the first is kept; all of their files lead to it."""
        record = json.dumps(asdict(attachment), ensure_ascii=False)
        path = path_of(attachment.link) if attachment.link else ""
        row = (site, attachment.post_id, attachment.parent, attachment.menu_order, path, record)
        self.database.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?, ?, ?, ?)", row)
        folder = attachment.url.rpartition("/")[0]
        names = [(attachment.url, False), *((f"{folder}/{size}", True) for size in attachment.sizes)]
        files = [(self.file_key(name), is_size, site, attachment.post_id) for name, is_size in names]
        self.database.executemany("INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?)", files)

    def add_shown(self, site: int, post_ids: Iterable[str], by: str) -> None:
        """The item `by` shows these attachments."""
        rows = [(site, post_id, by) for post_id in post_ids]
        self.database.executemany("INSERT OR IGNORE INTO shown VALUES (?, ?, ?)", rows)

    def add_block(self, site: int, item: Item) -> None:
        row = (site, item.post_id, item.body)
        self.database.execute("INSERT OR IGNORE INTO block VALUES (?, ?, ?)", row)

    def finish(self) -> None:
        """After the first pass. What is only searched is indexed at once, which is faster."""
        self.database.execute("COMMIT")
        self.database.executescript(INDEXES)

    # The second pass.

    def beginning(self, file: str) -> Place | None:
        row = self.database.execute("SELECT * FROM beginning WHERE file = ?", (file,)).fetchone()
        return Place(*row) if row else None

    def texts_in(self, file: str) -> Iterator[tuple[int, str, Place]]:
        """The articles and pages of a file in their order: site, source id and place of each."""
        columns = "site, base, again, file, number, line, offset"
        query = f"SELECT {columns} FROM item WHERE file = ? ORDER BY number"  # noqa: S608 - as below
        for site, base, again, *place in self.database.execute(query, (file,)):
            yield site, named(base, again), Place(*place)

    def entry_of(self, site: int, item: Item) -> Entry | None:
        """The entry with the item's number and text."""
        where = "site = ? AND base = ? AND hash = ?"
        return self.first(where, (site, source_id(item), text_hash(item)))

    def entry(self, site: int, post_id: str) -> Entry | None:
        """The first with that number, which is the one that links mean."""
        return self.first("site = ? AND base = ? ORDER BY again", (site, post_id))

    def entry_at(self, site: int, path: str) -> Entry | None:
        return self.first("site = ? AND path = ? ORDER BY base, again", (site, path), AT_PATH)

    def is_only_one(self, site: int, slug: str) -> bool:
        """Whether one article or page alone is to have that slug."""
        query = "SELECT 1 FROM item WHERE site = ? AND slug = ? LIMIT 2"
        return len(self.database.execute(query, (site, slug)).fetchall()) == 1

    def first(self, where: str, values: Sequence[object], by: str = "") -> Entry | None:
        # The conditions are those written above.
        query = f"SELECT {COLUMNS} FROM item {by} WHERE {where} LIMIT 1"  # noqa: S608
        row = self.database.execute(query, values).fetchone()
        if row is None:
            return None
        base, again, *rest = row
        return Entry(named(base, again), *rest)

    def attachment(self, site: int, post_id: str) -> Attachment | None:
        return next(self.attachments("site = ? AND post_id = ?", (site, post_id)), None)

    def attachment_at(self, site: int, path: str) -> Attachment | None:
        """The attachment whose own page is at that path."""
        where = "site = ? AND path = ? ORDER BY post_id"
        return next(self.attachments(where, (site, path), ATTACHMENT_AT_PATH), None)

    def attachments_below(self, site: int, parent: str) -> list[Attachment]:
        """Those of a post, in the order of its gallery."""
        order = "ORDER BY menu_order, CAST(post_id AS INTEGER)"
        return list(self.attachments(f"site = ? AND parent = ? {order}", (site, parent)))

    def shown_by(self, site: int, post_id: str) -> list[str]:
        """The numbers of the first items that show the attachment."""
        query = "SELECT by FROM shown WHERE site = ? AND post_id = ? ORDER BY CAST(by AS INTEGER) LIMIT ?"
        return [row[0] for row in self.database.execute(query, (site, post_id, MOST_THAT_SHOW))]

    def attachments_of(self, site: int) -> Iterator[Attachment]:
        return self.attachments("site = ?", (site,))

    def attachment_with(self, key: str, *, is_size: bool = False) -> Attachment | None:
        """The attachment that is the file with that key, or one whose metadata name the file as a size."""
        query = "SELECT site, post_id FROM file WHERE key = ? AND is_size = ?"
        row = self.database.execute(query, (key, is_size)).fetchone()
        return self.attachment(*row) if row else None

    def attachments(self, where: str, values: Sequence[object], by: str = "") -> Iterator[Attachment]:
        query = f"SELECT record FROM attachment {by} WHERE {where}"  # noqa: S608 - as above
        for (record,) in self.database.execute(query, values):
            fields = json.loads(record)
            yield Attachment(**fields | {"sizes": tuple(fields["sizes"])})

    def block(self, site: int, post_id: str) -> str | None:
        row = self.database.execute(
            "SELECT body FROM block WHERE site = ? AND post_id = ?", (site, post_id)
        ).fetchone()
        return row[0] if row else None


def named(base: str, again: int) -> str:
    """The source id."""
    return base if again == 1 else f"{base}{AGAIN}{again}"


def check_room(folder: Path, size: int) -> None:
    """Raises NoRoom unless a tenth of the export's size is free there. No real export needs more."""
    needed = size // 10 + (64 << 20)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(
            f"{folder} has {free >> 20} MB free; the import needs {needed >> 20} MB there for a while."
        )
