"""The order in which every verb locks rows.

Two transactions that lock the same rows in different orders may wait for each other for ever. That is a
deadlock, and PostgreSQL ends one of the two with an error. So every verb locks the kinds of rows in this
order, and the rows of each kind in the order of their numbers:

    sections, authors, tags, pictures, articles, the paper's own pages, boards

A row that a verb changes or deletes is locked FOR UPDATE. A row that an article only names (its section, the
authors of its byline, its tags, its pictures) is locked FOR KEY SHARE. PostgreSQL would take that lock by
itself as soon as another row refers to it, but by then the article is locked already, and the order would be
wrong. A row that links an article to a tag or an author may be changed only by a verb that has locked that
tag or author.

New rows have no number yet. They are written after all these locks are taken; new tags in the order of their
addresses. Rows of revisions, acts, old addresses and the outbox are written last.

SQLite has one lock for the whole database, which every writing transaction takes when it begins.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Model

from articles.models import Article, Author, Board, Image, Page, Section, Tag

ORDER: tuple[type[Model], ...] = (Section, Author, Tag, Image, Article, Page, Board)
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
    # The base manager has articles that are in the bin, too.
    rows = model._base_manager.filter(pk__in=numbers).order_by("pk").values("pk")
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # Django has no FOR KEY SHARE of its own.
        cursor.execute(f"{sql} {strength}", values)


def can_be_tried_again(error: DatabaseError) -> bool:
    """Whether another transaction was in the way, so that the same transaction may succeed a second time."""
    code = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or code in {DEADLOCK, NOT_SERIALIZABLE}


def tried_again(act: Callable[[], Answer]) -> Answer:
    """Do the act. If another transaction was in its way, do it again: for instance after a deadlock, or when
    somebody took the same slug at the same moment.

    Only the code that opens the outermost transaction may call this, and the act must be that whole
    transaction.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return act()
        except DatabaseError as error:
            if not can_be_tried_again(error):
                raise
    return act()
