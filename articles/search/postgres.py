"""An index on PostgreSQL: a tsvector with a GIN index. The words are folded already; PostgreSQL only stores
them.

GIN knows the articles of a word in no order. To find the newest of a common word without reading all of
them, each vector has its month as a mark, and a question is asked of the newest months, then of some years,
then of the rest, until enough is found. Words of headlines are marks, too, because GIN knows nothing of
weights.

GIN does not know either which words stand side by side: for a phrase of common words PostgreSQL would have
to read the vectors of all articles that have these words somewhere. So every two words side by side have one
of 65,536 numbers, and the index knows the numbers of each article. An article with the words and the numbers
of their pairs nearly always has the phrase, and its vector says it for certain."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import NamedTuple

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from .backend import ANY, Hit
from .documents import Document, key_of, moment_of
from .folding import number_of
from .question import LOWEST, Question, Term
from .time_limit import TimeLimit, TookTooLong

IN_HEADLINE = "^"
# The weights of places in headline, standfirst, names and body; and what they count for the rank.
# PostgreSQL knows no higher places.
WEIGHTS = ("A", "B", "C", "")
HIGHEST_PLACE = 16_383
RANKS = "{0.08, 0.25, 0.35, 1.0}"
# Months that are read first, and those that are read after them if that is not enough.
OF_WORDS, OF_PHRASES = (2, 34), (1, 5, 30)
# For the words of one transaction; the default would be merged into the index again and again.
PENDING = "256MB"
AT_ONCE = 50  # documents in a statement


class Step(NamedTuple):
    """A stretch of time: keys from `since` on and before `until`, all of them of these months, if any are
    given."""

    since: int
    until: int
    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class PostgresBackend:
    table: str

    @property
    def gin(self) -> str:
        return f"{self.table}_words"

    def put(self, documents: Iterable[Document]) -> list[Document]:
        """PostgreSQL stores some while the next ones are made. They are merged into the index at once,
        because every question would read what waits to be merged."""
        stored: list[Document] = []
        documents = iter(documents)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gin_pending_list_limit', %s, true)", [PENDING])
            with connection.wrap_database_errors, connection.connection.pipeline():
                while part := list(islice(documents, AT_ONCE)):
                    values = [value for each in part for value in row_of(each)]
                    cursor.execute(self.upsert(len(part)), values)
                    stored += part
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [self.gin])
        return stored

    def upsert(self, rows: int) -> str:
        """The driver writes a value at once in C, and one in an array in ten times the time."""
        values = ", ".join(["(%s::bigint, %s::bigint, %s, %s::tsvector, %s::smallint[])"] * rows)
        return (
            f"INSERT INTO {self.table} (article_id, key, language, vector, pairs) VALUES {values} "
            "ON CONFLICT (article_id) DO UPDATE SET key = excluded.key, language = excluded.language, "
            "vector = excluded.vector, pairs = excluded.pairs"
        )

    def remove(self, articles: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE article_id = ANY(%s)", [list(articles)])

    def newest(self, question: Question, most: int, limit: TimeLimit) -> list[Hit]:
        return self.found(question, self.steps(question), most, limit, ranked=False)

    def ranked(self, question: Question, most: int, most_headlines: int, limit: TimeLimit) -> list[Hit]:
        steps = self.steps(question)
        found = self.found(question, steps, most, limit, ranked=bool(question.terms))
        if len(found) < most or question.has_phrase:
            return found
        # The more often the words are found, the less far back the headlines are looked for.
        is_common = found[-1].key >= steps[0].since
        reach = joined_steps(steps[:2]) if is_common else Step(steps[-1].since, steps[0].until)
        headlines = self.found(question, [reach], most_headlines, limit, where=IN_HEADLINE)
        have = {hit.key for hit in found}
        return found + [hit for hit in headlines if hit.key not in have]

    def found(
        self,
        question: Question,
        steps: list[Step],
        most: int,
        limit: TimeLimit,
        *,
        ranked: bool = True,
        where: str = "",
    ) -> list[Hit]:
        """The newest that fit, step by step until there are `most`."""
        if not steps:
            return []
        pairs = {pair for term in question.terms for pair in pairs_in(list(map(number_of, term.phrase)))}
        beside = "AND pairs @> %s::smallint[]" if pairs else ""
        parts, values = [], []
        for number, step in enumerate(steps):
            # PostgreSQL does not begin with a step if the steps before have found enough.
            before = " + ".join(f"(SELECT count(*) FROM step{earlier})" for earlier in range(number)) or "0"
            # “+ 0” keeps it from reading the keys' own index backwards, and each vector on the way.
            parts.append(
                f"step{number} AS MATERIALIZED (SELECT key, article_id, vector FROM {self.table} "
                f"WHERE {before} < %s AND vector @@ %s::tsquery {beside} "
                "AND key + 0 >= %s AND key + 0 < %s "
                "ORDER BY key + 0 DESC LIMIT %s)"
            )
            words = condition(question, step.months, where)
            values += [most, words, *([array_of(pairs)] if pairs else []), step.since, step.until, most]
        everything = " UNION ALL ".join(f"SELECT * FROM step{number}" for number in range(len(steps)))
        ranks = dict.fromkeys([conjunction(question.terms), exact(question.terms)]) if ranked else {}
        rank = " + ".join("ts_rank(%s, vector, %s::tsquery)" for _ in ranks) or "0.0"
        sql = f"WITH {', '.join(parts)} SELECT key, article_id, {rank} FROM ({everything}) AS every "
        values += [value for words in ranks for value in (RANKS, words)]
        rows = by_index(f"{sql} ORDER BY key DESC LIMIT %s", [*values, most], limit)
        return list(map(Hit._make, rows))

    def steps(self, question: Question) -> list[Step]:
        since, until = question.span
        newest = self.newest_key(until)
        # Each article that may have a phrase is read, so less is asked for at once.
        lengths = OF_PHRASES if question.has_phrase else OF_WORDS
        if newest is None:
            return [Step(since, until)]
        steps, begin = [], until
        months = months_back(moment_of(newest), sum(lengths))
        for length in lengths:
            part, months = months[:length], months[length:]
            steps.append(Step(key_of(part[-1]), begin, tuple(map(month_fact, part))))
            begin = key_of(part[-1])
        steps.append(Step(LOWEST, begin))
        return [step._replace(since=max(step.since, since)) for step in steps if step.until > since]

    def newest_key(self, until: int) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(key) FROM {self.table} WHERE key < %s", [until])
            return cursor.fetchone()[0]


# In a transaction that goes on.
UNSET = "SET LOCAL statement_timeout TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT"
SETTINGS = "SELECT set_config('enable_seqscan', 'off', true), set_config('statement_timeout', %s, true)"


def by_index(sql: str, values: list, limit: TimeLimit) -> list[tuple]:
    """PostgreSQL's planner counts the table's own pages, which are few, because vectors are stored beside
    them. So it would rather read the whole table, and with it every vector.

    Both settings are sent together with the question, as one transaction, and end with it. Nothing is sent
    behind the question: if PostgreSQL had given it up by then, the driver would close the connection. Of some
    hundred questions that are given up it closes one all the same; then the next query gets another one."""
    settings = [str(limit.milliseconds)]
    with connection.cursor() as cursor:
        try:
            with connection.wrap_database_errors, connection.connection.pipeline():
                connection.connection.execute(SETTINGS, settings)
                cursor.execute(sql, values)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            if connection.connection.closed and not connection.in_atomic_block:
                connection.close()
            raise TookTooLong from error
        found = cursor.fetchall()
        if connection.in_atomic_block:
            connection.connection.execute(UNSET)
    return found


def joined_steps(steps: list[Step]) -> Step:
    months = tuple(month for step in steps for month in step.months)
    return Step(steps[-1].since, steps[0].until, months if all(step.months for step in steps) else ())


def months_back(moment: datetime.datetime, count: int) -> list[datetime.datetime]:
    """The beginnings of so many months up to that moment, the newest first."""
    last = moment.year * 12 + moment.month - 1
    return [
        datetime.datetime(number // 12, number % 12 + 1, 1, tzinfo=datetime.UTC)
        for number in range(last, last - count, -1)
    ]


def month_fact(moment: datetime.datetime) -> str:
    return f"@m{moment:%Y%m}"


def row_of(document: Document) -> tuple[int, int, str, str, str]:
    pairs: set[int] = set()
    for part in document.parts:
        pairs |= pairs_in([number for _, _, number in part])
    return document.article, document.key, document.language, vector_of(document), array_of(pairs)


def pairs_in(numbers: Sequence[int]) -> set[int]:
    """Of words that stand one after the other."""
    return {(first * 31 + second & 0xFFFF) - 0x8000 for first, second in pairwise(numbers)}


def array_of(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"


def vector_of(document: Document) -> str:
    """As PostgreSQL reads it: 'bridges':3A,17 '~bridg':3A. A vector holds no more than 256 places of a
    word, and here one, the best, of each other form."""
    places: dict[str, list[str]] = {}
    others: dict[str, str] = {}
    start = 1
    for part, weight in zip(document.parts, WEIGHTS, strict=True):
        for (plain, other, _), place in zip(part, places_from(start, len(part), weight), strict=True):
            found = places.get(plain)
            if found is not None:
                found.append(place)
                continue
            places[plain] = [place]
            for form in other:
                others.setdefault(form, place)
        # No phrase goes from one part into the next.
        start += len(part) + 1
    marks = dict.fromkeys([ANY, month_fact(moment_of(document.key)), *document.facts, *in_headline(document)])
    words = [f"'{word}':{','.join(found)}" for word, found in places.items()]
    words += [f"'{form}':{place}" for form, place in others.items() if form not in places]
    words += [f"'{mark}'" for mark in marks]
    return " ".join(words)


def places_from(start: int, count: int, weight: str) -> list[str]:
    numbers = range(start, min(start + count, HIGHEST_PLACE))
    beyond = count - len(numbers)
    return [f"{number}{weight}" for number in numbers] + [f"{HIGHEST_PLACE}{weight}"] * beyond


def in_headline(document: Document) -> Iterator[str]:
    for plain, others, _ in document.headline:
        yield from (IN_HEADLINE + form for form in (plain, *others))


def condition(question: Question, months: tuple[str, ...] = (), where: str = "") -> str:
    """In PostgreSQL's language. `where` is the mark of the headline if the words must stand there."""
    wanted = [expression(term, where) for term in question.terms]
    wanted += [any_of(alternatives) for alternatives in (*question.facts, months) if alternatives]
    unwanted = [f"!{expression(term)}" for term in question.excluded]
    return " & ".join([*(wanted or [quoted(ANY)]), *unwanted])


def conjunction(terms: Iterable[Term]) -> str:
    return " & ".join(map(expression, terms))


def exact(terms: Iterable[Term]) -> str:
    """A word that is still being typed is more likely whole than the beginning of another."""
    return conjunction(replace(term, beginnings=()) if term.forms else term for term in terms)


def expression(term: Term, where: str = "") -> str:
    if term.phrase:
        return f"({' <-> '.join(map(quoted, term.phrase))})"
    forms = [where + form for form in term.forms]
    return any_of(forms, [where + beginning for beginning in term.beginnings])


def any_of(words: Iterable[str], beginnings: Iterable[str] = ()) -> str:
    return f"({' | '.join([*map(quoted, words), *(f'{quoted(beginning)}:*' for beginning in beginnings)])})"


def quoted(word: str) -> str:
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
