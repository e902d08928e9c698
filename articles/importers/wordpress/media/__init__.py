"""Files of the old site: which one is meant, where it comes from, and which picture or document of ours it
has become.

Where files come from is a MediaSource. There is one for a folder of uploads that was copied from the old
server, and one that fetches them. Nothing here knows the database: who takes files in is told by the caller.
"""

from dataclasses import dataclass

from .documents import Documents, KeepDocument, Kept
from .folder import Folder
from .source import File, MediaSource, NotToBeHad, Wanted
from .taken import Taken, kind_of
from .taking import DATA, Keep, Pictures

__all__ = [
    "DATA",
    "Documents",
    "File",
    "Folder",
    "Keep",
    "KeepDocument",
    "Kept",
    "MediaSource",
    "NotToBeHad",
    "Pictures",
    "Taken",
    "Uploads",
    "Wanted",
    "kind_of",
]


@dataclass(frozen=True, slots=True)
class Uploads:
    """All files that a run takes over."""

    pictures: Pictures
    documents: Documents
    # From which files are taken, besides the old site's own.
    hosts: frozenset[str]

    @classmethod
    def of(
        cls, source: MediaSource, keep: Keep, keep_document: KeepDocument, *, own: frozenset[str]
    ) -> "Uploads":
        """`own` are the old site's hosts."""
        source.begin(own)
        return cls(Pictures(source, keep), Documents(source, keep_document), source.hosts)

    def close(self) -> None:
        self.pictures.close()
        self.documents.close()
