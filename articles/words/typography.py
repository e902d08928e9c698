"""Quotation marks, dashes and spaces as the language of a text has them, instead of those of a typewriter.

What is right already stays, and so does what is no prose: web addresses, sizes such as 6'2", single hyphens.
In a language that is not in the table only doubled spaces are taken out, because a wrong sign is worse than a
plain one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

HARD, THIN = "\xa0", "\u202f"
ELLIPSIS, APOSTROPHE, EN_DASH, EM_DASH = "…", "’", "–", "—"


class Style(NamedTuple):
    """The signs of one language. `double` and `single` are what straight marks of the two kinds become."""

    double: str = "“”"
    single: str = "‘’"
    # Between words, and with spaces at its sides.
    dash: str = EN_DASH
    # What two hyphens without spaces become.
    closed_dash: str = f" {EN_DASH} "
    # Whether spaces stand before ; : ! ? and inside quotation marks.
    spaces: bool = False
    # Words that begin with an apostrophe.
    shortened: tuple[str, ...] = ()


# By the code of the language, with the country where that makes a difference.
ENGLISH = ("tis", "twas", "em", "til", "cause", "n")
STYLES = {
    "da": Style("»«", "›‹"),
    "de": Style("„“", "‚‘"),
    "de-ch": Style("«»", "‹›"),
    "en": Style(shortened=ENGLISH),
    "en-us": Style(closed_dash=EM_DASH, shortened=ENGLISH),
    "es": Style("«»", "“”"),
    "fi": Style("””", "’’"),
    "fr": Style("«»", "“”", spaces=True),
    "id": Style(),
    "it": Style("«»", "“”"),
    "nl": Style(),
    "nb": Style("«»", "‘’"),
    "pl": Style("„”", "«»"),
    "pt": Style(),
    "ru": Style("«»", "„“", EM_DASH, f" {EM_DASH} "),
    "sv": Style("””", "’’"),
    "tr": Style(),
    "uk": Style("«»", "“”", EM_DASH, f" {EM_DASH} "),
    "vi": Style(),
}

ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")
# What may stand beside an address and is no part of it.
EDGES = "\"'()[]{}«»“”„‘’‚.,;:!?"
MORE_SPACES = re.compile(r"(?<= ) +")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
# A hyphen between two spaces; two hyphens between words, also with spaces.
SPACED_DASH = re.compile(r"(?<= )--?(?= )")
CLOSED_DASH = re.compile(r"(?<=\w)--(?=\w)")
YEARS = re.compile(r"(?<![\w-])(1\d{3}|20\d\d)-(1\d{3}|20\d\d)(?![\w-])")
OPENING = "([{«„“‘‚‹¿¡/—–-:\"'"
# A single mark with which a quotation may end.
CLOSING = re.compile(r"(?<=\S)'(?!\w)")
WORD = re.compile(r"\w+")
# A year without its century, or the decade.
SHORT_YEAR = re.compile(r"\d\ds?")


def style_of(language: str) -> Style | None:
    code = language.lower().replace("_", "-")
    return STYLES.get(code) or STYLES.get(code.partition("-")[0])


def typographic(text: str, language: str) -> str:
    return "".join(signs(text, language))


def signs(text: str, language: str, kept: Sequence[tuple[int, int]] = ()) -> list[str]:
    """What each character of the text becomes; none is left out of the list. Those of `kept`, pairs of the
    first place and the one after the last, stay what they are, and so do addresses."""
    made = list(text)
    for place in (place for match in MORE_SPACES.finditer(text) for place in range(*match.span())):
        made[place] = ""
    spans = [*kept, *addresses(text)]
    if style := style_of(language):
        left_alone = {place for span in spans for place in range(*span)}
        for start, end, sign in (*dashes(text, style), *quotation_marks(text, style, left_alone)):
            made[start:end] = [sign, *[""] * (end - start - 1)]
        if style.spaces:
            put_spaces(made)
    for start, end in spans:
        made[start:end] = text[start:end]
    return made


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where web addresses and those of mail stand."""
    for match in ADDRESS.finditer(text):
        start = match.end() - len(match[0].lstrip(EDGES))
        yield start, max(start, match.start() + len(match[0].rstrip(EDGES)))


def dashes(text: str, style: Style) -> Iterator[tuple[int, int, str]]:
    for match in DOTS.finditer(text):
        yield *match.span(), ELLIPSIS
    for match in SPACED_DASH.finditer(text):
        yield *match.span(), style.dash
    for match in CLOSED_DASH.finditer(text):
        yield *match.span(), style.closed_dash
    for match in YEARS.finditer(text):
        if match[1] < match[2]:
            yield match.end(1), match.start(2), EN_DASH


def quotation_marks(text: str, style: Style, left_alone: set[int]) -> Iterator[tuple[int, int, str]]:
    """What straight marks become. One stays that may mean inches, feet or minutes, or is part of a Hebrew
    word."""
    is_open = {'"': False, "'": False}
    last_closing = max((match.start() for match in CLOSING.finditer(text)), default=-1)
    for place, sign in enumerate(text):
        if sign not in is_open or place in left_alone:
            continue
        before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
        opening, closing = style.double if sign == '"' else style.single
        if is_measure(sign, before, after) and not is_open[sign]:
            continue
        may_open = last_closing > place and not is_shortened(text, place + 1, style)
        if sign == "'" and is_apostrophe(before, after, is_open=is_open[sign], may_open=may_open):
            yield place, place + 1, APOSTROPHE
        elif is_open[sign] or not begins(before, after):
            is_open[sign] = False
            yield place, place + 1, closing
        else:
            is_open[sign] = True
            yield place, place + 1, opening


def is_measure(sign: str, before: str, after: str) -> bool:
    return (before.isdigit() and not after.isalpha()) or (
        sign == '"' and before.isalnum() and after.isalnum()
    )


def is_apostrophe(before: str, after: str, *, is_open: bool, may_open: bool) -> bool:
    """Whether a single mark is one: within a word, or where letters are left out at its beginning or end."""
    if begins(before, after):
        return not is_open and not may_open
    return after.isalnum() or not is_open


def is_shortened(text: str, place: int, style: Style) -> bool:
    """Whether the word at that place is one that has lost its beginning, such as ’tis or ’90s."""
    word = WORD.match(text, place)
    return bool(word and (SHORT_YEAR.fullmatch(word[0]) or word[0].lower() in style.shortened))


def begins(before: str, after: str) -> bool:
    """Whether a mark between the two stands where a quotation begins."""
    return (not before or before.isspace() or before in OPENING) and bool(after) and not after.isspace()


def put_spaces(made: list[str]) -> None:
    """The spaces that don't break before ; : ! ? and inside « », in place."""
    for place, sign in enumerate(made):
        if sign in (";", ":", "!", "?", "»"):
            space_before(made, place, HARD if sign in ":»" else THIN)
        elif sign == "«":
            after = next((at for at in range(place + 1, len(made)) if made[at]), None)
            if after is not None and made[after] in (" ", HARD, THIN):
                made[after] = HARD
            else:
                made[place] = f"«{HARD}"


def space_before(made: list[str], place: int, space: str) -> None:
    """Only after a word and at the end of one: not in 10:30, before the second sign of ?! or where a line
    begins."""
    before = place_before(made, place)
    after = next((made[at] for at in range(place + 1, len(made)) if made[at]), " ")
    is_in_word = after[0].isalnum() or after[0] in "/-" or (made[place] == ":" and after[0] == ")")
    if before is None or (is_in_word and made[place] != "»"):
        return
    if made[before] in (" ", HARD, THIN):
        # The space after « is that of the mark.
        opening = place_before(made, before)
        if opening is None or made[opening] != "«":
            made[before] = space
    elif made[before][-1] not in "([{!?:;«" + HARD + THIN:
        made[place] = space + made[place]


def place_before(made: list[str], place: int) -> int | None:
    """That of the last character before it that is not taken out."""
    return next((at for at in range(place - 1, -1, -1) if made[at]), None)
