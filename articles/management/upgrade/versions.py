"""Versions in folders side by side, the link to the one that runs, and the note for the way back."""

import contextlib
import fcntl
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import CommandError

from articles.conf import environment_as_given, var_folder
from articles.whole_files import write_whole


@dataclass(frozen=True)
class Note:
    """What was there before an upgrade: that version's folder, each app's newest migration, the backup."""

    older: str
    newer: str
    migrations: dict[str, str]
    backup: str
    is_done: bool = False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two upgrades at once would change the same files and tables, so the second is refused. The lock is free
    as soon as its process has ended, however that was."""
    try:
        lock = (var_folder() / "upgrade.lock").open("w")
    except OSError as error:
        raise CommandError(
            f"Nothing was changed: {error.filename} cannot be written: {error.strerror}"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Nothing was changed: another upgrade of this site is under way.") from None
        yield


def note_file() -> Path:
    return var_folder() / "upgrade.json"


def read_note() -> Note | None:
    try:
        return Note(**json.loads(note_file().read_text()))
    except FileNotFoundError:
        return None


def write_note(note: Note) -> None:
    write_whole(note_file(), json.dumps(asdict(note), indent=2) + "\n")


def version_at(link: Path) -> Path:
    """The folder to which the link leads."""
    if not link.is_symlink() or not (link / "manage.py").exists():
        raise CommandError(
            f"{link} is no link to the folder of a version, so there is nothing to upgrade; "
            "docs/operating/install.md says how versions stand side by side."
        )
    return link.resolve()


def point(link: Path, folder: Path) -> None:
    """Make the link lead there. Whoever follows it meanwhile finds one of both."""
    new = link.with_name(f".new-{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(os.path.relpath(folder, link.parent))
    os.replace(new, link)


def settings_beside(older: Path, newer: Path) -> bool:
    """Whether the newer version had no .env and has the older one's now."""
    if (newer / ".env").exists() or not (older / ".env").exists():
        return False
    if not (older / ".env").is_symlink():
        raise CommandError(
            f"{older / '.env'} belongs to the older version alone; move it to {older.parent}, and make links "
            f"to it: ln -s ../.env {older / '.env'} and ln -s ../.env {newer / '.env'}"
        )
    (newer / ".env").symlink_to((older / ".env").readlink())
    return True


def manage(folder: Path, *words: str) -> str:
    """A command of that version, with its own packages; what it said. CommandError if it failed."""
    done = subprocess.run(  # noqa: S603 - a command of ours
        [folder / ".venv" / "bin" / "python", folder / "manage.py", *words],
        cwd=folder,
        env=environment_as_given(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"`{' '.join(words)}` of {folder} failed:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout
