"""Finds a font that has every character of a text, so that no drawing ever shows boxes.

The font that is shipped has Latin, Greek and Cyrillic: Source Serif Pro, under the SIL Open Font License. For
other scripts the fonts of the host are looked at, in the folder that settings name. They are found by the
names that the Noto fonts and their like have: NotoNaskhArabic-Bold.ttf, NotoSerifThai-Bold.ttf.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont, features

from articles.conf import fonts_folder

SHIPPED = Path(__file__).parent / "fonts" / "SourceSerifPro-Bold.ttf"
# What stands in the names of fonts, for the words with which Unicode's names of letters begin.
CALLED = {"cjk": "cjk", "hiragana": "cjk", "katakana": "cjk", "hangul": "cjk", "halfwidth": "cjk"}
# Fonts with many scripts, for texts that mix two.
BROAD = ("dejavusans-bold", "freeserifbold")
ENDINGS = {".ttf", ".otf", ".ttc"}
# Joiners, marks of direction, soft hyphens and variation selectors. None of them is drawn.
INVISIBLE = {"Cf", "Cc", "Zs"}
SELECTORS = range(0xFE00, 0xFE10)


def font_for(text: str) -> Path | None:
    """The file of a font that has all characters of the text and can set them. None if there is none."""
    needed = frozenset(ord(letter) for letter in text if is_drawn(letter))
    return next((file for file in candidates(text) if needed <= characters(file)), None)


def at_size(file: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, pixels)


def is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in INVISIBLE and ord(letter) not in SELECTORS


def candidates(text: str) -> Iterator[Path]:
    yield SHIPPED
    # Without Raqm, Pillow sets letters one by one from the left: Arabic and Devanagari would be misspelt.
    if not features.check("raqm"):
        return
    for word in (*scripts(text), *BROAD):
        found = [file for file in installed() if word in file.stem.lower()]
        # Bold before regular, with serifs before without, and short names before variants.
        yield from sorted(found, key=preference)


def preference(file: Path) -> tuple[bool, bool, int, str]:
    name = file.stem.lower()
    return "bold" not in name, "serif" not in name and "naskh" not in name, len(name), name


def scripts(text: str) -> list[str]:
    """The scripts of its letters, as they stand in the names of fonts, the most frequent first."""
    words = [unicodedata.name(letter, "").split(" ")[0].lower() for letter in text if letter.isalpha()]
    found = [CALLED.get(word, word) for word in words if word]
    return sorted(set(found) - {"latin"}, key=found.count, reverse=True)


@lru_cache(maxsize=1)
def installed() -> tuple[Path, ...]:
    return tuple(file for file in sorted(fonts_folder().rglob("*")) if file.suffix.lower() in ENDINGS)


@lru_cache(maxsize=64)
def characters(file: Path) -> frozenset[int]:
    """The code points for which the font has a glyph; none for a file that can't be read as a font."""
    try:
        with TTFont(file, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()
