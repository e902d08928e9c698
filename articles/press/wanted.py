"""Pages that were printed on the way, for a reader who asked, while pictures they name had still to be made.

Whoever answers readers notes them on the shelf, the press makes the pictures. One small file a page, so that
nothing is lost between processes.
"""

import hashlib
from collections.abc import Iterator

from articles.whole_files import write_together

from .shelf import Shelf

MOST = 2000  # notes that may lie there; a page left out has its pictures made when readers ask for them


def note(shelf: Shelf, path: str) -> None:
    folder = shelf.root / "wanted"
    folder.mkdir(exist_ok=True)
    if sum(1 for _ in folder.iterdir()) < MOST:
        name = hashlib.sha256(path.encode()).hexdigest()[:32]
        # Not written in the folder itself: whoever takes the notes would find one that says nothing yet.
        write_together({f"{folder}/{name}": path.encode()}, by_way_of=shelf.new)


def take(shelf: Shelf) -> Iterator[str]:
    """Each noted address; its note goes when the caller comes back for the next."""
    folder = shelf.root / "wanted"
    if not folder.exists():
        return
    for file in sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime):
        yield file.read_text()
        file.unlink(missing_ok=True)
