"""Rows that two people change at once: sections, tags, authors, pages and pictures."""

from articles.models.versioned import Versioned

from .errors import Problem, Refused


class Outdated(Refused):
    """Somebody has saved the row, or deleted it, since the form was opened."""

    def __init__(self, row: Versioned) -> None:
        name = row._meta.verbose_name
        super().__init__([Problem("", f"Somebody has changed this {name} meanwhile; look at it again.")])


def raise_version(row: Versioned, was: Versioned | None, *, expected: int | None) -> None:
    """Give the row in hand its next version; the caller saves it. `was` is the row as it is now, locked.

    Outdated, if it is not the version that is expected, or is gone. None expects nothing.
    """
    if expected is not None and (was is None or was.version != expected):
        raise Outdated(row)
    row.version = was.version + 1 if was else 0
