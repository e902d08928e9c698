"""One language of a text that has several, as qTranslate and WPML's early versions write them.

<!--:fr-->Sous le ciel<!--:--><!--:en-->Under heaven<!--:-->        [:fr]Sous le ciel[:en]Under heaven[:]
"""

import re

from .result import Findings, Kind

SIGN = re.compile(r"<!--:([a-z]{2}(?:-[a-z]{2})?)?-->|\[:([a-z]{2})?\]", re.IGNORECASE)


def one_language(text: str, wanted: str) -> str:
    """The same for a headline and other short texts, of which nothing is told."""
    return in_language(text, wanted, Findings())


def in_language(text: str, wanted: str, findings: Findings) -> str:
    """The text in that language, or in the first that it has; what is in none belongs to all."""
    if "<!--:" not in text and "[:" not in text:
        return text
    parts = list(_parts(text))
    languages = list(dict.fromkeys(language for language, _ in parts if language))
    if not languages:
        return text
    taken = wanted.lower() if wanted.lower() in languages else languages[0]
    for language in languages:
        if language != taken:
            example = next(part for name, part in parts if name == language)
            findings.leave_out(Kind.LANGUAGE, language, example)
    return "".join(part for language, part in parts if language in ("", taken))


def _parts(text: str) -> list[tuple[str, str]]:
    parts, language, done = [], "", 0
    for sign in SIGN.finditer(text):
        parts.append((language, text[done : sign.start()]))
        language, done = (sign[1] or sign[2] or "").lower(), sign.end()
    parts.append((language, text[done:]))
    return parts
