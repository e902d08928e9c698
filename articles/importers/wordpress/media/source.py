"""Where files come from."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the old site. All texts come from the export and may be anything."""

    # Its address there.
    address: str
    # Its paths in the folder of uploads, the best one first: "2021/07/boat.jpg".
    paths: tuple[str, ...]
    # Smaller copies of it, the largest one first. They are better than nothing.
    smaller: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    # Its name or path at the source.
    name: str
    data: bytes
    # What is to be told about it; empty if it was found where it should be.
    note: str = ""


class NotToBeHad(Exception):
    """The reason is for the report."""


class MediaSource(Protocol):
    def read(self, wanted: Wanted) -> File:
        """Raises NotToBeHad, and nothing else that depends on the file or on its name."""
