"""Bodies of articles: HTML in, HTML out, nothing else read or written.

`as_stored` makes what is stored: sanitised, its headings with ids that stay. `prepare` makes what readers
get, but for its pictures, and `fill_pictures` puts those in.
"""

from articles.body.incoming.plain import is_html
from articles.body.outgoing.page import PREPARATION, Prepared, Words, prepare
from articles.body.outgoing.parts import Part, as_stored, contents_list, number_parts, outline
from articles.body.outgoing.placeholders import Picture, fill_pictures, pictures_named

from .blocks import RESERVED_IDS
from .embeds import FRAME_HOSTS, Embed, find_embed
from .sanitiser import Sanitised, notes_on, sanitise, sanitise_with_notes
from .statistics import reading_minutes, word_count
from .text import excerpt, plain_text, words_of

__all__ = [
    "FRAME_HOSTS",
    "PREPARATION",
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
    "fill_pictures",
    "find_embed",
    "is_html",
    "notes_on",
    "number_parts",
    "outline",
    "pictures_named",
    "plain_text",
    "prepare",
    "reading_minutes",
    "sanitise",
    "sanitise_with_notes",
    "word_count",
    "words_of",
]
