"""Addresses in a body: which may stay, and what they were before a mail program or a search engine
wrapped them.
"""

import re
from collections.abc import Collection
from html import escape
from urllib.parse import parse_qs, urlsplit

import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MAX_LENGTH = 4000

# Host → (path, the parameter that holds the real address). A host without path answers on any.
REDIRECTORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "www.google.com": ("/url", ("q", "url")),
    "google.com": ("/url", ("q", "url")),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "www.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "www.youtube.com": ("/redirect", ("q",)),
    "www.linkedin.com": ("/redir/redirect", ("url",)),
    "slack-redir.net": ("/link", ("url",)),
    "vk.com": ("/away.php", ("to",)),
    "duckduckgo.com": ("/l/", ("uddg",)),
    "t.umblr.com": ("/redirect", ("z",)),
}
SAFELINKS = ".safelinks.protection.outlook.com"
MAX_REDIRECTS = 5

EDGES = "".join(map(chr, range(33))) + "\x7f\xa0\ufeff"
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
WWW = re.compile(r"www\.[\w-]+\.\S+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")

# nh3 reads addresses the way browsers do; asking it beforehand keeps this module and the allowlist of one
# mind.
_ADDRESSES = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel=None)


def safe_href(value: str) -> str | None:
    """The address as it may be stored, unwrapped, or None where no link may be made of it."""
    href = CONTROLS.sub("", value.strip(EDGES))
    if not href or len(href) > MAX_LENGTH:
        return None
    if EMAIL.fullmatch(href):
        href = f"mailto:{href}"
    elif WWW.fullmatch(href):
        href = f"https://{href}"
    href = unwrap_redirect(href)
    return href if _allowed(href) else None


def _allowed(href: str) -> bool:
    if href.startswith(("#", "?")):
        return len(href) > 1 and not re.search(r"\s", href)
    if href.startswith("/"):
        # Browsers read /\host and //host as the address of another site.
        return not href.startswith(("//", "/\\"))
    scheme = SCHEME.match(href)
    if scheme is None or scheme[1].lower() not in SCHEMES:
        return False
    if scheme[1].lower() in ("http", "https") and not host_of(href):
        return False
    return "href=" in _ADDRESSES.clean(f'<a href="{escape(href)}">')


def unwrap_redirect(href: str) -> str:
    for _ in range(MAX_REDIRECTS):
        target = _target(href)
        if target is None:
            return href
        href = target
    return href


def _target(href: str) -> str | None:
    host = host_of(href)
    if host.endswith(SAFELINKS):
        path, names = "", ("url",)
    elif host in REDIRECTORS:
        path, names = REDIRECTORS[host]
    else:
        return None
    parts = urlsplit(href)
    if path and parts.path != path:
        return None
    query = parse_qs(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else {}
    values = (query[name][0].strip() for name in names if name in query)
    return next(
        (CONTROLS.sub("", value) for value in values if value.startswith(("http://", "https://"))), None
    )


def host_of(href: str) -> str:
    """The host in lower case; empty where there is none, or where browsers and urlsplit may differ."""
    if "\\" in href:
        return ""
    try:
        parts = urlsplit(href)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def is_external(href: str, site_hosts: Collection[str]) -> bool:
    host = host_of(href)
    return bool(host) and host not in site_hosts
