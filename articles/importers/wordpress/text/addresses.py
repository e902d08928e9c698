"""Addresses of the old site: which ones are its own, and which files they may mean."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

SHORT = 1000
PHOTON = re.compile(r"i[0-3]\.wp\.com")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic|svg)$", re.IGNORECASE)
FILE = re.compile(r"/[^/]+\.([a-z][a-z0-9]{1,4})$", re.IGNORECASE)
PAGES = frozenset({"html", "htm", "php", "asp", "aspx", "xhtml", "shtml", "xml", "amp"})
WORDPRESS_COM = ".wordpress.com"
# What only people who are logged in can open.
BEHIND_LOGIN = re.compile(r"(?:^|/)(?:wp-admin(?:/|$)|wp-login\.php$)")
PREVIEW = re.compile(r"(?:^|&)preview(?:_id|_nonce)?=")


def split(address: str) -> SplitResult | None:
    """The address in parts; None if it is none, such as http://[ or one whose port is no number."""
    return split_short(address) if len(address) <= SHORT else split_any(address)


# Of each link and picture several things are asked.
@lru_cache(maxsize=512)
def split_short(address: str) -> SplitResult | None:
    return split_any(address)


def split_any(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        return parts if ":" not in parts.netloc or parts.port is None or parts.port else None
    except ValueError:
        return None


@lru_cache(maxsize=512)
def host_key(host: str) -> str:
    """A host in lower case and punycode, without www, so that two ways to write it are equal."""
    host = host.lower().removeprefix("www.").rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@dataclass(frozen=True, slots=True)
class OldSite:
    """The hosts of the old site, the path below which its pages are ("/news"), and the hosts of its files."""

    hosts: frozenset[str]
    base: str = ""
    media_hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, base_blog_url: str, *others: str) -> "OldSite":
        """The site at base_blog_url; `others` are base_site_url and the channel's link."""
        addresses = [split(address) for address in (base_blog_url, *others)]
        hosts = frozenset(host_key(parts.hostname) for parts in addresses if parts and parts.hostname)
        blogs = (host.removesuffix(WORDPRESS_COM) for host in hosts if host.endswith(WORDPRESS_COM))
        base = addresses[0].path.rstrip("/") if addresses[0] else ""
        return cls(hosts, base, frozenset(f"{blog}.files.wordpress.com" for blog in blogs))

    def own(self, address: str) -> str | None:
        """The address as a root-relative one if it is one of the site's pages or files, else None."""
        parts = split(address)
        if parts is None or parts.scheme not in ("http", "https") or not self.is_own(parts):
            return None
        query = f"?{parts.query}" if parts.query else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return "/" + parts.path.lstrip("/") + query + fragment

    def is_own(self, parts: SplitResult) -> bool:
        path = parts.path
        is_below = not self.base or path == self.base or path.startswith(f"{self.base}/")
        return host_key(parts.hostname or "") in self.hosts and is_below

    def is_media(self, address: str) -> bool:
        parts = split(address) if self.media_hosts else None
        return parts is not None and host_key(parts.hostname or "") in self.media_hosts


def one_spelling(address: str) -> str:
    """An absolute address with https, its host in one spelling, and without a fragment."""
    parts = split(address)
    if parts is None:
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{host_key(parts.hostname or '')}{parts.path or '/'}{query}"


def absolute(address: str, base: str) -> str:
    """The address of a link or picture in a text that stood at `base`. Without scheme, http is meant."""
    address = address.strip()
    if address.startswith(("https://", "http://")):
        return address
    try:
        address = urljoin(base, address) if base else address
    except ValueError:
        return address
    return f"http:{address}" if address.startswith("//") else address


def is_behind_login(own: str) -> bool:
    parts = split(own)
    return parts is not None and bool(BEHIND_LOGIN.search(parts.path) or PREVIEW.search(parts.query))


def is_file(address: str) -> bool:
    """Whether the address is that of a file and not of a page."""
    parts = split(address)
    found = FILE.search(parts.path) if parts else None
    return found is not None and found[1].lower() not in PAGES


def is_picture_file(address: str) -> bool:
    parts = split(address)
    return parts is not None and bool(PICTURE.search(parts.path))


def file_key(address: str) -> str:
    """An address of a file as all its spellings have it: no scheme, no www, no query, decoded, NFC. Of a
    service that resizes pictures it is the address that the service was asked for."""
    parts = split(address.strip())
    if parts is None:
        return address
    host, path = host_key(parts.hostname or ""), parts.path
    if PHOTON.fullmatch(host):
        host, _, path = path.lstrip("/").partition("/")
        host, path = host_key(host), f"/{path}"
    return unicodedata.normalize("NFC", host + unquote(path))


def file_name(address: str) -> str:
    parts = split(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) if parts else ""
