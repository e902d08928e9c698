"""Words of addresses, in any script.

Python's \\w has letters and digits, but not the marks that stand with them: without its vowel signs
“हिंदी में” would become “हद-म”.
"""

import re
import unicodedata

# Marks that say how a sign is drawn, or nothing at all.
NOT_KEPT = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
MOST_MARKS = 4  # on a letter; no script needs more


def _ranges() -> str:
    """All combining marks, as ranges for a regular expression. Above these numbers there are only variants
    of signs."""
    marks = {
        number
        for number in range(0x300, 0x1F000)
        if unicodedata.category(chr(number)) in ("Mn", "Mc") and not is_variant(chr(number))
    }
    starts = sorted(number for number in marks if number - 1 not in marks)
    ends = sorted(number for number in marks if number + 1 not in marks)
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))


def is_variant(character: str) -> bool:
    return character in NOT_KEPT or "\ufe00" <= character <= "\ufe0f"


MARKS = _ranges()
# What words are made of besides hyphens, to be put between [ and ] of a regular expression.
WORD = rf"\w{MARKS}"
SLUG = re.compile(f"[{WORD}-]+")

_DROPPED = re.compile(rf"[^{WORD}\s-]")
_GAPS = re.compile(r"[-\s]+")
_ALONE = re.compile(f"(?<![^\\W_]|[{MARKS}])[{MARKS}]+")
_HEAPED = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")


def slug_of(text: str) -> str:
    """The text as a word of an address: small letters, their marks, digits and hyphens. Empty if it has no
    letter and no digit."""
    # The dot that is left of a large İ is no mark of its own.
    text = unicodedata.normalize("NFKC", text).lower().replace("i\u0307", "i")
    text = _HEAPED.sub(r"\1", _ALONE.sub("", _DROPPED.sub("", text)))
    return _GAPS.sub("-", text).strip("-_")


def cut(word: str, start: str) -> str:
    """The beginning `start` of the word, without a letter at its end whose marks would be left out."""
    end = len(start)
    while 0 < end < len(word) and re.match(f"[{MARKS}]", word[end]):
        end -= 1
    return word[:end]
