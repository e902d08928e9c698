"""XML, written by hand: always escaped, and without the characters that no XML can hold."""

import re

# Everything but what XML 1.0 takes, and the control characters from 7F to 9F, which it advises against.
UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
VALUE_ESCAPES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def without_unfit(text: str) -> str:
    return UNFIT.sub("", text)


def escaped(text: str) -> str:
    # str.translate takes ten times as long for a text with letters beyond ASCII.
    return without_unfit(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_value(text: str) -> str:
    text = escaped(text)
    for character, reference in VALUE_ESCAPES.items():
        text = text.replace(character, reference)
    return text


def element(name: str, text: str = "", **attributes: str) -> str:
    """An element that holds text. An attribute's name is written as `xml_lang` for `xml:lang`; one that is
    empty is left out."""
    return holding(name, escaped(text), **attributes)


def holding(name: str, inner: str, **attributes: str) -> str:
    """An element that holds other XML."""
    values = "".join(
        f' {key.replace("_", ":")}="{escaped_value(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{values}>{inner}</{name}>\n" if inner else f"<{name}{values}/>\n"
