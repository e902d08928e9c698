"""Finds the comments with which WordPress begins and ends a block, in one pass.

<!-- wp:heading {"level":3} --> … <!-- /wp:heading -->      <!-- wp:calendar /-->
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SIGN = "<!-- wp:"
# Control characters, of which the text itself has none any more, and halves of surrogate pairs, which no file
# can hold.
NO_CHARACTERS = re.compile(
    r"\\u00[01][0-9a-f]|\\[bf]"
    r"|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}",
    re.IGNORECASE,
)
NAME = re.compile(r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?")


@dataclass(frozen=True, slots=True)
class Delimiter:
    name: str
    # The comment as it was written.
    text: str
    json: str = ""
    is_end: bool = False
    # A block without content, which the server filled.
    is_alone: bool = False

    @property
    def attrs(self) -> dict[str, Any]:
        """What the block was set to; nothing if that can't be read."""
        try:
            found = json.loads(NO_CHARACTERS.sub(" ", self.json)) if self.json else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def pieces(body: str) -> Iterator[str | Delimiter]:
    """Text and delimiters in their order. Other comments are text."""
    done = at = 0
    while (start := body.find("<!--", at)) >= 0:
        end = body.find("-->", start + 4)
        if end < 0:
            break
        at = end + 3
        delimiter = parse(body[start:at])
        if delimiter is not None:
            if start > done:
                yield body[done:start]
            yield delimiter
            done = at
    if done < len(body):
        yield body[done:]


def parse(comment: str) -> Delimiter | None:
    text = comment[4:-3].strip()
    is_end = text.startswith("/wp:")
    name = NAME.match(text, 4 if is_end else 3) if is_end or text.startswith("wp:") else None
    if name is None:
        return None
    rest = text[name.end() :]
    if rest[:1] not in ("", " ", "\t", "\n", "/", "{"):
        return None
    is_alone = rest.endswith("/")
    settings = rest.removesuffix("/").strip()
    return Delimiter(_present(name[0]), comment, settings, is_end, is_alone)


def _present(name: str) -> str:
    """Until WordPress 5.5 there was a block for each provider of embeds."""
    return "embed" if name.startswith("core-embed/") else name.removeprefix("core/")
