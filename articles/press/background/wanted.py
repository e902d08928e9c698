"""Pages that were printed on the way, for a reader who asked, while pictures they name had still to be made.

Whoever answers readers notes them on the shelf, the press makes the pictures. One small file a page, so that
nothing is lost between processes.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from articles.press.shelf.files import Shelf, has_place
from articles.whole_files import write_together

logger = logging.getLogger("articles.press")

MOST = 2000  # notes that may lie there; a page left out has its pictures made when readers ask for them


def note(shelf: Shelf, path: str) -> None:
    folder = shelf.root / "wanted"
    folder.mkdir(exist_ok=True)
    if sum(1 for _ in folder.iterdir()) < MOST:
        name = hashlib.sha256(path.encode()).hexdigest()[:32]
        # Not written in the folder itself: whoever takes the notes would find one that says nothing yet.
        write_together({f"{folder}/{name}": path.encode()}, by_way_of=shelf.new)


def take(shelf: Shelf) -> Iterator[str]:
    """Each noted address, the oldest first; its note goes when the caller comes back for the next.

    One with which the caller has trouble comes again after all others: it must not stand in their way.
    """
    folder = shelf.root / "wanted"
    if not folder.exists():
        return
    files = filter(Path.is_file, folder.iterdir())
    for file in sorted(files, key=lambda file: file.stat().st_mtime):
        os.utime(file)
        path = noted_in(file)
        if has_place(path):
            yield path
        file.unlink(missing_ok=True)


def noted_in(file: Path) -> str:
    """The address; nothing if the file is damaged, as a power cut may leave it. That page's pictures are made
    when readers ask for them."""
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        logger.error("%s names no page whose pictures are wanted: %s", file, error)
        return ""
