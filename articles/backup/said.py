"""The settings in an archive, and the secrets, which are encrypted with a passphrase."""

import io
from collections.abc import Mapping
from pathlib import Path

import pyrage
from django.conf import settings
from django.utils.crypto import salted_hmac
from dotenv.parser import parse_stream

from articles.conf import Said, said

from .errors import BackupFailed

SETTINGS, SECRETS, FILES = "settings.env", "secrets.age", "settings/"
SHORTEST = 12
# What belongs to the machine, and not to the newsroom.
OF_THE_MACHINE = {"VAR_DIR", "PORT", "PRESS_SHELF", "BACKUP_FOLDER", "BACKUP_STORE", "DATABASE_URL"}


def as_dotenv(values: Mapping[str, str]) -> str:
    return "".join(f"{name}={quoted(value)}\n" for name, value in sorted(values.items()))


def quoted(value: str) -> str:
    """In single quotes nothing but the quote itself and the backslash has a meaning."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def from_dotenv(text: str) -> dict[str, str]:
    found = parse_stream(io.StringIO(text))
    return {each.key: each.value or "" for each in found if each.key and not each.error}


def encrypted(secrets: Mapping[str, str], passphrase: str) -> bytes:
    """In the format of age (https://age-encryption.org): `age -d` reads it, too."""
    if len(passphrase) < SHORTEST:
        raise BackupFailed(f"The passphrase is too short; it takes at least {SHORTEST} characters.")
    return pyrage.passphrase.encrypt(as_dotenv(secrets).encode(), passphrase)


def decrypted(content: bytes, passphrase: str) -> dict[str, str]:
    try:
        return from_dotenv(pyrage.passphrase.decrypt(content, passphrase).decode())
    except pyrage.DecryptError as error:
        raise BackupFailed("The passphrase is not the one with which the secrets were encrypted.") from error


def read_passphrase(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupFailed(f"The passphrase cannot be read from {file}: {error}.") from error


def mark_of_secret_key() -> str:
    """The same for the same SECRET_KEY. The key can't be found out from it."""
    return salted_hmac("articles.backup", "", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]


def missing_secrets(names: list[str], here: Said | None = None) -> list[str]:
    """Secrets that the site had and that nobody has set here."""
    there = (here or said()).secrets
    return [name for name in names if name not in there]


def other_settings(were: Mapping[str, str], here: Said | None = None) -> list[str]:
    """A sentence for each setting that the site had and that is not set here, or otherwise."""
    now = (here or said()).plain
    return [
        f"{name} was {value!r}, and is {now[name]!r} here."
        if name in now
        else f"{name} was {value!r}, and is not set."
        for name, value in were.items()
        if name not in OF_THE_MACHINE and now.get(name) != value
    ]
