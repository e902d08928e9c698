"""Cleans plain text before it is stored."""

import re
import unicodedata

# Control characters that no text needs: PostgreSQL refuses NUL, XML (feeds) refuses the rest.
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain_text(text: str) -> str:
    """The text without control characters, with \\n as line ends, in composed form (NFC)."""
    text = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    return " ".join(plain_text(text).split())
