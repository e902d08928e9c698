"""What a backup asks of a database, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar

from articles.models import Article, Author, Document, Image, Page, Section

AT_ONCE = 500
# Whoever has a row in one of these has a newsroom, and not only its empty tables.
OURS = (Article, Author, Document, Image, Page, Section)
FILES = tuple(model._meta.db_table for model in (Image, Document))


class Rows(ABC):
    """Something that answers questions in SQL."""

    @abstractmethod
    def ask(self, question: str) -> Sequence[tuple[Any, ...]]: ...

    @abstractmethod
    def tables(self) -> set[str]: ...

    def counts(self, tables: Sequence[str]) -> dict[str, int]:
        """How many rows each of the tables has; those that are not there are left out."""
        there = self.tables()
        return {name: self.count(name) for name in sorted(tables) if name in there}

    def count(self, table: str) -> int:
        return self.ask(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608 - a name that tables() has given

    def media_files(self) -> Iterator[str]:
        """The names of all files that pictures and documents have in the storage."""
        for table in FILES:
            reached = 0
            question = f'SELECT id, file FROM "{table}" WHERE id > {{}} ORDER BY id LIMIT {AT_ONCE}'  # noqa: S608 - a name of ours
            while found := self.ask(question.format(reached)):
                yield from (name for _, name in found if name)
                reached = found[-1][0]

    def migrations(self) -> list[str]:
        asked = "SELECT name FROM django_migrations WHERE app = 'articles' ORDER BY name"
        return [name for (name,) in self.ask(asked)]


@dataclass
class Copy:
    """A copy of the database in a file, and the database as it was when the copy was made."""

    file: Path
    rows: Rows


class Database(ABC):
    kind: ClassVar[str]
    # The name of its copy in an archive.
    member: ClassVar[str]

    @abstractmethod
    def copied(self, folder: Path) -> AbstractContextManager[Copy]:
        """A copy of this moment, in a file in that folder, which is there for it alone."""

    @abstractmethod
    def rows(self) -> AbstractContextManager[Rows]:
        """The database as it is now."""

    @abstractmethod
    def load(self, content: IO[bytes], scratch: Path) -> None:
        """Read what `copied` has written to an archive. Nothing is changed until `take_place`. The folder
        `scratch` goes away afterwards."""

    @abstractmethod
    def take_place(self, aside: Path) -> None:
        """What was loaded is the database from now on; if that fails, it is as it was. What was there
        before goes into the folder `aside`, if it is a file."""

    @abstractmethod
    def forget(self) -> None:
        """Leave nothing of what was loaded and has not taken its place."""

    @abstractmethod
    def users(self) -> str:
        """Who has the database open besides this process, in words; empty if nobody has."""

    @abstractmethod
    def scratch(self, folder: Path, name: str) -> AbstractContextManager["Database"]:
        """An empty database of the same kind that goes away at the end."""

    @abstractmethod
    def beside(self, folder: Path, name: str) -> "Database":
        """A new, empty database of the same kind, which stays."""

    @abstractmethod
    def drop(self) -> None:
        """Take a database away that `beside` has made."""

    @abstractmethod
    def drop_left(self, name: str) -> None:
        """Take away what `scratch` has made under that name, if it is there: its process was killed."""

    @property
    @abstractmethod
    def url(self) -> str:
        """What DATABASE_URL has to be for it. Passwords are in it."""

    @abstractmethod
    def described(self) -> str:
        """What it is, without passwords."""

    def things(self) -> list[str]:
        """What the newsroom in it has, such as “3 articles”; nothing if it is empty."""
        kinds = {model._meta.db_table: model._meta for model in OURS}
        with self.rows() as rows:
            counts = rows.counts(list(kinds))
        return [
            f"{number} {kinds[name].verbose_name if number == 1 else kinds[name].verbose_name_plural}"
            for name, number in counts.items()
            if number
        ]
