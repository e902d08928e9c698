"""Settings for the store that backups go to, if that is no folder."""

import re

from environs import ValidationError

from .picture_store import access

PLACE = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/?#\s]+)*/?")


def check_place(text):
    if text and (not PLACE.fullmatch(text) or {".", ".."} & set(text.split("/"))):
        raise ValidationError(
            f"is {text!r}; write a bucket, and a folder in it, like s3://example-backups/news."
        )


def access_to_backups(store, pictures):
    """Options of one of Django's storages. All of it is said for backups, or none: a key of one store is no
    business of another."""
    return access(store if any(store.values()) else pictures)


def backup_mistakes(store):
    """Sentences for refuse_mistakes()."""
    if bool(store["KEY_ID"]) != bool(store["SECRET"]):
        yield "Of BACKUP_KEY_ID and BACKUP_SECRET only one is set; write both, or neither."
