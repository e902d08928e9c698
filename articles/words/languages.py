"""In which languages readers' pages can speak.

The paper's language (LANGUAGE_CODE) is that of every page. What stands inside an article is in the article's
own language, if there is a catalogue for it in articles/locale; the words in the code are English.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import pgettext

from articles.conf import paper

from .dates import keeping

CATALOGUES = Path(__file__).parent.parent / "locale"
OF_THE_CODE = "en"


@lru_cache(maxsize=1)
def shipped() -> frozenset[str]:
    """ "de", "pt-br", "zh-hans" and so on."""
    folders = (each.parent.name for each in CATALOGUES.glob("*/LC_MESSAGES"))
    return frozenset({OF_THE_CODE, *(translation.to_language(name) for name in folders)})


def spoken(language: str) -> str:
    """The language in which a page can speak for texts in this one: itself, or without its territory; else
    the paper's."""
    code = language.lower()
    return code if {code, code.partition("-")[0]} & shipped() else paper().language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this, words and dates are in the language of an article, as far as there are words of it."""
    chosen = spoken(language)
    with translation.override(chosen), keeping(chosen):
        yield


def listed(names: Iterable[str], formatted: Callable[[str, dict], str] = str.__mod__) -> str:
    """ "Mara Ellis, Inés Prado and T. Lindqvist". `formatted` fills a pattern, for names that are HTML."""
    *first, last = [*names] or [""]
    if not first:
        return last
    before = first[0]
    for name in first[1:]:
        # Translators: joins all names but the last, two at a time: “A, B”, then “A, B, C”.
        before = formatted(pgettext("list of names", "%(first)s, %(next)s"), {"first": before, "next": name})
    return formatted(pgettext("list of names", "%(first)s and %(last)s"), {"first": before, "last": last})
