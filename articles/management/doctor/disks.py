import os
import socket
from pathlib import Path

from articles.conf import backup_folder, media_folder, press_settings, var_folder
from articles.press.shelf.disk_space import shortage

from .finding import unwise, wrong

# Less than that is no room to work with.
LEAST_BYTES, LEAST_INODES = 200 * 10**6, 1000


def disks():
    """Room and inodes of the disks that the site writes to."""
    for folder in a_folder_of_each():
        yield from room(folder)


def a_folder_of_each():
    """Each disk that the site writes to once, however many of its folders are there."""
    folders = [var_folder(), media_folder(), press_settings().shelf, backup_folder()]
    seen = {}
    for folder in filter(None, folders):
        there = nearest(folder)
        seen.setdefault(there.stat().st_dev, there)
    return seen.values()


def nearest(folder):
    """It, or the folder above in which it will be made."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def room(folder: Path):
    disk, trouble = os.statvfs(folder), f"disk of {folder} at {socket.gethostname()}"
    if disk.f_flag & os.ST_RDONLY:
        yield wrong(
            f"The disk of {folder} can only be read; look at the kernel's log (dmesg), and mount it again.",
            trouble=trouble,
        )
    elif disk.f_bavail * disk.f_frsize < LEAST_BYTES:
        yield wrong(
            f"The disk of {folder} is full. Make room: nothing can be saved or printed.", trouble=trouble
        )
    elif disk.f_files and disk.f_favail < LEAST_INODES:
        yield wrong(
            f"The disk of {folder} has no inodes left (`df -i`). Delete files, or use a larger disk.",
            trouble=trouble,
        )
    elif short := shortage(folder):
        yield unwise(
            f"The disk of {folder} is {short}: pages and pictures that nobody has asked for are no longer "
            "made.",
            trouble=trouble,
        )
