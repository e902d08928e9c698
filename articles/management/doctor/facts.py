"""What an operator wants to know of a host although nothing is wrong with it."""

import os
import platform
import sqlite3
from importlib.metadata import version

import django
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from articles.press.shelf.disk_space import LEAVE_FREE
from articles.press.shelf.release import current_release

from .disks import LEAST_BYTES, a_folder_of_each


def room_of_disks():
    """Of none if one answers with an error, which the check of the disks says."""
    try:
        return [room_of(folder) for folder in a_folder_of_each()]
    except OSError:
        return []


def room_of(folder):
    """In bytes. `low` is how much may be in use before the site makes only what it must."""
    disk = os.statvfs(folder)
    size = disk.f_blocks * disk.f_frsize
    return {
        "folder": str(folder),
        "free": disk.f_bavail * disk.f_frsize,
        "used": size - disk.f_bavail * disk.f_frsize,
        "size": size,
        "low": size - min(LEAVE_FREE, size // 10),
        "high": max(0, size - LEAST_BYTES),
        # Some file systems have no fixed number, and say that they have none.
        "inodes_free": disk.f_favail if disk.f_files else None,
    }


def versions():
    migrations = MigrationRecorder.Migration.objects.filter(app="articles")
    newest = migrations.order_by("-name").values_list("name", flat=True).first()
    return {
        "Newest migration": newest or "none",
        "Release of the pages": current_release(),
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "granian": version("granian"),
        **version_of_database(),
        "System": f"{platform.system()} {platform.release()}",
    }


def version_of_database():
    if connection.vendor != "postgresql":
        return {"SQLite": sqlite3.sqlite_version}
    connection.ensure_connection()
    return {"PostgreSQL": f"{connection.pg_version // 10_000}.{connection.pg_version % 10_000}"}
