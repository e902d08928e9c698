"""Whether a disk has room for pages and pictures that nobody has asked for yet.

A disk can run out of bytes or of inodes; each file and each folder takes an inode. Small ext4 disks run out
of inodes first, because they have one for every 16 kB, and a page of 60 kB takes four.
"""

import os
from pathlib import Path

# Bytes that are left free, or a tenth of a small disk, because news, the database and uploads need room too.
LEAVE_FREE = 2 * 1024**3
# As many inodes as ext4 has for those bytes.
LEAVE_FREE_INODES = LEAVE_FREE // 2**14


def shortage(folder: Path) -> str:
    """What the disk of that folder is short of, in words; empty if it has room."""
    while not folder.exists():
        # The folder does not exist yet; it will be on the disk of the folder above.
        folder = folder.parent
    disk = os.statvfs(folder)
    if disk.f_bavail * disk.f_frsize <= min(LEAVE_FREE, disk.f_blocks * disk.f_frsize // 10):
        return "nearly full"
    # btrfs and some others have no fixed number of inodes, and say that they have none.
    if disk.f_files and disk.f_favail <= min(LEAVE_FREE_INODES, disk.f_files // 10):
        return "nearly out of inodes (see `df -i`)"
    return ""
