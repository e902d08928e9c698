"""Which item is which, over files and runs: by its site and its number, never by its title or date."""

import contextlib
import hashlib
from urllib.parse import urlsplit

from articles.importers.wordpress.records import Item, Site

# Between a number and the count of items that have it.
AGAIN = "~"
# So much of a site's address is kept. No real one is longer.
LONGEST_KEY = 300


def site_key(site: Site) -> str:
    """The site's address in one spelling: no scheme, no www, host in punycode, no slash at the end."""
    address = site.base_blog_url or site.link or site.base_site_url
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return address.strip().rstrip("/")[:LONGEST_KEY]
    if not host.isascii():
        with contextlib.suppress(UnicodeError):
            host = host.encode("idna").decode()
    key = f"{host}{f':{port}' if port not in (None, 80, 443) else ''}{parts.path.rstrip('/')}"
    return key[:LONGEST_KEY]


def source_id(item: Item) -> str:
    """Its number; without one, a digest of what names it best."""
    if item.post_id:
        return item.post_id
    name = item.guid or item.link or f"{item.title}\n{item.date}"
    return hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()


def text_hash(item: Item) -> bytes:
    """Equal for two items that say the same."""
    return digest(item.type, item.title, item.body, item.excerpt)


def content_hash(item: Item) -> bytes:
    """Equal as long as nothing of the item that is taken over has changed."""
    return digest(
        *(item.type, item.status, item.title, item.body, item.excerpt, item.slug, item.link, item.creator),
        *(item.date, item.date_gmt, item.modified, item.modified_gmt, item.pub_date, item.parent),
        *(str(item.has_password), item.attachment_url),
        *(part for label in item.labels for part in (label.domain, label.slug, label.name)),
        *(part for pair in item.meta for part in pair),
    )


def digest(*parts: str) -> bytes:
    """Each part with its length, so that moving a word from one to the next makes a difference."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode()
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.digest()
