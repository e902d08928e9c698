"""Versions of sections, tags, authors, pages and pictures, so that two people who change the same row at once
do not overwrite each other."""

from articles.models.desk.versioned import Versioned

from .errors import Problem, Refused


class Outdated(Refused):
    """Somebody has saved the row, or deleted it, since the form was opened."""

    def __init__(self, row: Versioned) -> None:
        name = row._meta.verbose_name
        super().__init__([Problem("", f"Somebody has changed this {name} meanwhile; look at it again.")])


def raise_version(row: Versioned, was: Versioned | None, *, expected: int | None) -> None:
    """Give `row` its next version; the caller saves it. `was` is the locked row as the database has it now.

    Outdated if that row is gone or does not have the expected version. With None nothing is checked.
    """
    if expected is not None and (was is None or was.version != expected):
        raise Outdated(row)
    row.version = was.version + 1 if was else 0
