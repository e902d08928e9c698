"""The files of a run, as streams of XML: as they are, in gzip, or as members of a zip archive.

Nothing is unpacked to disk, and no name from an archive is ever used as a path.
"""

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from articles.importers.wordpress.records import Place

from .limits import MB, Limits
from .refusals import FileRefused, Reason

ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")
# Small files may be packed better than any limit allows.
RATIO_FROM = 1 * MB
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Jump:
    """The items between these two are left out."""

    first: Place
    to: Place

    def over(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """What stands before the first item, and all from the other one on."""
        begin, end, at = self.first.offset, self.to.offset, 0
        for data in chunks:
            kept = data[: max(begin - at, 0)] + data[max(end - at, 0) :]
            at += len(data)
            if kept:
                yield kept


@dataclass(frozen=True, slots=True)
class Source:
    """One XML file. `size` is that on disk, for the progress; `open` gives its text from the start. With
    `since`, items are left out, and with `until` the one of that number and all behind it."""

    name: str
    size: int
    open: Callable[[], "Opened"]
    since: Jump | None = None
    until: int | None = None


class Opened:
    """A stream that counts, and refuses what is too large or packed too well."""

    def __init__(self, name: str, stream: BinaryIO, packed: Callable[[], int] | None, limits: Limits):
        self.name, self.stream, self.packed, self.limits = name, stream, packed, limits
        self.bytes = 0

    def chunks(self, size: int = 256 << 10) -> Iterator[bytes]:
        try:
            while data := self.stream.read(size):
                self.bytes += len(data)
                self.check()
                yield data
        except DAMAGED as error:
            raise FileRefused(Reason.UNREADABLE, f"cannot be read: {error}", file=self.name) from error
        finally:
            self.stream.close()

    def check(self) -> None:
        if self.bytes > self.limits.file:
            detail = f"is larger than {self.limits.file} bytes"
            raise FileRefused(Reason.TOO_LARGE, detail, file=self.name)
        if self.packed and self.bytes > RATIO_FROM and self.bytes > self.limits.ratio * self.packed():
            detail = f"is packed more than {self.limits.ratio} to 1, as no real export is"
            raise FileRefused(Reason.TOO_LARGE, detail, file=self.name)


def sources(paths: Iterable[Path], *, limits: Limits) -> list[Source]:
    """Every XML file in what was named, in that order. Raises FileRefused."""
    found = [source for path in paths for source in sources_in(path, limits)]
    if sum(source.size for source in found) > limits.file:
        raise FileRefused(Reason.TOO_LARGE, f"the files together are larger than {limits.file} bytes")
    return found


def sources_in(path: Path, limits: Limits) -> list[Source]:
    """What the first bytes say decides, and not the name."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise FileRefused(Reason.UNREADABLE, f"cannot be read: {error.strerror}", file=path.name) from error
    if magic.startswith(b"PK\x03\x04") or magic == b"PK\x05\x06":
        return members(path, limits)
    if magic.startswith(b"\x1f\x8b"):
        return [Source(path.name, size, lambda: unpacked(path, limits))]
    return [Source(path.name, size, lambda: Opened(path.name, path.open("rb"), None, limits))]


def unpacked(path: Path, limits: Limits) -> Opened:
    file = path.open("rb")
    return Opened(path.name, gzip.GzipFile(fileobj=file), file.tell, limits)


def members(path: Path, limits: Limits) -> list[Source]:
    """The XML files of an archive. An archive with anything suspicious in it is refused whole."""
    with opened_archive(path, limits) as archive:
        infos = archive.infolist()
    if len(infos) > limits.archive_members:
        raise refused(path, f"has more than {limits.archive_members} members")
    for info in infos:
        check_member(path, info)
    if sum(info.file_size for info in infos) > limits.file:
        raise FileRefused(Reason.TOO_LARGE, f"unpacks to more than {limits.file} bytes", file=path.name)
    wanted = [info for info in infos if is_wanted(info)]
    if not wanted:
        raise refused(path, "has no .xml file in it")
    return [member(path, info.filename, info.compress_size, limits) for info in wanted]


def member(path: Path, name: str, size: int, limits: Limits) -> Source:
    return Source(f"{path.name}/{name}", size, lambda: opened_member(path, name, size, limits))


def opened_member(path: Path, name: str, size: int, limits: Limits) -> Opened:
    archive = zipfile.ZipFile(path)
    stream = io.BufferedReader(archive.open(name))
    return Opened(f"{path.name}/{name}", stream, lambda: size, limits)


@contextmanager
def opened_archive(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Its directory is read as a whole, so its size is looked at first."""
    if directory_size(path) > limits.archive_directory:
        raise refused(path, f"has a directory of more than {limits.archive_directory} bytes")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except DAMAGED as error:
        raise refused(path, f"is damaged: {error}") from error


def directory_size(path: Path) -> int:
    """From the record at the archive's end, or from the larger one before it if the archive is large."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (66 << 10)))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise refused(path, "is cut off: it has no directory")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF and large >= 0 and len(tail) >= large + 48:
        (size,) = struct.unpack_from("<Q", tail, large + 40)
    return size


def check_member(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if (
        "\\" in name
        or "\0" in name
        or ":" in name
        or name.startswith("/")
        or ".." in PurePosixPath(name).parts
    ):
        raise refused(path, f"has a member whose name leads elsewhere: {name!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refused(path, f"has a link in it: {name!r}")
    if info.flag_bits & 1:
        raise refused(path, f"has a member with a password: {name!r}")
    if name.lower().endswith(ARCHIVES):
        raise refused(path, f"has an archive in it: {name!r}. Unpack that one and name its files")


def is_wanted(info: zipfile.ZipInfo) -> bool:
    """Macs put a hidden copy beside each file."""
    path = PurePosixPath(info.filename)
    return path.suffix.lower() == ".xml" and not path.name.startswith(".") and "__MACOSX" not in path.parts


def refused(path: Path, detail: str) -> FileRefused:
    return FileRefused(Reason.ARCHIVE, detail, file=path.name)
