"""The two indexes. Each is a table with a tsvector and a GIN index on PostgreSQL (postgres.py), and a table
of FTS5 on SQLite (sqlite.py). Both have the same words, because folding.py makes them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from articles.models import DeskEntry, PublicEntry

from .backend import Backend
from .documents import Document
from .postgres import PostgresBackend
from .sqlite import SqliteBackend

BACKENDS = {"postgresql": PostgresBackend, "sqlite": SqliteBackend}


@dataclass(frozen=True)
class Index:
    """The readers' and the desk's are two tables, so that no question of a reader ever reads what is not
    public."""

    model: type[PublicEntry | DeskEntry]

    @property
    def backend(self) -> Backend:
        return BACKENDS[connection.vendor](self.model._meta.db_table)

    def put(self, documents: Iterable[Document]) -> None:
        if documents := list(documents):
            self.backend.put(documents)

    def remove(self, articles: Collection[int]) -> None:
        if articles:
            self.backend.remove(articles)


PUBLIC = Index(PublicEntry)
DESK = Index(DeskEntry)
