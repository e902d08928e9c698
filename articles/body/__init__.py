"""Bodies of articles: HTML in, HTML out, nothing else read or written.

`as_stored` makes what is stored: sanitised, its headings with ids that stay. `prepare` makes what readers
get.
"""

from .blocks import RESERVED_IDS
from .embeds import FRAME_HOSTS, Embed, find_embed
from .page import Picture, Prepared, Words, prepare
from .parts import Part, as_stored, contents_list, number_parts, outline
from .sanitiser import Sanitised, sanitise, sanitise_with_notes
from .statistics import reading_minutes, word_count
from .text import excerpt, plain_text

__all__ = [
    "FRAME_HOSTS",
    "RESERVED_IDS",
    "Embed",
    "Part",
    "Picture",
    "Prepared",
    "Sanitised",
    "Words",
    "as_stored",
    "contents_list",
    "excerpt",
    "find_embed",
    "number_parts",
    "outline",
    "plain_text",
    "prepare",
    "reading_minutes",
    "sanitise",
    "sanitise_with_notes",
    "word_count",
]
