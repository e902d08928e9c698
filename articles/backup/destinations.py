"""Where archives are kept: in a folder of this computer, or in a bucket of a store that speaks S3.

An archive in a folder is a path. One in a bucket can be opened, read from any place, named and deleted in the
same way (`store.py`), so that whoever reads archives need not know which of the two it is.
"""

import os
import re
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from django.core.files.storage import storages
from django.core.files.storage.handler import InvalidStorageError

from articles.conf import store_of_backups, var_folder
from articles.whole_files import UNFINISHED

from .errors import BackupFailed

if TYPE_CHECKING:
    from .store import ArchiveBucket, Stored

ENDING = ".tar"
IN_STORE = "s3:"
ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<folder>[^?#\s]*))?")
PIECE = 1 << 20


class ArchiveFile(Protocol):
    """An archive, as its readers see it."""

    @property
    def name(self) -> str: ...

    def open(self, mode: str) -> IO[bytes]: ...

    def unlink(self) -> None: ...


# What follows the site's name in that of an archive. Another site's name may begin with this one's.
MOMENT = re.compile(r"\d{8}T\d{6}Z")


def is_named(begin: str, name: str) -> bool:
    return name.startswith(begin) and MOMENT.match(name, len(begin)) is not None


class Destination(ABC):
    # Where the copy of the database and the list of checksums are kept until they are in the archive.
    room: Path

    @abstractmethod
    def archive(self, name: str) -> ArchiveFile:
        """The archive of that name, which need not be there yet."""

    @abstractmethod
    def names(self, begin: str) -> Iterable[str]:
        """The names of all archives that begin so, in any order."""

    @abstractmethod
    def new(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A file that gets its name only at the end of the block, when all of it is kept. If the block ends
        with an error, nothing of it is."""

    def sweep(self, begin: str) -> None:
        """Take away what was begun under such a name by a process that was killed."""
        for path in self.room.glob(f"{UNFINISHED}{begin}*"):
            if not is_named(begin, path.name.removeprefix(UNFINISHED)):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


class Folder(Destination):
    def __init__(self, path: Path) -> None:
        self.path = self.room = path.absolute()

    def __str__(self) -> str:
        return str(self.path)

    def archive(self, name: str) -> Path:
        return self.path / name

    def names(self, begin: str) -> Iterator[str]:
        return (path.name for path in self.path.glob(f"{begin}*{ENDING}"))

    @contextmanager
    def new(self, name: str) -> Iterator[IO[bytes]]:
        """Only the site's own user may read it."""
        self.path.mkdir(parents=True, exist_ok=True)
        number, path = tempfile.mkstemp(dir=self.path, prefix=f"{UNFINISHED}{name}-")
        try:
            with open(number, "wb", buffering=PIECE) as file:
                yield file
                file.flush()
                os.fsync(number)
            os.replace(path, self.path / name)
            sync_folder(self.path)
        finally:
            Path(path).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """After a power cut, the new name is there."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Store(Destination):
    def __init__(self, bucket: "ArchiveBucket") -> None:
        self.bucket, self.room = bucket, var_folder()

    def __str__(self) -> str:
        return self.bucket.address

    def archive(self, name: str) -> "Stored":
        return self.bucket.archive(name)

    def names(self, begin: str) -> Iterator[str]:
        return (name for name in self.bucket.names(begin) if name.endswith(ENDING))

    def new(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return self.bucket.new(name)

    def sweep(self, begin: str) -> None:
        super().sweep(begin)
        self.bucket.forget_unfinished(begin, partial(is_named, begin))


def destination(named: str) -> Destination:
    """A folder's path, or s3://bucket/folder."""
    return Store(bucket(named)) if named.startswith(IN_STORE) else Folder(Path(named))


def archive_at(named: str) -> ArchiveFile:
    """An archive's path, or s3://bucket/folder/name."""
    if not named.startswith(IN_STORE):
        return Path(named).absolute()
    where, _, name = named.rpartition("/")
    return bucket(where).archive(name)


def bucket(named: str) -> Any:
    said = ADDRESS.fullmatch(named)
    folder = (said["folder"] or "").rstrip("/") if said else ""
    if not said or {"", ".", ".."} & set(folder.split("/") if folder else ()):
        raise BackupFailed(
            f"{named} is no place in a store; write it like s3://bucket or s3://bucket/folder."
        )
    options = store_of_backups() | {"bucket_name": said["bucket"], "location": folder}
    try:
        return storages.create_storage({"BACKEND": "articles.backup.store.ArchiveBucket", "OPTIONS": options})
    except InvalidStorageError as error:
        raise BackupFailed(
            "What a store takes is not installed; "
            "run: python3 -m pip install --requirement requirements-s3.txt"
        ) from error


def room_beside(archive: ArchiveFile) -> Path:
    """A folder in which there may be room for what is in the archive."""
    return archive.parent if isinstance(archive, Path) else var_folder()
