"""A process that writes to the outbox wakes the press on the same host. Without that the press would see the
entry at its next look, a moment later."""

from typing import Any

from django.db import transaction

from articles.conf import press_settings
from articles.press.shelf.files import FolderShelf


def nudge_when_written(**_: Any) -> None:
    """Receiver of the outbox's post_save signal. The press is woken on commit, when it can read the entry."""
    # If the shelf does not exist yet, it has no press, and the nudge does nothing.
    transaction.on_commit(lambda: FolderShelf(press_settings().shelf).nudge(), robust=True)
