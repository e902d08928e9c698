"""The servers that are told of changes, and how each of them is told."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from articles.conf import TellingSettings, absolute, paper, telling_settings
from articles.models.addresses.paths import INDEXNOW_KEY

TIMEOUT = 10.0  # seconds for an answer
MOST_READ = 1000  # bytes of an answer


class TellingFailed(Exception):
    """The server has not taken it. It is told again later."""


class Service(Protocol):
    """A server that is told of changes. `at_once`: how many addresses it takes in one request."""

    name: str
    at_once: int

    def tell(self, paths: Sequence[str]) -> None:
        """TellingFailed if it did not confirm that."""


class Hub:
    """WebSub: the hub is told of each feed, fetches it and hands it to who has subscribed. How publishers
    tell a hub is not in the W3C's text. All hubs take what they took before it, a form with these two
    fields."""

    name, at_once = "websub", 1

    def __init__(self, address: str) -> None:
        self.address = address

    def tell(self, paths: Sequence[str]) -> None:
        for path in paths:
            form = urlencode({"hub.mode": "publish", "hub.url": absolute(path)})
            post(self.address, form, "application/x-www-form-urlencoded")


class IndexNow:
    """IndexNow (indexnow.org): one server passes it on to all search engines that take part."""

    name, at_once = "indexnow", 1000

    def __init__(self, address: str, key: str) -> None:
        self.address = address
        self.key = key

    def tell(self, paths: Sequence[str]) -> None:
        said = {
            "host": urlsplit(paper().url).netloc,
            "key": self.key,
            "keyLocation": absolute(INDEXNOW_KEY),
            "urlList": [absolute(path) for path in paths],
        }
        post(self.address, json.dumps(said), "application/json; charset=utf-8")


def services(settings: TellingSettings | None = None) -> list[Service]:
    """Those that the settings name."""
    settings = settings or telling_settings()
    found: list[Service] = []
    if settings.hub:
        found.append(Hub(settings.hub))
    if settings.indexnow_key:
        found.append(IndexNow(settings.indexnow_address, settings.indexnow_key))
    return found


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Following a redirect would turn the POST into a GET, which tells nobody anything."""

    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def post(address: str, text: str, content_type: str) -> None:
    request = urllib.request.Request(  # noqa: S310 - the operator's own setting, checked to be http(s)
        address, text.encode(), {"Content-Type": content_type, "User-Agent": "Newsroom"}, method="POST"
    )
    # Some hubs have a key in their address, so only their host is named.
    host = urlsplit(address).netloc.rpartition("@")[2]
    try:
        with OPENER.open(request, timeout=TIMEOUT) as answer:
            answer.read(MOST_READ)
    except urllib.error.HTTPError as error:
        raise TellingFailed(f"{host} answered {error.code}") from error
    except (OSError, http.client.HTTPException) as error:
        raise TellingFailed(f"{host} does not answer: {getattr(error, 'reason', error)}") from error
