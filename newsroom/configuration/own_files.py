"""What the site makes for itself when it starts: its folder, its SQLite database, its secret."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from articles.whole_files import new_file


def writable_folder(path: Path) -> Path:
    """The folder, made if it is not there yet."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def cannot_write(path, error):
    return ImproperlyConfigured(
        f"{path} cannot be written to ({error.strerror}); make it belong to the user who runs the site, "
        "or choose another folder with VAR_DIR."
    )


def keep_private(database: Path):
    """SQLite's file holds passwords' hashes and sessions: made for its owner only, and so its journals."""
    if database.exists():
        return
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise cannot_write(database, error) from error


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use; readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        writable_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        return make_secret(path)
    except OSError as error:
        raise cannot_write(path.parent, error) from error


def make_secret(path):
    made = secrets.token_urlsafe(50)
    # Several workers may start at once: the first to link its file wins, all read the same one.
    with new_file(path.parent, made.encode(), mode=0o600) as candidate, suppress(FileExistsError):
        os.link(candidate, path)
    return path.read_text().strip()
