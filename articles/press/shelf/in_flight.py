"""Pages that somebody prints for a reader at this moment.

Such a page may have been rendered before a change and be put on the shelf after the press has looked which
pages stand there: without these notes it would stay as it was. One small file each, gone when it is printed.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from articles.whole_files import new_file

from .files import Shelf


@contextmanager
def noted(shelf: Shelf, path: str) -> Iterator[None]:
    folder = shelf.root / "under-way"
    folder.mkdir(parents=True, exist_ok=True)
    with new_file(folder, path.encode()):
        yield


def paths_under_way(shelf: Shelf) -> list[str]:
    """Also those of a process that was killed: printed once more, they harm nobody."""
    folder, found = shelf.root / "under-way", []
    if folder.is_dir():
        for file in folder.iterdir():
            # One that is printed by now stands on the shelf.
            with suppress(FileNotFoundError):
                found.append(file.read_text())
    return [path for path in found if path]
