"""What can go wrong with a backup or a restore, each as a sentence that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class BackupFailed(Exception):
    """Says in plain words what is wrong and what to do."""


@contextmanager
def in_plain_words(folder: object) -> Iterator[None]:
    """Errors of the disk that `folder` is on, or of a store, become BackupFailed."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        if error.errno in FULL:
            raise BackupFailed(
                f"The disk is full ({where}): nothing of this was kept, and what was there before is "
                "untouched. Make room, or name another folder."
            ) from error
        if error.errno == errno.EROFS:
            raise BackupFailed(f"The disk of {where} can only be read; name another folder.") from error
        # A store's name what was asked for, and end with the store's own words.
        if error.strerror is None and ": the store " in str(error):
            raise BackupFailed(str(error)) from error
        raise BackupFailed(f"{where}: {error.strerror or error}.") from error
