"""Pictures of pages that were printed on the way, for a reader who asked, before these pictures were made.

Whoever answers readers notes on the shelf which files the page names, and the press makes them. One note a
page, so that nothing is lost between processes. The files are noted and not the page's address, because the
press would have to render the page once more to know what it names.
"""

from collections.abc import Iterable, Iterator

from articles.press.shelf.port import Shelf

NAME = "wanted"
MOST = 2000  # notes at a time; pictures of a page left out are made when readers ask for them


def note(shelf: Shelf, pictures: Iterable[str]) -> None:
    notes = shelf.notes(NAME)
    if notes.count() < MOST:
        notes.add("\n".join(pictures))


def take(shelf: Shelf) -> Iterator[list[str]]:
    """The pictures of each note, the oldest note first; it goes when the caller comes back for the next.

    One with which the caller has trouble comes again after all others: it must not hold them up.
    """
    notes = shelf.notes(NAME)
    for name, pictures in notes.oldest(MOST):
        last = notes.put_last(name)
        yield pictures.split()
        notes.delete(last)
