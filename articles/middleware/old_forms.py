"""Forms of addresses that WordPress and its plugins have beside those of a page: which page each belongs to.

A table of patterns, without a database. CleanAddresses looks the answers up, only where there is no page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from articles.models.addresses.paths import NEWS_SITEMAP, RESERVED, SITEMAP, feed_address


@dataclass(frozen=True, slots=True)
class Lead:
    """What an address may lead to. Only one of these is given:

    `paths`: the first of them at which there is a page; with `feed`, the feed of that page in this form if it
    has one. `to`: an address of the site itself. `is_gone`: nothing any more. `slug`: the only public article
    with that slug."""

    paths: tuple[str, ...] = ()
    feed: str = ""
    to: str = ""
    is_gone: bool = False
    slug: str = ""


Made = Callable[[re.Match], Lead]
FEED_FORMS = {"atom": "atom", "json": "json"}


def start(found: re.Match) -> Lead:
    return Lead((found["start"],))


def rest(found: re.Match) -> Lead:
    return Lead((found["rest"],))


def feed(found: re.Match) -> Lead:
    return Lead((found["start"],), feed=FEED_FORMS.get(found["form"] or "", "rss"))


def feed_file(found: re.Match) -> Lead:
    return Lead(to=feed_address("/", FEED_FORMS.get(found["form"], "rss")))


def category(found: re.Match) -> Lead:
    """Sections have two levels. A category that was deeper is a section below the top one now, or a tag."""
    words = found["terms"].strip("/").split("/")
    # If the site needs the word itself, the import has put an ending behind it.
    words = [f"{word}-section" if word.isdigit() or word in RESERVED else word for word in words]
    top, last = words[0], words[-1]
    lines = dict.fromkeys([tuple(words[-2:]), (top, last), (last,), ("tag", last)])
    return Lead(tuple(f"/{'/'.join(line)}/" for line in lines))


def padded(found: re.Match) -> Lead:
    parts = (f"{int(part):02}" for part in (found["month"], found["day"]) if part)
    return Lead((f"{found['start']}{found['year']}/{'/'.join(parts)}/{found['rest']}",))


def search(found: re.Match) -> Lead:
    return Lead(to=f"/search/?q={quote(found['words'].replace('+', ' '), safe='')}")


def gone(found: re.Match) -> Lead:
    return Lead(is_gone=True)


def to(address: str) -> Made:
    return lambda found: Lead(to=address)


ANY = r"(?P<start>/(?:.+/)?)"
# A word that is no number, and what is before it.
WORDS = r"(?P<start>/(?:.+/)?(?![0-9]+/)[^/]+/)"
TABLE: tuple[tuple[str, Made], ...] = (
    (r"/(?:.+/)?(?:feed/podcast|podcast/feed|type/[^/]+)/", gone),
    (rf"{ANY}(?:page/|comment-page-|page-)[0-9]+/", start),
    (rf"{ANY}(?:trackback|embed|print|(?:amp|amphtml)(?:/[0-9]+)?)/", start),
    (r"/(?:amp|amphtml|index\.php)(?P<rest>/.+)", rest),
    (r"/(?P<base>[^/]+)/index\.php(?P<rest>/.+)", lambda found: Lead((f"/{found['base']}{found['rest']}",))),
    (r"/(?:.+/)?comments/feed/(?:[^/]+/)?", to(feed_address("/"))),
    (r"/(?:.+/)?search/(?P<words>[^/]+)/(?:(?:page|feed)/[^/]+/|feed/)?", search),
    (rf"{ANY}(?<!/feed/)(?:feed|rss|atom)/(?:(?P<form>rss2?|rdf|atom|json)/)?", feed),
    (r"/(?:.+/)?wp-(?P<form>rss2?|rdf|atom|feed)\.php/?", feed_file),
    (r"/(?:.+/)?wp-commentsrss2\.php/?", to(feed_address("/"))),
    (r"/(?:.+/)?(?:news-sitemap|sitemap-news|google-news-sitemap)[0-9]*\.xml(?:\.gz)?/?", to(NEWS_SITEMAP)),
    # Those of a month and of pages are ours.
    (
        r"(?!/sitemap-(?:[0-9]{4}-[0-9]{2}|pages)(?:-[0-9]+)?\.xml/?\Z)"
        r"/(?:.+/)?(?:[a-z0-9_-]+-)?sitemap(?:[_-][a-z0-9_-]+|[0-9]+)?\.xml(?:\.gz)?/?",
        to(SITEMAP),
    ),
    (r"/(?:.+/)?category/(?P<terms>.+/)", category),
    (
        rf"{ANY}(?P<year>[12][0-9]{{3}})/(?P<month>[0-9]{{1,2}})/(?:(?P<day>[0-9]{{1,2}})/)?"
        r"(?P<rest>(?:(?![0-9]+/)[^/]+/)?)",
        padded,
    ),
    (rf"{WORDS}[1-9][0-9]{{0,2}}/", start),
    # The right slug below a wrong date or category.
    (
        r"/(?P<first>[^/]+)/(?:[^/]+/)*(?P<slug>(?![0-9]+/)[^/]+)/",
        lambda found: Lead(slug=found["slug"] if found["first"] not in RESERVED else ""),
    ),
)
FORMS = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), made) for pattern, made in TABLE)


# No address of WordPress is longer than its column.
LONGEST = 2000


def leads_of(path: str) -> Iterator[Lead]:
    """What the forms that the address has say, in the order of the table."""
    if len(path) > LONGEST:
        return
    path = path if path.endswith("/") else f"{path}/"
    for pattern, made in FORMS:
        if found := pattern.fullmatch(path):
            lead = made(found)
            if lead.paths != (path,):
                yield lead
