"""Characters that no reader can read or see, and those an old Windows program meant."""

import re
from html import unescape

# Control characters, half surrogates and non-characters: databases refuse some, parsers drop others.
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ud800-\udfff\ufeff\ufffe\uffff]")
# U+0080 to U+009F hold nothing printable; where they occur, they were bytes of Windows-1252 ("smart quotes").
WINDOWS = {0x0B: " "} | {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# All that is taken away or put right.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

# Thai, Lao, Tibetan, Burmese and Khmer have no spaces between words; there a zero-width space says where a
# line may be broken.
UNSPACED = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f"
# In the Arabic, Syriac, Mongolian and Indian scripts joiners change how letters are drawn, and in emoji they
# make one picture of several.
JOINED = (
    UNSPACED + r"\u0600-\u07ff\u0840-\u0dff\u1800-\u18af\ua840-\ua9df\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefe"
    r"\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f"
    r"\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e007f"
)
# Soft hyphens, word joiners, invisible signs of formulas, letters of hidden tags (flags of regions need
# those), and joiners and zero-width spaces where no script needs them.
INVISIBLE = re.compile(
    r"[\u00ad\u2060-\u2064\u206a-\u206f\ufff9-\ufffb]"
    rf"|(?<![{JOINED}])[\u200c\u200d](?![{JOINED}])"
    rf"|(?<![{UNSPACED}])\u200b|\u200b(?![{UNSPACED}])"
    r"|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+"
)
# Every character that INVISIBLE takes away is one of these; looking for them takes a tenth of the time.
MAYBE_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")

# A single space is one already, and there are many.
WHITE_SPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]{2,}|[\t\n\r\f\v\u2028\u2029]")

# The highest character has seven digits. Python refuses to read a number of thousands.
ENDLESS_REFERENCE = re.compile(r"&#[0-9]{1000,};?")


def unescaped(text: str) -> str:
    """The text with its references decoded, whatever number one of them has. As in browsers, a number of no
    character becomes U+FFFD."""
    return unescape(ENDLESS_REFERENCE.sub("\ufffd", text))


def readable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return UNREADABLE.sub("", text).translate(WINDOWS) if UNFIT.search(text) else text


def visible(text: str) -> str:
    """The text without characters that nobody can see and no script needs."""
    return text if text.isascii() or not MAYBE_INVISIBLE.search(text) else INVISIBLE.sub("", text)


def one_space_for_several(text: str) -> str:
    """Of all white space, Python calls only the space printable; so most texts need not be searched."""
    return text if text.isprintable() and "  " not in text else WHITE_SPACE.sub(" ", text)


def one_line(value: str) -> str:
    """An attribute that a reader reads, such as an alt text."""
    return one_space_for_several(visible(value)).strip()
