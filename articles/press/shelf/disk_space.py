"""Whether a disk has room for what nobody has asked for yet.

A disk runs out of bytes or of inodes, of which each file and each folder takes one. Small ext4 disks run out
of inodes first: they have one for every 16 kB, and a page of 60 kB takes four.
"""

import os
from pathlib import Path

# Bytes that are left, a tenth of a small disk: news, the database and uploads need room too.
LEAVE_FREE = 2 * 1024**3
# As many inodes as ext4 has for those bytes.
LEAVE_FREE_INODES = LEAVE_FREE // 2**14


def shortage(folder: Path) -> str:
    """What the disk of that folder is short of, in words; empty if it has room."""
    while not folder.exists():
        # It is still to be made, in the one above.
        folder = folder.parent
    disk = os.statvfs(folder)
    if disk.f_bavail * disk.f_frsize <= min(LEAVE_FREE, disk.f_blocks * disk.f_frsize // 10):
        return "nearly full"
    # btrfs and some others have no fixed number of inodes, and say that they have none.
    if disk.f_files and disk.f_favail <= min(LEAVE_FREE_INODES, disk.f_files // 10):
        return "nearly out of inodes (see `df -i`)"
    return ""
