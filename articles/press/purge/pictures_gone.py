"""Pictures' files that are gone. Stores in front keep those for ever, so they are told of each."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from articles.conf import media, paper


def addresses_gone(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """The paths on the site of all that these changes have taken away. None if settings name another host for
    pictures: its stores are not ours."""
    folder = urlsplit(media())
    if folder.netloc != urlsplit(paper().url).netloc:
        return []
    return [folder.path + name for name in files_gone(changes)]


def files_gone(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [name for change in changes for name in change.get("gone", ())]
