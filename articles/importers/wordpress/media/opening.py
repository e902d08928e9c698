"""Opens a file below a folder by a path from an export, and never anything else.

Each part of the path is opened relative to the handle of the folder above it, and no part may be a symbolic
link. So the file lies below the folder whatever the path says, also if somebody changes the folder meanwhile.
"""

import errno
import os
import stat
from typing import BinaryIO

from .source import NotToBeHad, too_large

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
LINK = "it is a symbolic link, or lies behind one"
LEADS_OUT = "its path leads out of the folder"


def parts_of(path: str) -> list[str]:
    parts = path.split("/")
    if path.startswith("/") or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise NotToBeHad(LEADS_OUT)
    return parts


def open_below(folder: int, path: str, *, most: int) -> BinaryIO | None:
    """An ordinary file of at most `most` bytes; None if there is nothing at that path."""
    *above, name = parts_of(path)
    handle = os.dup(folder)
    try:
        for part in above:
            handle = opened_instead(handle, part)
        return open_file(handle, name, most)
    except (FileNotFoundError, NotADirectoryError, UnicodeEncodeError):
        return None
    except OSError as error:
        raise NotToBeHad(reason_of(error)) from error
    finally:
        os.close(handle)


def opened_instead(above: int, name: str) -> int:
    """The folder below another one, whose handle is closed."""
    if is_link(above, name):
        raise NotToBeHad(LINK)
    below = os.open(name, FOLDER, dir_fd=above)
    os.close(above)
    return below


def is_link(folder: int, name: str) -> bool:
    """Only for the reason: opening it fails anyway, but says of a link to a folder that it is none."""
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def open_file(folder: int, name: str, most: int) -> BinaryIO:
    file = open(os.open(name, FILE, dir_fd=folder), "rb")  # noqa: SIM115 - the caller closes it
    told = os.fstat(file.fileno())
    reason = "it is no ordinary file" if not stat.S_ISREG(told.st_mode) else ""
    reason = reason or (too_large(most) if told.st_size > most else "")
    if reason:
        file.close()
        raise NotToBeHad(reason)
    return file


def reason_of(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return LINK
    return f"it cannot be read: {error.strerror}"
