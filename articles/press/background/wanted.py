"""Pictures of pages that were printed on the way, for a reader who asked, before these pictures were made.

Whoever answers readers notes on the shelf which files the page names, and the press makes them. One small
file a page, so that nothing is lost between processes. The files are noted and not the page's address,
because the press would have to render the page once more to know what it names.
"""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.press.shelf.files import Shelf
from articles.whole_files import write_together

logger = logging.getLogger("articles.press")

MOST = 2000  # notes at a time; pictures of a page left out are made when readers ask for them


def note(shelf: Shelf, path: str, pictures: Iterable[str]) -> None:
    folder = shelf.root / "wanted"
    folder.mkdir(exist_ok=True)
    if sum(1 for _ in folder.iterdir()) < MOST:
        name = hashlib.sha256(path.encode()).hexdigest()[:32]
        # Not written in the folder itself: whoever takes the notes would find one that says nothing yet.
        write_together({f"{folder}/{name}": "\n".join(pictures).encode()}, by_way_of=shelf.new)


def take(shelf: Shelf) -> Iterator[list[str]]:
    """The pictures of each note, the oldest note first; it goes when the caller comes back for the next.

    One with which the caller has trouble comes again after all others: it must not stand in their way.
    """
    folder = shelf.root / "wanted"
    if not folder.exists():
        return
    files = filter(Path.is_file, folder.iterdir())
    for file in sorted(files, key=lambda file: file.stat().st_mtime):
        os.utime(file)
        if pictures := noted_in(file):
            yield pictures
        file.unlink(missing_ok=True)


def noted_in(file: Path) -> list[str]:
    """None if the file is damaged, as a power cut may leave it: these pictures are made when readers ask for
    them."""
    try:
        return file.read_text().split()
    except (OSError, UnicodeDecodeError) as error:
        logger.error("%s does not say which pictures are wanted: %s", file, error)
        return []
