"""An index on SQLite: a table of FTS5, which holds words that are folded already.

FTS5 keeps the articles of each word in the order of their row numbers. The key of an article is its row
number, so asking for the newest first reads no more than is shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from .backend import ANY, Hit
from .documents import MASK, Document
from .folding import Forms
from .question import Question, Term

# Columns of plain words with those of their other forms, and what a word there weighs. Positions in a
# column of other forms mean nothing; phrases are asked of plain words alone.
WEIGHTS = {
    **{"headline": 10, "standfirst": 4, "names": 3, "body": 1},
    **{"headline_forms": 8, "standfirst_forms": 3, "names_forms": 2, "body_forms": 0.8},
    "facts": 0,
}
COLUMNS = ", ".join(WEIGHTS)
IN_HEADLINE = "{headline headline_forms}"
LOWEST, HIGHEST = -(2**62), 2**62


@dataclass(frozen=True)
class SqliteBackend:
    table: str

    @property
    def words(self) -> str:
        return f"{self.table}_words"

    def put(self, documents: Collection[Document]) -> None:
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

    def remove(self, articles: Collection[int]) -> None:
        numbers = [(number,) for number in articles]
        stored = f"FROM {self.table} WHERE article_id = %s"
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.words} WHERE rowid = (SELECT key {stored})", numbers)
            cursor.executemany(f"DELETE {stored}", numbers)

    def newest(self, question: Question, most: int) -> list[Hit]:
        rows = self.rows(
            f"SELECT rowid, 0.0 FROM {self.words} WHERE {self.words} MATCH %s AND rowid >= %s AND rowid < %s "
            "ORDER BY rowid DESC LIMIT %s",
            [match(question), *limits(question), most],
        )
        return hits(rows)

    def ranked(self, question: Question, most: int, most_headlines: int) -> list[Hit]:
        newest = self.newest(question, most)
        if not question.terms or not newest:
            return newest
        since = newest[-1].key
        found = self.ranks(match(question), since, limits(question)[1], most)
        if len(newest) == most and not any(term.phrase for term in question.terms):
            older = match(question, IN_HEADLINE)
            found += self.ranks(older, limits(question)[0], since, most_headlines)
        return hits(found)

    def ranks(self, matching: str, since: int, until: int, most: int) -> list[tuple]:
        weights = ", ".join(map(str, WEIGHTS.values()))
        return self.rows(
            f"SELECT rowid, -bm25({self.words}, {weights}) FROM {self.words} WHERE {self.words} MATCH %s "
            "AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
            [matching, since, until, most],
        )

    def rows(self, sql: str, values: list) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()


def hits(rows: Iterable[tuple]) -> list[Hit]:
    return [Hit(key, key & MASK, rank) for key, rank in rows]


def limits(question: Question) -> tuple[int, int]:
    since, until = question.since, question.until
    return LOWEST if since is None else since, HIGHEST if until is None else until


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
