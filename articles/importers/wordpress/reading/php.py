"""PHP's serialised values, as WordPress keeps them in meta: scalars and arrays. Objects are never built."""

import re

# How deep arrays may stand in each other, and how many values there may be in all.
DEPTH = 32
NODES = 100_000

NUMBER = re.compile(rb"(-?\d{1,20});")
REAL = re.compile(rb"(-?(?:\d[\d.eE+-]{0,40}|INF)|NAN);")
LENGTH = re.compile(rb"(\d{1,9}):")
# What may stand after a string. It finds the string's end if its length is wrong.
AFTER_STRING = re.compile(rb'";(?=[aidbsOCrR]:|N;|\}|\Z)')

Value = str | int | float | bool | None | dict["str | int", "Value"]


class Unreadable(ValueError):
    """It has an object or a reference, is too deep or too large, or is no serialised value."""


def is_serialised(text: str) -> bool:
    """Whether it looks like an array. A scalar alone says nothing that its text does not say."""
    return text.startswith("a:") and text.rstrip().endswith("}")


def unserialised(text: str) -> Value:
    """The value. Raises Unreadable; then the text is all there is to have.

    A string's length is in bytes. It is wrong where an editor or a transfer has changed the line ends; then
    the string ends at the next place that looks like an end.
    """
    reader = Reader(text.strip().encode())
    value = reader.value(0)
    if reader.at != len(reader.data):
        raise Unreadable("more follows after the value")
    return value


class Reader:
    def __init__(self, data: bytes):
        self.data, self.at, self.nodes = data, 0, 0

    def value(self, depth: int) -> Value:
        self.nodes += 1
        if self.nodes > NODES or depth > DEPTH:
            raise Unreadable("too deep or too large")
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        match kind:
            case b"s:":
                return self.string()
            case b"i:":
                return int(self.take(NUMBER))
            case b"b:":
                return self.take(NUMBER) != b"0"
            case b"d:":
                return self.real()
            case b"N;":
                return None
            case b"a:":
                return self.array(depth)
        raise Unreadable(f"no scalar and no array: {kind!r}")

    def take(self, pattern: re.Pattern[bytes]) -> bytes:
        match = pattern.match(self.data, self.at)
        if not match:
            raise Unreadable(f"not as expected at byte {self.at}")
        self.at = match.end()
        return match[1]

    def real(self) -> float:
        match = REAL.match(self.data, self.at)
        if not match:
            raise Unreadable(f"no number at byte {self.at}")
        self.at = match.end()
        try:
            return float(match[0][:-1])
        except ValueError as error:
            raise Unreadable(str(error)) from error

    def string(self) -> str:
        length = int(self.take(LENGTH))
        if self.data[self.at : self.at + 1] != b'"':
            raise Unreadable(f"no string at byte {self.at}")
        begin = self.at + 1
        end = begin + length
        if self.data[end : end + 2] != b'";':
            match = AFTER_STRING.search(self.data, begin)
            if not match:
                raise Unreadable(f"a string without an end at byte {begin}")
            end = match.start()
        self.at = end + 2
        return self.data[begin:end].decode(errors="replace")

    def array(self, depth: int) -> dict[str | int, Value]:
        self.take(LENGTH)
        if self.data[self.at : self.at + 1] != b"{":
            raise Unreadable(f"no array at byte {self.at}")
        self.at += 1
        found: dict[str | int, Value] = {}
        while self.data[self.at : self.at + 1] != b"}":
            key = self.value(depth + 1)
            if not isinstance(key, str | int):
                raise Unreadable("a key that is neither text nor a number")
            found[key] = self.value(depth + 1)
        self.at += 1
        return found
