"""Notes that are files: single texts with a name, and lists of texts in the order in which they were added.

They are not in the database, because printing goes on writing pages while the database is busy.
"""

import itertools
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from articles.whole_files import write_whole

from .interface import Note, Notes

logger = logging.getLogger("articles.press")

LOOKED_AT = 2000  # files that are sorted at once; there may be as many as the site has pages
LONGEST = 200  # bytes of a text that is kept in the file's name; a longer one is the file's content

_numbers = itertools.count()


class FolderNote(Note):
    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> str | None:
        try:
            return self.file.read_text()
        except FileNotFoundError:
            return None

    def write(self, text: str) -> None:
        write_whole(self.file, text)

    def delete(self) -> None:
        self.file.unlink(missing_ok=True)


class FolderNotes(Notes):
    """One file for each text. Its name is its turn and the text; if the text is too long, the file holds
    it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, text: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        quoted = quote(text, safe="")
        fits = 0 < len(quoted) <= LONGEST
        name = f"{turn()} {quoted if fits else ''}"
        if fits:
            (self.folder / name).touch(exist_ok=False)
        else:
            write_whole(self.folder / name, text)
        return name

    def oldest(self, most: int) -> list[tuple[str, str]]:
        """The oldest notes. If there are more than LOOKED_AT, because everything was printed anew, they are
        the oldest of those that are looked at."""
        names = sorted(itertools.islice(self._names(), max(most, LOOKED_AT)))[:most]
        return [(name, text) for name in names if (text := self._text(name))]

    def count(self) -> int:
        return sum(1 for _ in self._names())

    def put_last(self, name: str) -> str:
        new = f"{turn()} {name.partition(' ')[2]}"
        try:
            os.rename(self.folder / name, self.folder / new)
        except FileNotFoundError:
            return name
        return new

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self.folder)

    def _names(self) -> Iterator[str]:
        with suppress(FileNotFoundError), os.scandir(self.folder) as files:
            yield from (file.name for file in files if not file.name.startswith(".") and file.is_file())

    def _text(self, name: str) -> str:
        """The text of the note. Empty if somebody has taken it meanwhile, or if a power cut has damaged it:
        then the note is deleted."""
        if quoted := name.partition(" ")[2]:
            return unquote(quoted)
        try:
            text = (self.folder / name).read_text()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            logger.error("The note %s is damaged and is dropped: %s", self.folder / name, error)
            text = ""
        if not text:
            self.delete(name)
        return text


def turn() -> str:
    """A name that sorts after all earlier ones. It ends with random letters, because another process may be
    at the same number at the same time."""
    return f"{time.time_ns():020d}-{next(_numbers):08d}-{secrets.token_hex(4)}"
