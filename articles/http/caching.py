"""Answers that are the same for all readers: their ETag, their lifetime, and a 304 if nothing has changed."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from articles.conf import press_settings
from articles.models.addresses.paths import BREAKING
from articles.page_facts import PageFacts

NO_FACTS = PageFacts()
# Browsers and stores keep the file, and ask each time whether it has changed.
ALWAYS_ASKED = "no-cache"


def file_answer(
    request: HttpRequest, body: bytes | str, content_type: str, *, facts: PageFacts = NO_FACTS
) -> HttpResponse:
    """A feed, a sitemap, an icon or another file of the site, with the lifetime of printed pages."""
    response = HttpResponse(body, content_type=with_charset(content_type))
    response["Cache-Control"] = press_settings().cache_control
    response = validated(request, response)
    response.facts = facts
    return response


def lifetime_of(path: str) -> str:
    """Cache-Control of the printed page at that address. nginx has the same rule."""
    return ALWAYS_ASKED if path == BREAKING else press_settings().cache_control


def with_charset(content_type: str) -> str:
    """The value of the header Content-Type. Everything that the site sends as text is in UTF-8."""
    return content_type if content_type.startswith("image/") else f"{content_type}; charset=utf-8"


def short_answer(status: int, text: str) -> HttpResponse:
    """A line of text that asks no database, for addresses that many ask for and that have no page."""
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    # Not for the shelf: there is no end to such addresses.
    response["Cache-Control"] = "no-cache"
    return response


def validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with an ETag; a 304 if the reader has exactly this page already."""
    if response.status_code != 200:
        return response
    # Weak, because the same page is sent in several compressions.
    etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
