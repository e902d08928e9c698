"""IPTC's records, as agencies have written them since 1991: numbered fields of bytes.

The bytes are in the character set that record 1:90 names, with the escapes of ISO 2022. Most files name none:
those are UTF-8 if they can be, and else what Windows writes.
"""

from PIL import Image, IptcImagePlugin

CHARACTER_SET = (1, 90)
_FIELDS = {
    "caption": (2, 120),
    "creator": (2, 80),
    "credit": (2, 110),
    "origin": (2, 115),
    "copyright": (2, 116),
    "taken_on": (2, 55),
}
_SETS = {
    b"\x1b%G": "utf-8",
    b"\x1b%/G": "utf-8",
    b"\x1b%/H": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "latin-1",
    b"\x1b-A": "latin-1",
    b"\x1b-B": "iso8859-2",
    b"\x1b-C": "iso8859-3",
    b"\x1b-D": "iso8859-4",
    b"\x1b-L": "iso8859-5",
    b"\x1b-G": "iso8859-6",
    b"\x1b-F": "iso8859-7",
    b"\x1b-H": "iso8859-8",
    b"\x1b-M": "iso8859-9",
    b"\x1b-V": "iso8859-10",
    b"\x1b-T": "iso8859-11",
}
MOST_VALUES, LONGEST = 10, 2_000


def iptc_of(image: Image.Image) -> dict[str, str]:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    declared = records.get(CHARACTER_SET, b"")
    encoding = _SETS.get(declared if isinstance(declared, bytes) else b"")
    return {name: _text(records.get(field), encoding) for name, field in _FIELDS.items()}


def _text(value: bytes | list[bytes] | None, encoding: str | None) -> str:
    """Several photographers stand in several fields."""
    values = value if isinstance(value, list) else [value] if value else []
    return ", ".join(_decoded(each[:LONGEST], encoding) for each in values[:MOST_VALUES])


def _decoded(value: bytes, encoding: str | None) -> str:
    if encoding and encoding != "utf-8":
        return value.decode(encoding, errors="replace").strip()
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="replace").strip()
