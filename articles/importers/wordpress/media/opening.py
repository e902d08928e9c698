"""Opens a file below a folder by a path from an export, and never anything else.

Each part of the path is opened relative to the handle of the folder above it, and no part may be a symbolic
link. So the file lies below the folder whatever the path says, also if somebody changes the folder meanwhile.
"""

import errno
import os
import stat

from .source import NotToBeHad

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


def read_below(folder: int, path: str, *, most: int) -> bytes | None:
    """The bytes of an ordinary file of at most `most` bytes; None if there is nothing at that path."""
    *above, name = parts_of(path)
    handle = os.dup(folder)
    try:
        for part in above:
            handle = opened_instead(handle, part)
        return read_file(handle, name, most)
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


def read_file(folder: int, name: str, most: int) -> bytes:
    with open(os.open(name, FILE, dir_fd=folder), "rb") as file:
        told = os.fstat(file.fileno())
        if not stat.S_ISREG(told.st_mode):
            raise NotToBeHad("it is no ordinary file")
        data = b"" if told.st_size > most else file.read(most + 1)
    if told.st_size > most or len(data) > most:
        raise NotToBeHad(f"it is larger than {most // 1_000_000} MB")
    return data


def reason_of(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return LINK
    return f"it cannot be read: {error.strerror}"
