"""A folder in which a run writes until its files are whole.

Several runs may report into the same folder at the same moment. Each has a staging folder of its own in it,
so each file of the report is that of one of them.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STAGING = ".import-"
# A file, because some network file systems lock nothing that is not open for writing.
LOCK = ".lock"


@contextmanager
def staging_in(folder: Path, *, kept: Collection[str] = ()) -> Iterator[Path]:
    """It is gone at the end. Those that killed runs have left are removed; a run that lives holds a lock on
    its own. Files with the names in `kept` are taken over from a run that was stopped, if it has left all of
    them."""
    folder.mkdir(parents=True, exist_ok=True)
    # It is locked before it has the name by which another run would find and remove it.
    new = Path(tempfile.mkdtemp(dir=folder, prefix=f".new{STAGING}"))
    staging = new.with_name(new.name.removeprefix(".new"))
    with locked(new):
        try:
            new.rename(staging)
            # Its own is held.
            for left in folder.glob(f"{STAGING}*"):
                remove_unless_held(left, staging, kept)
            yield staging
        except BaseException:
            remove_all_but(staging, kept)
            raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(staging, ignore_errors=True)


def move_out(staging: Path, folder: Path, *names: str) -> None:
    """Put these files into the folder, in place of those of an earlier run. A file that this run has not
    written stays as the earlier run has left it."""
    for name in names:
        with suppress(FileNotFoundError):
            os.replace(staging / name, folder / name)


@contextmanager
def locked(folder: Path, *, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """OSError if somebody holds it and `how` does not wait."""
    number = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(number, how)
        yield
    finally:
        os.close(number)


def remove_unless_held(left: Path, staging: Path, kept: Collection[str]) -> None:
    with suppress(OSError), locked(left, how=fcntl.LOCK_EX | fcntl.LOCK_NB):
        if has_all(left, kept) and not has_all(staging, kept):
            move_out(left, staging, *kept)
        shutil.rmtree(left, ignore_errors=True)


def has_all(staging: Path, kept: Collection[str]) -> bool:
    return bool(kept) and all((staging / name).exists() for name in kept)


def remove_all_but(staging: Path, kept: Collection[str]) -> None:
    """What a run that was stopped leaves for the next one."""
    if not has_all(staging, kept):
        shutil.rmtree(staging, ignore_errors=True)
        return
    for each in staging.iterdir():
        if each.name not in kept:
            each.unlink()
