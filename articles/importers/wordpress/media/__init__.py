"""Files of the old site: which one is meant, where it comes from, and which picture of ours it has become.

Where files come from is a MediaSource. There is one for a folder of uploads that was copied from the old
server; another may fetch them. Nothing here knows the database: who takes pictures in is told by the caller.
"""

from .folder import Folder
from .source import File, MediaSource, NotToBeHad, Wanted
from .taking import DATA, Keep, Pictures, Taken, kind_of

__all__ = [
    "DATA",
    "File",
    "Folder",
    "Keep",
    "MediaSource",
    "NotToBeHad",
    "Pictures",
    "Taken",
    "Wanted",
    "kind_of",
]
