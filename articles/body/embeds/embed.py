"""What every provider's module needs: the value it answers, and ways to read an address.

The address is never fetched.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

MAX_LENGTH = 2000
# Width to height.
WIDE, TALL, POST, SOUND = "16:9", "9:16", "4:5", "5:2"
SUSPECT = re.compile(r"[^!#-;=?-\[\]_a-z~]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Embed:
    provider: str
    label: str
    # The page a reader gets without JavaScript, or instead of tapping.
    url: str
    # Empty where no frame may be shown: a card with a link.
    frame_url: str
    # Width to height, "16:9".
    ratio: str


def split_address(url: str) -> SplitResult | None:
    """The address in parts; None for any but a plain web address without user, port or odd characters."""
    url = url.strip()
    # Most are no address but a paragraph, so they are not looked through.
    if not url[:8].lower().startswith(("https://", "http://")):
        return None
    if len(url) > MAX_LENGTH or SUSPECT.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # The host as written, so that neither user@host, host:port nor a trailing dot passes for the host.
    return parts if parts.netloc.lower() == parts.hostname and not parts.netloc.endswith(".") else None


def match_path(pattern: str, parts: SplitResult) -> re.Match[str] | None:
    return re.fullmatch(pattern, parts.path, re.ASCII)


def query_value(parts: SplitResult, name: str) -> str:
    return parse_qs(parts.query).get(name, [""])[0] if parts.query.count("&") < 50 else ""


def with_https(parts: SplitResult) -> str:
    return parts._replace(scheme="https").geturl()


def frame_address(base: str, **query: str) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(kept)}" if kept else base
