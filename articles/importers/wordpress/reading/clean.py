"""Unicode of an export, cleaned: NFC, no control characters, and no invisible ones in names."""

import re
import unicodedata

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# The same in UTF-8, where it is found in a tenth of the time, without those that XML itself forbids.
IN_UTF_8 = re.compile(b"\xc2[\x80-\x9f]")
# Format characters: marks and overrides of direction, zero-width spaces, soft hyphens, byte order marks.
# U+200C and U+200D are looked at one by one, because some scripts and emoji need them.
INVISIBLE = re.compile(
    "[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
JOINERS = "\u200c\u200d"


def clean_text(text: str) -> str:
    """For bodies and values: only control characters go, and backslashes stay as they are."""
    if text.isascii() and "\x7f" not in text:
        return text
    data = text.encode()
    if b"\x7f" in data or IN_UTF_8.search(data):
        text = CONTROLS.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_name(text: str) -> str:
    """For names, slugs and logins: also without invisible characters, and without space at the ends."""
    text = clean_text(text)
    return (text if text.isascii() else INVISIBLE.sub(joiner_or_nothing, text)).strip()


def joiner_or_nothing(match: re.Match[str]) -> str:
    """A joiner stays between two characters that it can join: letters of such scripts, or emoji."""
    mark, text = match[0], match.string
    if mark not in JOINERS or match.start() == 0 or match.end() == len(text):
        return ""
    return mark if all(is_joined(each) for each in (text[match.start() - 1], text[match.end()])) else ""


def is_joined(character: str) -> bool:
    """Letters, marks and emoji, except the letters of ASCII, which a joiner only makes look alike."""
    return not character.isascii() and unicodedata.category(character)[0] in "LMS"
