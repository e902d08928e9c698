"""The folder of an export. A folder with a manifest is whole; one without is not.

Files are written into `unfinished` inside it and moved up at the end. SHA256SUMS names each of them with
its hash, as `sha256sum -c` reads it; manifest.json comes last, and says how many things of each kind there
are.
"""

import errno
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

UNFINISHED, SUMS, MANIFEST = "unfinished", "SHA256SUMS", "manifest.json"
# Bytes in memory before a file is written on.
BUFFER = 1 << 18
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class ExportFailed(Exception):
    """Says in one sentence what to do."""


class File:
    """A file that is being written, and the hash of what is in it so far."""

    def __init__(self, path: Path):
        self.file = path.open("wb", buffering=BUFFER)
        self.hash = hashlib.sha256()

    def write(self, text: str) -> None:
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        self.file.write(data)
        self.hash.update(data)


class Folder:
    """To be used in a `with`. Without `complete`, nothing of it stays."""

    def __init__(self, target: Path):
        self.target, self.inside = target, target / UNFINISHED
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        try:
            self.target.mkdir(parents=True, exist_ok=True)
            names = sorted(os.listdir(self.target))
            if names == [UNFINISHED]:
                raise ExportFailed(
                    f"{self.inside} is what an export has left that was stopped, or one that is under way; "
                    "delete it first."
                )
            if names:
                raise ExportFailed(f"{self.target} is not empty; name a folder that is empty or new.")
            self.inside.mkdir()
            self.sums = (self.inside / SUMS).open("w", encoding="utf-8")
        except OSError as error:
            raise failed(error) from error
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        # Closing a file writes what is left of it, which a full disk refuses a second time.
        with suppress(OSError):
            self.sums.close()
        shutil.rmtree(self.inside, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise failed(error) from error

    @contextmanager
    def file(self, name: str) -> Iterator[File]:
        """A new file at that path below the folder."""
        path = self.inside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file = File(path)
        with file.file:
            yield file
        self.sums.write(f"{file.hash.hexdigest()}  {name}\n")
        self.counts["files"] += 1

    def put(self, name: str, data: bytes) -> None:
        with self.file(name) as file:
            file.write_bytes(data)

    def complete(self, **facts: Any) -> None:
        """Everything is written. From now on the export is there."""
        self.sums.flush()
        os.fsync(self.sums.fileno())
        self.sums.close()
        with (self.inside / SUMS).open("rb") as file:
            sums = hashlib.file_digest(file, "sha256").hexdigest()
        for name in sorted(os.listdir(self.inside)):
            os.replace(self.inside / name, self.target / name)
        self.inside.rmdir()
        text = json.dumps({**facts, "counts": dict(self.counts), "sums": sums}, indent=2, ensure_ascii=False)
        part = self.target / f".{MANIFEST}"
        with part.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self.target / MANIFEST)


def failed(error: OSError) -> ExportFailed:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return ExportFailed(f"The disk is full{where}: nothing was kept. Make room, or name another folder.")
    return ExportFailed(f"The export cannot be written: {error.strerror}{where}.")
