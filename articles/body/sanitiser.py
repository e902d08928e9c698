"""Any HTML → the body as it is stored. Sanitising what is stored already changes nothing."""

from dataclasses import dataclass

from articles.body.incoming.anchors import settle
from articles.body.incoming.languages import lift
from articles.body.incoming.paste import clean, fragment
from articles.body.incoming.plain import as_html
from articles.body.incoming.reading import read

from .allowlist import STORED
from .blocks import Block
from .notes import Losses, cleaned_line, notes
from .writing import Writer

# nh3's parser takes a time that grows with the square of the number of references (&amp;) in a text: half
# a minute for a million. So while it looks, a control character stands for each; readable() has left no
# other in any text.
REFERENCES = {"\x01": "&amp;", "\x02": "&lt;", "\x03": "&gt;", "\x04": "&nbsp;"}


@dataclass(frozen=True, slots=True)
class Sanitised:
    html: str
    # For the editor, in plain words: what was left out, and what to do about it.
    notes: tuple[str, ...] = ()
    # A sentence about what nobody will miss, such as comments and tracking; empty if there was none.
    cleaned: str = ""


def sanitise(html: str) -> str:
    return sanitise_with_notes(html).html


def sanitise_with_notes(html: str) -> Sanitised:
    blocks, losses = blocks_of(html)
    return Sanitised(stored(blocks), tuple(notes(losses)), cleaned_line(losses))


def notes_on(html: str) -> tuple[str, ...]:
    """The notes alone, which takes less than to write the body, too."""
    return tuple(notes(blocks_of(html)[1]))


def blocks_of(html: str) -> tuple[list[Block], Losses]:
    blocks, losses = read(as_html(fragment(html)))
    body = Block("body", children=blocks)
    clean(body)
    # Without a mark whose note is gone, a paragraph may be empty, and its id be gone too.
    while settle(body, losses):
        clean(body)
    lift(body)
    return body.children, losses


def stored(blocks: list[Block]) -> str:
    return stored_from(blocks)[0]


def stored_from(blocks: list[Block]) -> tuple[str, bool]:
    """The HTML as it is stored, and whether it holds everything that is in the blocks: whether the allowlist
    had nothing to take away."""
    written = StoredWriter().write(blocks)
    html = STORED.clean(written)
    is_whole = html == written
    for mark, reference in REFERENCES.items():
        html = html.replace(mark, reference)
    return html, is_whole


class StoredWriter(Writer):
    text_escapes = tuple((sign, mark) for mark, sign in zip(REFERENCES, "&<>\xa0", strict=True))
