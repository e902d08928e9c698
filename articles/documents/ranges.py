"""Which piece of a file is asked for (RFC 9110, 14). Players ask for pieces to jump in a sound or a film."""

import re
from dataclasses import dataclass

RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """From this byte on, so many bytes."""

    start: int
    length: int

    def as_header(self, size: int) -> str:
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


class Unsatisfiable(Exception):
    """The file ends before the piece begins."""


def piece_of(header: str, size: int) -> Piece | None:
    """None if the whole file is to be sent: without a range, for several of them, and for what is none."""
    found = RANGE.fullmatch(header)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        start = size - length
    else:
        start = int(found[1])
        last = min(int(found[2]), size - 1) if found[2] else size - 1
        length = last - start + 1
        if found[2] and int(found[2]) < start:
            return None
    if length <= 0:
        raise Unsatisfiable
    return Piece(start, length)
