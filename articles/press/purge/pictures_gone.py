"""Pictures' files that are gone. Stores in front keep those for ever, so they are told of each."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from articles.conf import media


def addresses_gone(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """The paths of all that these changes have taken away, on the site and on the host of its pictures."""
    folder = urlsplit(media()).path
    return [folder + name for name in files_gone(changes)]


def files_gone(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [name for change in changes for name in change.get("gone", ())]
