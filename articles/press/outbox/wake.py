"""Who has written to the outbox on this host wakes its press, which else would look there a moment later."""

from typing import Any

from django.db import transaction

from articles.conf import press_settings
from articles.press.shelf.files import FolderShelf


def nudge_when_written(**_: Any) -> None:
    """For the outbox's post_save: as soon as others can read the entry."""
    # A shelf that nobody has made yet has no press to wake.
    transaction.on_commit(lambda: FolderShelf(press_settings().shelf).nudge(), robust=True)
