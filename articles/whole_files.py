"""Files that other processes find whole or not at all: written under a name of their own, and then renamed.

Several processes may write at the same moment, also in containers that share nothing but the folder. Their
process numbers can be equal there. So the names are drawn at random, and a name that is taken is not used.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

# How the names of files begin that are not renamed yet. What a killed process leaves behind is known by it.
UNFINISHED = ".new-"


def write_whole(target: Path, content: str | bytes, *, mode: int = 0o644) -> None:
    """Write the file, or leave the one before as it was."""
    data = content.encode() if isinstance(content, str) else content
    write_together({os.fspath(target): data}, by_way_of=target.parent, mode=mode)


def write_together(
    files: Mapping[str, bytes], *, by_way_of: Path, mode: int = 0o644, moment: int | None = None
) -> None:
    """All are written before the first is renamed, so that a full disk leaves the old ones as they were.

    `by_way_of` is the folder in which they are written, on the disk of their places. `moment` is the files'
    time, in seconds since the epoch.
    """
    by_way_of.mkdir(parents=True, exist_ok=True)
    with ExitStack() as unfinished:
        written = [
            (unfinished.enter_context(new_file(by_way_of, content, mode=mode, moment=moment)), target)
            for target, content in files.items()
        ]
        for path, target in written:
            os.replace(path, target)


@contextmanager
def new_file(folder: Path, content: bytes, *, mode: int = 0o644, moment: int | None = None) -> Iterator[str]:
    """The path of a file that was not there before. It is taken away at the end, unless it was renamed."""
    number, path = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    try:
        with open(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(number, mode)
            if moment is not None:
                os.utime(number, (moment, moment))
            # Begins to write to the disk, and waits for nothing. ext4 then never shows the new name after a
            # power cut with an empty file behind it; syncing would take five times as long.
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
        yield path
    finally:
        with suppress(FileNotFoundError):
            os.unlink(path)
