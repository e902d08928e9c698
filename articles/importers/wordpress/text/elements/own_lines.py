"""Paragraphs that are nothing but an address. Where our pages can show what is there, the address stays as it
is; elsewhere it becomes a link. Nothing is fetched."""

import re
from html import escape

from articles.body.embeds import find_embed
from articles.body.incoming.characters import unescaped
from articles.body.links import without_tracking
from articles.importers.wordpress.text.markup import element

PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>\s*(https?://[^\s<>\"]+)\s*</p>", re.IGNORECASE)


def with_own_lines(html: str) -> str:
    return PARAGRAPH.sub(_own_line, html) if "://" in html else html


def _own_line(found: re.Match[str]) -> str:
    address = unescaped(found[1])
    return embed_at(address) or element("p", {}, element("a", {"href": address}, found[1]))


def embed_at(address: str) -> str:
    """The paragraph of which our pages make an embed; empty if no provider of ours has that address."""
    embed = find_embed(address)
    return element("p", {}, escape(without_tracking(embed.url), quote=False)) if embed else ""
