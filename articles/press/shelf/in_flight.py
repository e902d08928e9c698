"""Notes of the pages that web workers print for readers at this moment.

Such a page may be rendered before a change, and put on the shelf after the press has looked which pages are
there. Without these notes the press would miss it and its old text would stay. Each page has one note, which
is deleted when the page is printed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from .interface import Shelf

NAME = "under-way"
MOST = 10_000  # far more pages than all threads of a host print at a time


@contextmanager
def noted(shelf: Shelf, path: str) -> Iterator[None]:
    notes = shelf.notes(NAME)
    name = notes.add(path)
    try:
        yield
    finally:
        notes.delete(name)


def paths_under_way(shelf: Shelf) -> list[str]:
    """The noted paths. Some may be left from a process that was killed; printing these once more does no
    harm."""
    return [path for _, path in shelf.notes(NAME).oldest(MOST)]
