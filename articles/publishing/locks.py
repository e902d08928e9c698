"""The order in which every verb locks rows.

Two transactions that lock the same rows in different orders wait for each other for ever: a deadlock, of
which PostgreSQL ends one with an error. So every verb locks in this order, and of each kind by number:

    sections, authors, tags, pictures, articles, the paper's own pages

A row that a verb changes or deletes is locked FOR UPDATE. A row that an article only names (its section, the
authors of its byline, its tags, its pictures) is locked FOR KEY SHARE: PostgreSQL takes that lock anyway as
soon as a row refers to it, but then it would be too late, with the article locked already. A row that links
an article to a tag or an author is changed by whoever has locked that tag or author.

What is written anew has no number yet, and is written once all these are locked; new tags in the order of
their addresses. Rows of revisions, acts, old addresses and the outbox are written last.

SQLite has one lock for the whole database, which every writing transaction takes when it begins.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Model

from articles.models import Article, Author, Image, Page, Section, Tag

ORDER: tuple[type[Model], ...] = (Section, Author, Tag, Image, Article, Page)
Rows = Mapping[type[Model], Iterable[int]]

Answer = TypeVar("Answer")

MOST_TRIES = 4
DEADLOCK, NOT_SERIALIZABLE = "40P01", "40001"


def lock(*, changed: Rows | None = None, named: Rows | None = None) -> None:
    """Lock rows by their numbers, in the order of this module. Call it inside the verb's transaction.

    Where a verb changes some rows of a kind and names others, all are locked as if it changed them.
    """
    if not connection.features.has_select_for_update:
        return
    changed, named = changed or {}, named or {}
    for model in ORDER:
        numbers = {*changed.get(model, ()), *named.get(model, ())} - {None}
        if numbers:
            lock_rows(model, numbers, "FOR UPDATE" if model in changed else "FOR KEY SHARE")


def lock_rows(model: type[Model], numbers: set[int], strength: str) -> None:
    rows = model.objects.filter(pk__in=numbers).order_by("pk").values("pk")
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # Django has no FOR KEY SHARE of its own.
        cursor.execute(f"{sql} {strength}", values)


def can_be_tried_again(error: DatabaseError) -> bool:
    """Whether others were in the way, so that the same transaction may well succeed a second time."""
    code = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or code in {DEADLOCK, NOT_SERIALIZABLE}


def tried_again(act: Callable[[], Answer]) -> Answer:
    """Do the act, and do it again where others were in its way: it lost a deadlock, or somebody took the same
    slug in the same moment.

    For whoever opens the outermost transaction; the act has to be the whole of it.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return act()
        except DatabaseError as error:
            if not can_be_tried_again(error):
                raise
    return act()
