"""Breaks a text into lines of a width, and makes them about equally long."""

import unicodedata

from PIL.ImageFont import FreeTypeFont

# No line begins with one of these: marks that belong to the letter before, and closing punctuation.
CLOSING = frozenset(".,:;!?)]}»”’…、。，：；！？）】》」』")


def in_lines(text: str, font: FreeTypeFont, width: float) -> list[str]:
    lines = broken(text, font, width)
    narrow, wide = width / 2, width
    # The narrowest width that takes no more lines. A dozen steps bring it to the pixel.
    for _ in range(12):
        middle = (narrow + wide) / 2
        if len(broken(text, font, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return broken(text, font, wide)


def broken(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """Each line as long as fits. A word that is wider than a line is broken between letters, as are the
    scripts that have no spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        elif font.getlength(word) <= width:
            lines.append(word)
        else:
            lines += pieces(word, font, width)
    return list(filter(None, lines))


def pieces(word: str, font: FreeTypeFont, width: float) -> list[str]:
    found = [""]
    for cluster in clusters(word):
        if found[-1] and font.getlength(found[-1] + cluster) > width:
            found.append("")
        found[-1] += cluster
    return found


def clusters(word: str) -> list[str]:
    """Its letters, each with what must not be parted from it."""
    found: list[str] = []
    for letter in word:
        if found and (letter in CLOSING or unicodedata.category(letter)[0] == "M"):
            found[-1] += letter
        else:
            found.append(letter)
    return found
