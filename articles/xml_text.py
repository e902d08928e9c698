"""XML, written by hand: always escaped, and without the characters that no XML can hold."""

import re

# Everything but what XML 1.0 takes, and the control characters from 7F to 9F, which it advises against.
UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
VALUE_ESCAPES = ESCAPES | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def without_unfit(text: str) -> str:
    return UNFIT.sub("", text)


def element(name: str, text: str = "", **attributes: str) -> str:
    """An element that holds text. An attribute's name is written as `xml_lang` for `xml:lang`; one that is
    empty is left out."""
    return holding(name, without_unfit(text).translate(ESCAPES), **attributes)


def holding(name: str, inner: str, **attributes: str) -> str:
    """An element that holds other XML."""
    values = "".join(
        f' {key.replace("_", ":")}="{without_unfit(value).translate(VALUE_ESCAPES)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{values}>{inner}</{name}>\n" if inner else f"<{name}{values}/>\n"
