"""SQLite: its own backup copies the file page by page while others write, with what stands in the -wal."""

import gzip
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from articles.backup.errors import BackupFailed
from articles.whole_files import UNFINISHED

from .interface import Copy, Database, Rows

PIECE = 1 << 20
# Files that SQLite keeps beside the database. An old one beside another database would change that.
BESIDE = ("-wal", "-shm", "-journal")
QUICKLY = 4  # gzip's level: texts become a quarter, in a fifth of the time that the smallest takes


class SqliteRows(Rows):
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def ask(self, question: str) -> Sequence[tuple[Any, ...]]:
        return self.connection.execute(question).fetchall()

    def tables(self) -> set[str]:
        return {name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")}


class SqliteDatabase(Database):
    kind = "sqlite"
    member = "database.sqlite3.gz"

    def __init__(self, file: str | Path) -> None:
        self.file = Path(file)
        self._loaded: Path | None = None

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def described(self) -> str:
        return str(self.file)

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Copy]:
        plain, packed = folder / "database.sqlite3", folder / self.member
        with closing(sqlite3.connect(self.file)) as source, closing(sqlite3.connect(plain)) as copy:
            source.backup(copy)
            # It says of itself that it has a -wal, as the original does.
            copy.execute("PRAGMA journal_mode=DELETE")
            with plain.open("rb") as file, gzip.open(packed, "wb", compresslevel=QUICKLY) as smaller:
                shutil.copyfileobj(file, smaller, PIECE)
            yield Copy(packed, SqliteRows(copy))

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        # Asking must not make a file where there is none.
        with closing(sqlite3.connect(self.file if self._is_there() else ":memory:")) as connection:
            yield SqliteRows(connection)

    def load(self, content: IO[bytes], scratch: Path) -> None:
        """Beside the database, because only there it can take its place in one step."""
        number, path = tempfile.mkstemp(dir=self.file.parent, prefix=UNFINISHED)
        self._loaded = Path(path)
        with open(number, "wb") as file, gzip.open(content) as plain:
            shutil.copyfileobj(plain, file, PIECE)
            file.flush()
            os.fsync(number)
        with closing(sqlite3.connect(path)) as connection:
            try:
                said = connection.execute("PRAGMA quick_check").fetchone()[0]
            except sqlite3.DatabaseError as error:
                said = str(error)
        if said != "ok":
            raise BackupFailed(f"The database in the archive is damaged: {said}.")

    def take_place(self, aside: Path) -> None:
        if self._loaded is None:
            raise BackupFailed("The archive holds no database.")
        if not self._is_there():
            self.file.unlink(missing_ok=True)
        for path in (self.file, *self._beside()):
            if path.exists():
                aside.mkdir(parents=True, exist_ok=True)
                os.replace(path, aside / path.name)
        os.replace(self._loaded, self.file)

    def forget(self) -> None:
        if self._loaded is not None:
            self._loaded.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        """An empty file is made when the site starts, and holds nothing."""
        return self.file.exists() and self.file.stat().st_size > 0

    def _beside(self) -> list[Path]:
        return [self.file.with_name(self.file.name + end) for end in BESIDE]

    def users(self) -> str:
        """A database with a -wal can be made one without only by whoever alone has it open."""
        if not self._is_there():
            return ""
        with closing(sqlite3.connect(self.file, timeout=0.5)) as connection:
            try:
                connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("BEGIN EXCLUSIVE")
                connection.rollback()
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    return f"another process has {self.file} open"
            except sqlite3.DatabaseError:
                # What is no database, or a damaged one, is replaced.
                pass
        return ""

    def drop(self) -> None:
        self.file.unlink(missing_ok=True)

    @contextmanager
    def scratch(self, folder: Path, name: str) -> Iterator[Database]:
        yield SqliteDatabase(folder / f"{name}.sqlite3")

    def drop_left(self, name: str) -> None:
        """Its file is in the folder, with which it goes."""

    def beside(self, folder: Path, name: str) -> Database:
        return SqliteDatabase(folder / "newsroom.sqlite3")
