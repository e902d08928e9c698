"""An index on SQLite: a table of FTS5, which holds words that are folded already.

FTS5 keeps the articles of each word in the order of their row numbers. The key of an article is its row
number, so asking for the newest first reads no more than is shown."""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection

from .backend import ANY, Hit
from .documents import MASK, Document
from .folding import Forms
from .question import HIGHEST, Question, Term
from .time_limit import TimeLimit, TookTooLong

# Columns of plain words with those of their other forms, and what a word there weighs. Positions in a
# column of other forms mean nothing; phrases are asked of plain words alone.
WEIGHTS = {
    **{"headline": 10, "standfirst": 4, "names": 3, "body": 1},
    **{"headline_forms": 8, "standfirst_forms": 3, "names_forms": 2, "body_forms": 0.8},
    "facts": 0,
}
COLUMNS = ", ".join(WEIGHTS)
IN_HEADLINE = "{headline headline_forms}"


@dataclass(frozen=True)
class SqliteBackend:
    table: str

    @property
    def words(self) -> str:
        return f"{self.table}_words"

    def put(self, documents: Iterable[Document]) -> list[Document]:
        documents = list(documents)
        self.remove([document.article for document in documents])
        marks = ", ".join(["%s"] * (len(WEIGHTS) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {self.table} (article_id, key, language) VALUES (%s, %s, %s)",
                [(each.article, each.key, each.language) for each in documents],
            )
            cursor.executemany(
                f"INSERT OR REPLACE INTO {self.words} (rowid, {COLUMNS}) VALUES ({marks})",
                [columns_of(each) for each in documents],
            )
        return documents

    def remove(self, articles: Collection[int]) -> None:
        numbers = [(number,) for number in articles]
        with connection.cursor() as cursor:
            # A trigger deletes their words.
            cursor.executemany(f"DELETE FROM {self.table} WHERE article_id = %s", numbers)

    def newest(self, question: Question, most: int, limit: TimeLimit) -> list[Hit]:
        return hits(rows(f"{self.matching('0.0')} LIMIT %s", [*asked(question), most], limit))

    def ranked(self, question: Question, most: int, most_headlines: int, limit: TimeLimit) -> list[Hit]:
        if not question.terms:
            return self.newest(question, most, limit)
        rank = f"-bm25({self.words}, {', '.join(map(str, WEIGHTS.values()))})"
        # FTS5 would rank all of them before it takes the newest, so their keys are asked for first.
        oldest = f"SELECT min(rowid) FROM ({self.matching('0.0')} LIMIT %s)"
        values = [*asked(question), *asked(question), most]
        found = rows(f"{self.matching(rank, f'AND rowid >= ({oldest})')}", values, limit)
        if len(found) == most and not question.has_phrase:
            older = asked(question, IN_HEADLINE, until=found[-1][0])
            found += rows(f"{self.matching(rank)} LIMIT %s", [*older, most_headlines], limit)
        return hits(found)

    def matching(self, rank: str, more: str = "") -> str:
        """What the values of asked() are for, the newest first."""
        return (
            f"SELECT rowid, {rank} FROM {self.words} WHERE {self.words} MATCH %s "
            f"AND rowid >= %s AND rowid < %s {more} ORDER BY rowid DESC"
        )


def rows(sql: str, values: list, limit: TimeLimit) -> list[tuple]:
    with connection.cursor() as cursor, interrupted(connection.connection, limit.milliseconds / 1000):
        cursor.execute(sql, values)
        return cursor.fetchall()


# Seconds.
AGAIN = 0.05


@contextmanager
def interrupted(database: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """SQLite has no limit of its own. A progress handler would have to wait for Python's lock again and again
    while other threads work, so another thread says once that it is enough."""
    lock, done = threading.Lock(), threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            # The next statement of this connection must not be the one that is interrupted.
            with lock:
                if not done.is_set():
                    database.interrupt()
            # A statement that has not begun yet is not interrupted, so it is tried again.
            wait = AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise TookTooLong from error
        raise
    finally:
        with lock:
            done.set()


def hits(rows: Iterable[tuple]) -> list[Hit]:
    return [Hit(key, key & MASK, rank) for key, rank in rows]


def asked(question: Question, where: str = "", until: int = HIGHEST) -> list[str | int]:
    since, before = question.span
    return [match(question, where), since, min(before, until)]


def columns_of(document: Document) -> tuple:
    plain = [" ".join(forms.plain for forms in part) for part in document.parts]
    others = [" ".join(dict.fromkeys(others_of(part))) for part in document.parts]
    return (document.key, *plain, *others, " ".join((ANY, *document.facts)))


def others_of(part: list[Forms]) -> Iterable[str]:
    return (other for forms in part for other in forms.others)


def match(question: Question, where: str = "") -> str:
    """In FTS5's language. `where` are the columns in which the words must stand; facts have their own."""
    wanted = [expression(term) for term in question.terms]
    if where and wanted:
        wanted = [f"{where} : ({' AND '.join(wanted)})"]
    wanted += [f"({' OR '.join(map(quoted, alternatives))})" for alternatives in question.facts]
    found = " AND ".join(wanted or [quoted(ANY)])
    if question.excluded:
        return f"({found}) NOT ({' OR '.join(map(expression, question.excluded))})"
    return found


def expression(term: Term) -> str:
    if term.phrase:
        return quoted(" ".join(term.phrase))
    words = [*map(quoted, term.forms), *(f"{quoted(beginning)} *" for beginning in term.beginnings)]
    return f"({' OR '.join(words)})"


def quoted(words: str) -> str:
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
