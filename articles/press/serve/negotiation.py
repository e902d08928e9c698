"""Reads from headers and query what a request asks for. Pure functions of text."""

import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

# Query names that meant another page on the sites that move here. With any other name in the query
# (utm_source, fbclid …) the same printed page is answered. nginx.conf has the same list; a test compares
# them.
OTHER_PAGES = frozenset(
    [
        *("p", "page_id", "attachment_id", "cat", "category_name", "tag", "author", "author_name", "name"),
        *("pagename", "m", "year", "monthnum", "day", "paged", "feed", "s", "amp", "noamp", "nonamp"),
    ]
)
CHOICE = re.compile(r"(?:^|[;,\s])site_version=")
CODING = re.compile(r"\s*(br|gzip|x-gzip|\*)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?", re.IGNORECASE)
# The order of our preference, if a client likes several equally: brotli makes the smallest pages.
CODINGS = ("br", "gzip")


@lru_cache(maxsize=512)
def accepted_coding(header: str) -> str:
    """What an Accept-Encoding header prefers (RFC 9110, 12.5.3): "br", "gzip", or "" for neither."""
    qualities: dict[str, float] = {}
    for match in map(CODING.fullmatch, header.split(",")):
        if match:
            qualities[match[1].lower().removeprefix("x-")] = float(match[2] or 1)
    wanted = {coding: qualities.get(coding, qualities.get("*", 0.0)) for coding in CODINGS}
    best = max(CODINGS, key=wanted.__getitem__)
    return best if wanted[best] > 0 else ""


def has_choice(cookies: str) -> bool:
    """Whether this reader has chosen a site version, so that their pages look different."""
    return "site_version=" in cookies and CHOICE.search(cookies) is not None


@lru_cache(maxsize=512)
def asks_for_another_page(query: str) -> bool:
    names = (part.partition("=")[0] for part in re.split("[&;]", query[:8000]))
    return any(unquote_plus(name) in OTHER_PAGES for name in names)


def is_unchanged(environ: dict[str, Any], etag: str, modified: int) -> bool:
    """Whether the reader's copy is this one (RFC 9110, 13.1: If-None-Match goes first)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in known.split(","))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if not since:
        return False
    try:
        return modified <= int(parsedate_to_datetime(since).timestamp())
    except (TypeError, ValueError, OverflowError):
        return False
