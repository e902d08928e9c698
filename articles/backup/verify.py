"""Whether an archive can be brought back: it is restored into a scratch place and compared."""

import datetime
import fcntl
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from articles.whole_files import UNFINISHED

from .archive import SUMS, Manifest, members
from .databases import of_this_site
from .destinations import ArchiveFile
from .errors import BackupFailed
from .make import MEDIA
from .restore import Place, restore

LOCK = "lock"

Tell = Callable[[int, int], None]


@contextmanager
def restored_in_scratch(
    archive: ArchiveFile, manifest: Manifest, folder: Path, *, now: datetime.datetime, tell: Tell
) -> Iterator[Place]:
    """A newsroom of its own, which goes away at the end. If the process is killed first, the next one takes
    away what it has left."""
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    name = f"verify_{now:%Y%m%d%H%M%S}_{secrets.token_hex(3)}"
    with held(folder, name) as scratch, of_this_site().scratch(scratch, name) as database:
        place = Place(database, scratch / "media", scratch)
        restore(archive, place, manifest, now=now, tell=tell)
        yield place


@contextmanager
def held(folder: Path, name: str) -> Iterator[Path]:
    """A folder in it, whose file is locked for as long as this process lives. It gets its name with the file
    locked already, so that nobody takes it for one that was left."""
    new = Path(tempfile.mkdtemp(dir=folder, prefix=UNFINISHED))
    scratch = folder / f"{UNFINISHED}{name}"
    try:
        with (new / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            new.rename(scratch)
            yield scratch
    finally:
        for path in (new, scratch):
            shutil.rmtree(path, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take away the databases and the folders that killed processes have left in it."""
    for scratch in folder.glob(f"{UNFINISHED}verify_*"):
        # Another one may sweep at the same moment.
        with suppress(BlockingIOError, FileNotFoundError), (scratch / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            of_this_site().drop_left(scratch.name.removeprefix(UNFINISHED))
            shutil.rmtree(scratch, ignore_errors=True)


def compare(archive: ArchiveFile, manifest: Manifest, place: Place) -> None:
    """BackupFailed if what was restored is not what the archive says."""
    with place.database.rows() as rows:
        found = rows.counts(list(manifest.counts))
        missing = sum(1 for name in rows.media_files() if not (place.media / name).is_file())
    if wrong := [name for name, number in manifest.counts.items() if found.get(name) != number]:
        named = ", ".join(
            f"{name} has {found.get(name, 'no')} rows and not {manifest.counts[name]}" for name in wrong
        )
        raise BackupFailed(f"The restored database is not that of the backup: {named}.")
    if missing != manifest.missing_files:
        raise BackupFailed(f"{missing - manifest.missing_files} files are missing that the database names.")
    for name, digest in sums_of_media(archive):
        with (place.media / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise BackupFailed(f"The restored file {name} is not what it was.")


def sums_of_media(archive: ArchiveFile) -> Iterator[tuple[str, str]]:
    for member, _, content in members(archive):
        if member == SUMS:
            for line in content:
                digest, _, name = line.decode().rstrip("\n").partition("  ")
                if name.startswith(MEDIA):
                    yield name.removeprefix(MEDIA), digest
