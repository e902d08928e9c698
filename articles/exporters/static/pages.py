"""What is changed in a page so that it works without our server, and the addresses that are in it."""

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import urlsplit

from articles.conf import pictures_host
from articles.models.addresses.paths import ASKED_AFRESH, OEMBED

from .places import feed_file

# Nobody answers a search there, and nobody says what a card of a story is.
ANSWERED = re.compile(
    r'<link rel="?alternate"? type="?application/json\+oembed"?[^>]*>'
    r'|<li><a href="?/search/"?>[^<]*</a></li>|<form class="?search"?.*?</form>'
    r'|,"potentialAction":\{"@type":"SearchAction".*?"query-input":"[^"]*"\}',
    re.DOTALL,
)
HREF = re.compile(r'(\s(?:href|src|poster)=)("[^"]*"|[^\s">]+)')
SRCSET = re.compile(r'\ssrcset="([^"]*)"')
# An address within text or XML ends before these.
ADDRESS = r"(?:/[^\s\"'<>\\)\]}]*)?"
# None of these is a page or a file.
NOT_WRITTEN = (*(f"/{word}/" for word in sorted(ASKED_AFRESH - {"media", "static"})), OEMBED)
MOVED = """\
<!doctype html>
<html><head><meta charset="utf-8"><title>{name}</title><meta name="robots" content="noindex">{more}
<meta http-equiv="refresh" content="0; url={to}"></head>
<body><p><a href="{to}">{to}</a></p></body></html>
"""


class Pages:
    """`site` is the address of the paper, as in "https://news.example.org"."""

    def __init__(self, site: str):
        self.site = site
        # Pictures that pages name on another host are the site's too: that host asks it for them.
        hosts = filter(None, (site, pictures_host()))
        self.own = re.compile(f"(?:{'|'.join(map(re.escape, hosts))}){ADDRESS}")

    def adapted(self, html: str) -> str:
        return HREF.sub(self.adapted_href, ANSWERED.sub("", html))

    def adapted_href(self, found: re.Match[str]) -> str:
        """The address of a feed is that of its file."""
        value = found[2].strip('"')
        return found[0] if "feed/" not in value else f'{found[1]}"{feed_file(value)}"'

    def named_in(self, text: str, *, is_html: bool) -> Iterator[str]:
        """The addresses of this site in a page or another text, without query and fragment."""
        for found in self.own.findall(text):
            yield from self.path_of(unescape(found).rstrip(".,;:"))
        if is_html:
            values = [found[1].strip('"') for found in HREF.findall(text)]
            values += [
                part.split()[0]
                for srcset in SRCSET.findall(text)
                for part in srcset.split(",")
                if part.strip()
            ]
            for value in values:
                if value.startswith("/") and not value.startswith("//"):
                    yield from self.path_of(unescape(value))

    def path_of(self, address: str) -> Iterator[str]:
        try:
            path = urlsplit(address).path or "/"
        except ValueError:
            return
        if not path.startswith(NOT_WRITTEN):
            yield path


def redirect_page(to: str, *, feed_type: str = "") -> str:
    """For an address that leads to another one. Programs that read feeds find one by the link in its head."""
    to = escape(to)
    more = f'<link rel="alternate" type="{feed_type}" href="{to}">' if feed_type else ""
    return MOVED.format(to=to, name=to, more=more)
