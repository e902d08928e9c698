"""Bringing a newsroom back from an archive: into an empty site, over one that is there, or beside one.

Everything is unpacked beside its place first. Only when all of it is there do files and database take their
places, so a restore that fails half way leaves the site as it was. What was there before is put aside and not
deleted, but for the tables of a PostgreSQL database. Printed pages stay: the press finds that the outbox is
another one, and prints everything anew (articles/outbox/cursor.py).
"""

import datetime
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from articles.conf import media_folder, said, var_folder
from articles.whole_files import UNFINISHED, write_whole

from .archive import MANIFEST, SUMS, Manifest, check, members
from .databases import Database, of_this_site
from .destinations import ArchiveFile
from .errors import BackupFailed, in_plain_words
from .make import MEDIA
from .said import (
    FILES,
    SECRETS,
    SETTINGS,
    as_dotenv,
    decrypted,
    from_dotenv,
    mark_of_secret_key,
    missing_secrets,
    other_settings,
)

PIECE = 1 << 20
SPARE = 64 << 20  # bytes that stay free
RESTORED, ASIDE = "restored", "replaced"
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Place:
    """Where a newsroom is restored. `folder` gets the settings and what is put aside."""

    database: Database
    media: Path
    folder: Path


def this_site() -> Place:
    # This process must not count as one that has the database open.
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()
    return Place(of_this_site(), media_folder(), var_folder())


def beside(folder: Path, name: str) -> Place:
    """A place of its own in that folder, which is empty or new."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed(f"{folder} is not empty; name a folder that is empty or new.")
    folder.mkdir(parents=True, exist_ok=True)
    return Place(of_this_site().beside(folder, name), folder / "media", folder)


def examined(archive: ArchiveFile) -> Manifest:
    """The whole archive is read and compared with its checksums, and can be read by this code."""
    with in_plain_words(archive):
        manifest = check(archive)
    kind = of_this_site().kind
    if manifest.database != kind:
        raise BackupFailed(
            f"{archive} holds a database of {manifest.database}, and DATABASE_URL names one of {kind}; "
            f"set it to one of {manifest.database} for this."
        )
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "articles"}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupFailed(
            f"{archive} was made by a newer version of Newsroom than this ({newer[-1]} is unknown here); "
            "install that version first."
        )
    return manifest


def obstacles(place: Place, manifest: Manifest, *, replaces: bool) -> list[str]:
    """What keeps the archive from being restored there, each as a sentence that says what to do."""
    found = []
    if users := place.database.users():
        found.append(f"The site runs: {users}. Stop its server and its press, and whatever else uses it.")
    there = [] if replaces else what_is_there(place)
    if there:
        found.append(
            f"There is a newsroom already: {', '.join(there)}. Make a backup of it, then give the command "
            "--replace; or restore into another folder with --beside."
        )
    if replaces and os.path.ismount(place.media) and any(place.media.iterdir()):
        found.append(
            f"{place.media} is a disk of its own, and can't be put aside as a whole; empty it by hand first."
        )
    nearest = next(folder for folder in (place.media, *place.media.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    if free < manifest.bytes + SPARE:
        found.append(
            f"The disk of {nearest} has {in_megabytes(free)} free, and this takes "
            f"{in_megabytes(manifest.bytes)} or more. Make room first."
        )
    return found


def what_is_there(place: Place) -> list[str]:
    # Pictures and documents. The folder itself may be there, or one for the cut pictures.
    folders = [place.media / name for name in ("masters", "documents")]
    return place.database.things() + [
        f"files in {folder}" for folder in folders if folder.is_dir() and any(folder.iterdir())
    ]


def in_megabytes(size: int) -> str:
    return f"{size / 10**6:,.0f} MB"


def restore(
    archive: ArchiveFile,
    place: Place,
    manifest: Manifest,
    *,
    now: datetime.datetime,
    passphrase: str = "",
    tell: Tell = lambda done, total: None,
) -> Path | None:
    """Returns the folder in which the files that were there before are, if there were any."""
    aside = place.folder / f"{ASIDE}-{now.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    place.media.parent.mkdir(parents=True, exist_ok=True)
    place.folder.mkdir(parents=True, exist_ok=True)
    with (
        in_plain_words(place.media.parent),
        tempfile.TemporaryDirectory(
            dir=place.media.parent, prefix=UNFINISHED, ignore_cleanup_errors=True
        ) as name,
    ):
        scratch = Path(name)
        (scratch / "media").mkdir(mode=0o755)
        texts: dict[str, bytes] = {}
        try:
            for number, (member, _size, content) in enumerate(members(archive), 1):
                take(member, content, scratch, place, texts)
                tell(min(number, manifest.files), manifest.files)
            if texts.get(SECRETS) and passphrase:
                texts[SECRETS] = as_dotenv(decrypted(texts[SECRETS], passphrase)).encode()
            else:
                texts.pop(SECRETS, None)
            with in_its_place(scratch / "media", place.media, aside):
                place.database.take_place(aside)
        finally:
            place.database.forget()
    keep_settings(texts, place.folder / RESTORED)
    return aside if aside.exists() else None


def take(member: str, content: IO[bytes], scratch: Path, place: Place, texts: dict[str, bytes]) -> None:
    if member.startswith(MEDIA):
        write_file(scratch / member, content)
    elif member == place.database.member:
        place.database.load(content, scratch)
    elif member in (SETTINGS, SECRETS) or member.startswith(FILES):
        texts[member] = content.read()
    elif member not in (SUMS, MANIFEST):
        raise BackupFailed(f"The archive holds {member}, which is in no backup of ours.")


def write_file(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        shutil.copyfileobj(content, file, PIECE)
    path.chmod(0o644)


@contextmanager
def in_its_place(new: Path, folder: Path, aside: Path) -> Iterator[None]:
    """The new folder takes the place of the other, which is put aside. If what is done meanwhile fails, both
    are where they were."""
    put_aside(folder, aside)
    os.replace(new, folder)
    try:
        yield
    except BaseException:
        os.replace(folder, new)
        if (before := aside / folder.name).exists():
            os.replace(before, folder)
            with suppress(OSError):
                aside.rmdir()
        raise


def put_aside(folder: Path, aside: Path) -> None:
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    aside.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(folder, aside / folder.name)
    except OSError as error:
        raise BackupFailed(
            f"{folder} cannot be put aside ({error.strerror}), perhaps because it is a disk of its own: "
            "empty it by hand first."
        ) from error


def keep_settings(texts: dict[str, bytes], folder: Path) -> None:
    """For the operator to look at: what is set here is not changed."""
    plain = {name: text for name, text in texts.items() if name != SECRETS}
    for name, text in plain.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text, mode=0o600)
    if SECRETS in texts:
        write_whole(folder / "secrets.env", texts[SECRETS], mode=0o600)


def advice(archive: ArchiveFile, manifest: Manifest) -> list[str]:
    """What differs between the site of the backup and this one, each as a sentence."""
    here = said()
    texts = {name: content.read() for name, _, content in members(archive) if name == SETTINGS}
    sentences = [
        f"{name} was set there and is not set here; it is a secret"
        + (
            ", and the archive holds it: name the passphrase."
            if manifest.has_secrets
            else ", and not in the archive."
        )
        for name in missing_secrets(manifest.secrets, here)
    ]
    if manifest.secret_key != mark_of_secret_key():
        sentences.append(
            "SECRET_KEY is another one here: everybody is logged out, and pictures get other addresses. "
            "Set the old one first if you have it."
        )
    sentences += other_settings(from_dotenv(texts.get(SETTINGS, b"").decode()), here)
    if manifest.missing_files:
        names = ", ".join(manifest.missing[:3])
        sentences.append(f"{manifest.missing_files} files were missing when it was made: {names} …")
    return sentences
