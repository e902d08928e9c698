"""Other spellings of what was typed, for words that no text has."""

import re
from collections.abc import Iterator

from .folding import folded
from .question import Question
from .vocabulary import likely

MOST_WORDS = 3


def other_spellings(text: str, question: Question, *, is_public: bool) -> Iterator[str]:
    """The text with known words instead of those that nobody has written, the likeliest first. Whoever
    takes one has to see whether it finds anything."""
    typed = [term.typed for term in question.terms if term.typed]
    known = {word: likely(folded(word), is_public=is_public) for word in typed[:MOST_WORDS]}
    known = {word: found for word, found in known.items() if found}
    for place in range(max(map(len, known.values()), default=0)):
        yield replaced(text, {word: found[min(place, len(found) - 1)] for word, found in known.items()})


def replaced(text: str, words: dict[str, str]) -> str:
    pattern = "|".join(re.escape(word) for word in words)
    return re.sub(pattern, lambda found: words[found[0]], text)
