"""A disk of its own that is small: a real ext4 in a file, or a tmpfs where the machine mounts no such file."""

import contextlib
import os
import subprocess

from .fixtures import skip_or_fail

NEEDS_ROOT = "A small disk is tried on a mount of its own, which takes root's right to mount"


@contextlib.contextmanager
def small_disk(folder, *, inodes, megabytes=32):
    """The folder, mounted as a disk with so many inodes."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or not (mount_ext4(folder, inodes, megabytes) or mount_tmpfs(folder, inodes, megabytes)):
        skip_or_fail(NEEDS_ROOT)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        image_of(folder).unlink(missing_ok=True)


def image_of(folder):
    return folder.with_name(f"{folder.name}.ext4")


def mount_ext4(folder, inodes, megabytes):
    with image_of(folder).open("wb") as image:
        image.truncate(megabytes * 1024**2)
    # No blocks are kept for root: what is free is free for everybody.
    made = succeeds("mkfs.ext4", "-q", "-m", "0", "-N", str(inodes), image_of(folder))
    return made and succeeds("mount", "-o", "loop", image_of(folder), folder)


def mount_tmpfs(folder, inodes, megabytes):
    return succeeds("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,nr_inodes={inodes}", "tmpfs", folder)


def succeeds(*command):
    return subprocess.run(command, capture_output=True).returncode == 0
