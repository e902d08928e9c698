"""Text → words as the index has them. Articles and questions pass through the same functions, on every
database.

A word is written without case, accents and apostrophes, with ß as ss and full width as half. It is indexed
in that form, “plainly”, and by the stem that it has in the language of its text, with a `~` before it.
Chinese, Japanese, Korean, Thai and others write no spaces between words. Their texts are indexed as
overlapping pairs of characters; the last character of a run stands alone besides, so that one character is
found as the beginning of a pair."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from Stemmer import Stemmer

LONGEST_WORD = 60
# Words of a language whose forms are kept, twice.
MOST_KNOWN = 16_384
STEM = "~"
# Stands for any way to write an apostrophe inside a word.
APOSTROPHES = "'’‘ʼʻ＇′`´"
MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
# Soft hyphen and joiners stand inside words and are no part of them.
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"
WORD = re.compile(rf"(?:[^\W_][{MARKS}{INVISIBLE}]*|[{APOSTROPHES}](?=[^\W_]))+")
# Scripts without spaces between words, and Korean, which has them between phrases: Thai, Lao, Burmese, Khmer,
# Hangul, Kana, Han.
PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
# A character with its marks; half-width Kana write theirs as letters.
UNIT = re.compile(rf"[{PAIRED}][{MARKS}\uff9e\uff9f]*")
RUNS = re.compile(rf"(?P<paired>(?:{UNIT.pattern})+)|[^{PAIRED}]+")
# What makes a text of more than plain words; and the words of one that has nothing of it.
DIVIDED = re.compile(rf"[{MARKS}{INVISIBLE}{PAIRED}]")
PLAIN_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t"}
    | dict.fromkeys(APOSTROPHES + INVISIBLE)
)
# Language → the name of its stemmer.
STEMMERS = dict(
    pair.split(":")
    for pair in (
        "ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english eo:esperanto es:spanish "
        "et:estonian eu:basque fa:persian fi:finnish fr:french ga:irish hi:hindi hu:hungarian hy:armenian "
        "id:indonesian it:italian lt:lithuanian nb:norwegian ne:nepali nl:dutch nn:norwegian no:norwegian "
        "pl:polish pt:portuguese ro:romanian ru:russian sr:serbian sv:swedish ta:tamil tr:turkish"
    ).split()
)


class Mine(threading.local):
    def __init__(self) -> None:
        self.stemmers: dict[str, Stemmer | None] = {}


_mine = Mine()


class Forms(NamedTuple):
    """A word as the index has it: plainly, and in other forms that lead to it too. The number is made from
    the plain form and the same in every process, for those who store words that stand side by side."""

    plain: str
    others: tuple[str, ...] = ()
    number: int = 0


def made(plain: str, others: tuple[str, ...] = ()) -> Forms:
    return Forms(plain, others, number_of(plain))


def number_of(plain: str) -> int:
    return crc32(plain.encode()) & 0xFFFF


class Token(NamedTuple):
    """A word, or a pair of characters, and where it stands in the text as it was written."""

    forms: Forms
    start: int
    end: int
    is_paired: bool = False


class KnownForms(dict[str, Forms]):
    """Word → its forms in one language, for the words that came before. Looking one up takes a fraction of
    the time that an lru_cache takes, and an index of a million articles looks up a billion.

    If there are too many, those that have come since the last time are kept beside, and those of before are
    forgotten. So a word that comes often is always known."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.before: dict[str, Forms] = {}

    def __missing__(self, word: str) -> Forms:
        if len(self) >= MOST_KNOWN:
            self.before = dict(self)
            self.clear()
        found = self[word] = self.before.get(word) or forms(word, self.language)
        return found


def tokens(text: str, language: str) -> Iterator[Token]:
    known = known_forms(language)
    for word in words_in(text):
        if word[0].isascii():
            yield Token(known[word[0]], word.start(), word.end())
        else:
            yield from runs(word[0], known, word.start())


def words_in(text: str) -> Iterator[re.Match]:
    """As they are written. Most texts have no marks, and are divided in a fraction of the time."""
    return (PLAIN_WORD if is_plain(text) else WORD).finditer(text)


def is_plain(text: str) -> bool:
    """Whether no word in it has marks, or is cut into pairs."""
    return text.isascii() or not DIVIDED.search(text)


def words(text: str, language: str) -> list[Forms]:
    """The forms of all tokens, without their places."""
    known = known_forms(language)
    if is_plain(text):
        return [known[word] for word in PLAIN_WORD.findall(text)]
    found: list[Forms] = []
    for word in WORD.findall(text):
        if word.isascii():
            found.append(known[word])
        else:
            found += (token.forms for token in runs(word, known, 0))
    return found


def runs(word: str, known: KnownForms, offset: int) -> Iterator[Token]:
    """A word that may be written in several scripts, and in some that are cut into pairs."""
    for run in RUNS.finditer(word):
        start = offset + run.start()
        if run["paired"]:
            yield from pairs(run[0], start)
        elif (found := known[run[0]]).plain:
            yield Token(found, start, start + len(run[0]))


def pairs(run: str, offset: int) -> Iterator[Token]:
    units = [(folded(unit[0]), offset + unit.start(), offset + unit.end()) for unit in UNIT.finditer(run)]
    for (first, start, _), (second, _, end) in zip(units, units[1:], strict=False):
        yield Token(made(first + second), start, end, is_paired=True)
    last, start, end = units[-1]
    yield Token(made(last), start, end, is_paired=True)


@lru_cache(maxsize=32)
def known_forms(language: str) -> KnownForms:
    return KnownForms(language)


def forms(word: str, language: str) -> Forms:
    """“Fathom’s” is found as fathoms, as fathom and by its stem, “l’école” as lecole and as ecole."""
    return forms_of_ascii(word, language) or forms_of_any(word, language)


def forms_of_ascii(word: str, language: str) -> Forms | None:
    """The same as for any word, in a tenth of the time; None if the word is not of that kind. Every article
    has some words that none before it had."""
    if not (word.isascii() and word.isalnum() and len(word) <= LONGEST_WORD):
        return None
    plain = word.lower()
    stemmer = stemmer_of(language)
    stem = plain if stemmer is None else stemmer.stemWord(plain)
    if not (stem.isascii() and stem.isalnum()):
        return None
    return made(plain, () if stem == plain else (STEM + stem,))


def forms_of_any(word: str, language: str) -> Forms:
    plain = folded(word)
    parts = [part for part in APOSTROPHE.split(word) if part]
    bases = [word, *parts] if len(parts) > 1 else [word]
    found = dict.fromkeys(part for part in map(folded, parts) if len(part) > 1)
    for base in bases:
        found |= dict.fromkeys(STEM + stem for stem in stems(base, language) if stem not in (plain, *found))
    found.pop(plain, None)
    return made(plain, tuple(found))


def stems(word: str, language: str) -> list[str]:
    """Of the word as it is written, which is what stemmers know, and of its plain form, because readers leave
    accents out."""
    stemmer = stemmer_of(language)
    if stemmer is None:
        return []
    written = unicodedata.normalize("NFC", word).lower().replace("’", "'")
    return list(dict.fromkeys([folded(stemmer.stemWord(written)), stemmer.stemWord(folded(word))]))


def stemmer_of(language: str) -> Stemmer | None:
    """One for each thread, because a stemmer can't be used by two at once."""
    stemmers = _mine.stemmers
    if language not in stemmers:
        name = STEMMERS.get(language.partition("-")[0])
        # Without the words that PyStemmer would remember: KnownForms does, and to look a new word up there
        # takes three times as long as to find its stem.
        stemmers[language] = name and Stemmer(name, 0)
    return stemmers[language]


@lru_cache(maxsize=8_192)
def folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold().translate(LETTERS)
    if not decomposed.isascii():
        decomposed = unicodedata.normalize("NFKD", decomposed)
        bare = "".join(character for character in decomposed if not is_accent(character))
        decomposed = unicodedata.normalize("NFC", bare)
    return "".join(filter(is_kept, decomposed))[:LONGEST_WORD]


def is_accent(character: str) -> bool:
    """Accents, and the points of Hebrew and Arabic. The signs of Indian scripts and Thai are letters to their
    readers; their classes lie below and between."""
    place = unicodedata.combining(character)
    return 10 <= place < 84 or place > 132


def is_kept(character: str) -> bool:
    """Some signs come apart into several that are no letters, such as ℀ into a/c."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")
