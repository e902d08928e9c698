"""Where files come from."""

from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Protocol, Self

SMALLER = "only a smaller copy was found"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the old site. All texts come from the export and may be anything."""

    # Its address there.
    address: str
    # Its paths in the folder of uploads, the best one first: "2021/07/boat.jpg".
    paths: tuple[str, ...]
    # Smaller copies of it, the largest one first. They are better than nothing.
    smaller: tuple[str, ...] = ()
    # Where it may be on the web, the best one first; and those of them that are smaller copies.
    addresses: tuple[str, ...] = ()
    smaller_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """Opened for reading, and closed at the end of a `with`."""

    # Its name or path at the source.
    name: str
    file: BinaryIO
    # What is to be told about it; empty if it was found where it should be.
    note: str = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()


class NotToBeHad(Exception):
    """The reason is for the report."""


def too_large(most: int) -> str:
    """The reason of NotToBeHad for a file of more than so many bytes."""
    return f"it is larger than {most // 1_000_000} MB"


class MediaSource(Protocol):
    # Hosts of files besides those of the old site, as the operator says.
    hosts: frozenset[str]

    def begin(self, hosts: frozenset[str]) -> None:
        """Called once with the old site's own hosts, when the export has been read."""

    def open(self, wanted: Wanted, *, most: int) -> File:
        """The file, of at most so many bytes. Raises NotToBeHad, and nothing else that depends on the file or
        on its name."""
