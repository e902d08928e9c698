"""Pictures that are missing on a page that was printed because a reader asked for it.

The web worker does not make the pictures, because the reader would wait. It notes on the shelf which files
the page names, and the press makes them. There is one note for each page, so that nothing is lost between
processes. The note holds the files and not the page's address, because the press would have to render the
page once more to know which files it names.
"""

from collections.abc import Iterable, Iterator

from articles.press.shelf.interface import Shelf

NAME = "wanted"
MOST = 2000  # notes at a time; beyond that, pictures are made when readers ask for them


def note(shelf: Shelf, pictures: Iterable[str]) -> None:
    notes = shelf.notes(NAME)
    if notes.count() < MOST:
        notes.add("\n".join(pictures))


def take(shelf: Shelf) -> Iterator[list[str]]:
    """Yields the pictures of each note, the oldest note first. A note is deleted when the caller asks for the
    next one.

    If the caller fails with a note, that note comes again after all others, so that it does not hold them up.
    """
    notes = shelf.notes(NAME)
    for name, pictures in notes.oldest(MOST):
        last = notes.put_last(name)
        yield pictures.split()
        notes.delete(last)
