"""The words of a text to which a note belongs: as they were marked, with what stood around them."""

import re
from dataclasses import dataclass
from typing import Self

from articles.publishing.shared.text import UNWANTED

MOST_MARKED = 2_000  # characters
AROUND = 40
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Words:
    """`before` and `after`: as much of the text as tells this place from others with the same words."""

    quote: str = ""
    before: str = ""
    after: str = ""

    @classmethod
    def cleaned(cls, quote: str, before: str = "", after: str = "") -> Self:
        """Nothing if nothing was marked. Of many words the beginning is kept, which says where they stand."""
        quote, before, after = (SPACES.sub(" ", UNWANTED.sub("", each)) for each in (quote, before, after))
        quote = quote.strip()
        if not quote:
            return cls()
        if len(quote) > MOST_MARKED:
            quote, after = quote[:MOST_MARKED], ""
        return cls(quote, before[-AROUND:], after[:AROUND])
