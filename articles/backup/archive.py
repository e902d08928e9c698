"""Writing and reading archives piece by piece: neither needs more memory for a larger one."""

import datetime
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from .destinations import PIECE, ArchiveFile, Destination
from .errors import BackupFailed

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
# Raised when older code can't read what newer code writes.
FORMAT = 1
BLOCK = tarfile.BLOCKSIZE
# The manifest is looked for in so many bytes at the end of an archive; it has a line for each table.
TAIL = 1 << 18


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    database: the kind of it. moment: when it was copied, ISO 8601. counts: rows of each table. secrets: names
    of the secrets that were set, whether they are in the archive or not. secret_key: tells whether a site has
    the same SECRET_KEY, and nothing more. migrations: those that were applied to our own tables. missing:
    files that the database names and that were not there, some of them by name. bytes: of all files together.
    """

    site: str
    database: str
    moment: str
    counts: dict[str, int]
    migrations: list[str]
    secrets: list[str]
    secret_key: str
    has_secrets: bool
    versions: dict[str, str]
    missing_files: int = 0
    missing: list[str] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    sums: str = ""
    format: int = FORMAT

    @property
    def moment_in_words(self) -> str:
        moment = datetime.datetime.fromisoformat(self.moment).astimezone(datetime.UTC)
        return f"{moment:%d %B %Y, %H:%M:%S} UTC"

    def to_text(self) -> str:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """BackupFailed if this is no manifest, or one of a newer release."""
        try:
            values = json.loads(text)
            if values.get("format", 0) > FORMAT:
                raise BackupFailed("It was made by a newer version of Newsroom; restore it with that.")
            return cls(**values)
        except (ValueError, TypeError, AttributeError) as error:
            raise BackupFailed("Its manifest cannot be read.") from error


class Hashing:
    """A file that is read, and the hash and the size of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.hash.update(data)
        self.size += len(data)
        return data


@dataclass
class Archive:
    """An archive that is being written. `complete` ends it."""

    file: IO[bytes]
    sums: IO[bytes]
    files: int = 0
    size: int = 0
    tar: tarfile.TarFile = field(init=False)

    def __post_init__(self) -> None:
        self.tar = tarfile.open(  # noqa: SIM115 - `complete` closes it
            fileobj=self.file, mode="w|", format=tarfile.GNU_FORMAT, copybufsize=PIECE
        )

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        read = self._write(name, source, size)
        self.sums.write(f"{read.hash.hexdigest()}  {name}\n".encode())
        self.files, self.size = self.files + 1, self.size + size

    def add_text(self, name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        self.add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, os.fstat(file.fileno()).st_size)

    def complete(self, manifest: Manifest) -> None:
        size = self.sums.tell()
        self.sums.seek(0)
        read = self._write(SUMS, self.sums, size)
        whole = Manifest(
            **asdict(manifest) | {"files": self.files, "bytes": self.size, "sums": read.hash.hexdigest()}
        )
        text = whole.to_text().encode()
        self._write(MANIFEST, io.BytesIO(text), len(text))
        self.tar.close()

    def _write(self, name: str, source: IO[bytes], size: int) -> Hashing:
        entry, read = tarfile.TarInfo(name), Hashing(source)
        entry.size, entry.mode = size, 0o600
        self.tar.addfile(entry, read)
        # It would remember each of a million files.
        self.tar.members.clear()
        return read


@contextmanager
def new_archive(destination: Destination, name: str) -> Iterator[Archive]:
    """An archive that gets its name only at the end, when it is kept."""
    destination.room.mkdir(parents=True, exist_ok=True)
    with destination.new(name) as file, tempfile.TemporaryFile(dir=destination.room) as sums:
        archive = Archive(file, sums)
        try:
            yield archive
        finally:
            # It writes what it holds back, which a full disk refuses a second time.
            with suppress(OSError):
                archive.tar.close()


def members(archive: ArchiveFile) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Name, size and content of each, in order. A content has to be read before the next is asked for."""
    try:
        with archive.open("rb") as file, tarfile.open(fileobj=file, mode="r|", bufsize=PIECE) as tar:
            while (entry := tar.next()) is not None:
                tar.members.clear()
                content = tar.extractfile(entry) if entry.isreg() and is_safe(entry.name) else None
                if content is None:
                    raise BackupFailed(f"{archive} holds {entry.name!r}, which is in no backup of ours.")
                yield entry.name, entry.size, io.BufferedReader(Content(archive, content), PIECE)
    except (tarfile.TarError, EOFError) as error:
        raise not_whole(archive, error) from error


class Content(io.RawIOBase):
    """What is read of a file in an archive, which may end too soon."""

    def __init__(self, archive: ArchiveFile, content: IO[bytes]) -> None:
        self.archive, self.content = archive, content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.content.read(len(buffer))
        except (tarfile.TarError, EOFError) as error:
            raise not_whole(self.archive, error) from error
        buffer[: len(data)] = data
        return len(data)


def not_whole(archive: ArchiveFile, error: Exception) -> BackupFailed:
    return BackupFailed(f"{archive} is not whole ({error}). Take another one.")


def is_safe(name: str) -> bool:
    """Whether the path stays inside the folder that it is unpacked in."""
    return not name.startswith("/") and not {"", ".", ".."} & set(name.split("/")) and "\0" not in name


def check(archive: ArchiveFile) -> Manifest:
    """Read all of it and compare every checksum. BackupFailed if it is not what was written."""
    manifest, sums = None, ""
    with tempfile.TemporaryFile() as ours:
        for name, _size, content in members(archive):
            if name == MANIFEST:
                manifest = Manifest.from_text(content.read())
            elif name == SUMS:
                sums = compared(archive, ours, content)
            else:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
                ours.write(f"{digest}  {name}\n".encode())
    if manifest is None:
        raise BackupFailed(f"{archive} is not whole: its end is missing. Take another one.")
    if sums != manifest.sums:
        raise BackupFailed(f"{archive} is damaged: its list of checksums is another one. Take another one.")
    return manifest


def compared(archive: ArchiveFile, ours: IO[bytes], theirs: IO[bytes]) -> str:
    """The checksum of the list. BackupFailed names the first file that differs from it."""
    ours.seek(0)
    digest = hashlib.sha256()
    for line in theirs:
        digest.update(line)
        if ours.readline() != line:
            name = line.decode(errors="replace").strip().partition("  ")[2]
            raise BackupFailed(f"{archive} is damaged: {name} is not what it was. Take another one.")
    if ours.readline():
        raise BackupFailed(
            f"{archive} is damaged: it holds more than its list of checksums. Take another one."
        )
    return digest.hexdigest()


def size_of(archive: ArchiveFile) -> int:
    with archive.open("rb") as file:
        return file.seek(0, os.SEEK_END)


def manifest_at_end(archive: ArchiveFile) -> Manifest | None:
    """Its manifest, found without reading the rest; None if it was cut off or is no archive."""
    with archive.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size % BLOCK:
            return None
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
    for start in range(len(tail) - BLOCK, -1, -BLOCK):
        try:
            entry = tarfile.TarInfo.frombuf(tail[start : start + BLOCK], "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            continue
        if entry.name != MANIFEST or start + BLOCK + entry.size > len(tail):
            return None
        try:
            return Manifest.from_text(tail[start + BLOCK : start + BLOCK + entry.size])
        except BackupFailed:
            return None
    return None
