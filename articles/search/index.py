"""The two indexes. Each is a table with a tsvector and a GIN index on PostgreSQL (postgres.py), and a table
of FTS5 on SQLite (sqlite.py). Both have the same words, because folding.py makes them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from articles.models import DeskEntry, PublicEntry

from .backend import Backend
from .documents import Texts, document
from .postgres import PostgresBackend
from .sqlite import SqliteBackend
from .vocabulary import note_words

BACKENDS = {"postgresql": PostgresBackend, "sqlite": SqliteBackend}


@dataclass(frozen=True)
class Index:
    """The readers' and the desk's are two tables, so that no question of a reader ever reads what is not
    public."""

    model: type[PublicEntry | DeskEntry]
    is_public: bool

    @property
    def backend(self) -> Backend:
        return BACKENDS[connection.vendor](self.model._meta.db_table)

    def put(self, texts: Collection[Texts]) -> None:
        """Store these texts, instead of what there is of the same articles, and remember their words."""
        if texts:
            note_words(self.backend.put(map(document, texts)), is_public=self.is_public)

    def remove(self, articles: Collection[int]) -> None:
        if articles:
            self.backend.remove(articles)


PUBLIC = Index(PublicEntry, is_public=True)
DESK = Index(DeskEntry, is_public=False)
