"""Pages that somebody prints for a reader at this moment.

Such a page may have been rendered before a change and be put on the shelf after the press has looked which
pages are there: without these notes it would stay as it was. One note each, gone when the page is printed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from .port import Shelf

NAME = "under-way"
MOST = 10_000  # far more than all threads of a host print at a time


@contextmanager
def noted(shelf: Shelf, path: str) -> Iterator[None]:
    notes = shelf.notes(NAME)
    name = notes.add(path)
    try:
        yield
    finally:
        notes.delete(name)


def paths_under_way(shelf: Shelf) -> list[str]:
    """Also those of a process that was killed: printed once more, they harm nobody."""
    return [path for _, path in shelf.notes(NAME).oldest(MOST)]
