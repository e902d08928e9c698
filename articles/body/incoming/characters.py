"""Characters that no reader can read, and those an old Windows program meant."""

import re

# Control characters, half surrogates and non-characters: databases refuse some, parsers drop others.
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ud800-\udfff\ufeff\ufffe\uffff]")
# U+0080 to U+009F hold nothing printable; where they occur, they were bytes of Windows-1252 ("smart quotes").
WINDOWS = {0x0B: " "} | {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def readable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return UNREADABLE.sub("", text).translate(WINDOWS)
