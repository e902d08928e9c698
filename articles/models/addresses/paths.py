"""How addresses look, and which first words of a path belong to the site itself.

Built from strings, not by reversing URL patterns: a front shows fifty addresses, and reversing them would
take longer than the queries. A test resolves each of them against urls.py.
"""

import datetime
import re
from functools import lru_cache
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri

from articles.models.collections.periods import BELOW
from articles.words.slugs import WORD, cut

# First path words that can never name a section or a page: those the site answers itself, those it may
# come to answer, and those that old WordPress links and servers use.
RESERVED = frozenset(
    [
        "about-us",
        "admin",
        "amp",
        "api",
        "apple-touch-icon",
        "archive",
        "attachment",
        "author",
        "authors",
        "category",
        "comments",
        "embed",
        "favicon",
        "feed",
        "feeds",
        "files",
        "front",
        "health",
        "latest",
        "live",
        "login",
        "logout",
        "manage",
        "media",
        "newsletter",
        "oembed",
        "older",
        "page",
        "pages",
        "password",
        "picture",
        "pictures",
        "preview",
        "most-read",
        "print",
        "read",
        "robots",
        "rss",
        "search",
        "section",
        "sections",
        "site-version",
        "sitemap",
        "sitemap-news",
        "static",
        "tag",
        "tags",
        "topic",
        "topics",
        "user",
        "users",
        "wp-admin",
        "wp-content",
        "wp-includes",
        "wp-json",
        "wp-login",
        "xmlrpc",
    ]
) - {"about-us"}


# First words of addresses whose answers differ each time, or are not for everybody. They are never printed,
# and nothing redirects from there.
ASKED_AFRESH = frozenset(
    ["admin", "api", "health", "media", "preview", "read", "search", "site-version", "static"]
)

# Files that robots and browsers ask every site for. Readers have addresses without an ending, or with .html.
FILE = re.compile(r"/\.well-known/.*|.*/[^/]*\.(?!html?\Z)[A-Za-z0-9]{1,12}", re.DOTALL)
# Pages of other systems, from which an editor may lead to ours. Those of WordPress are not among them.
OLD_PAGE = re.compile(r"(?!/(?:wp-|xmlrpc)).*\.(?:php|aspx?|jsp|cfm|shtml)", re.DOTALL | re.IGNORECASE)
# What only WordPress answers, and what is asked of every site by those who look for one to break into.
OF_WORDPRESS = re.compile(
    r"/(?:[^/]+/)?(?:wp-(?:admin|json|includes)|(?:xmlrpc|wp-(?:login|cron|signup|activate|trackback"
    r"|comments-post|config|mail|links-opml))\.php)(?:/.*)?",
    re.DOTALL | re.IGNORECASE,
)


# WordPress's addresses that are a number in the query of its front. Redirects have them in the form /?cat=5.
ITEMS, COLLECTIONS = ("p", "page_id", "attachment_id"), ("cat", "author")
NUMBERED = re.compile(rf"/\?(?:{'|'.join((*ITEMS, *COLLECTIONS))})=[1-9][0-9]{{0,17}}")


def numbered(path, query):
    """The address in that form, if a request for this path and query is for one; or None."""
    if path not in ("/", "/index.php"):
        return None
    given = dict(parse_qsl(query.replace(";", "&"), keep_blank_values=True))
    forms = (f"/?{name}={given[name].strip()}" for name in (*ITEMS, *COLLECTIONS) if name in given)
    return next(filter(NUMBERED.fullmatch, forms), None)


def may_have_been_a_page(path):
    """Whether it is worth a query where the address leads, if there is no page."""
    if OF_WORDPRESS.fullmatch(path):
        return False
    return not FILE.fullmatch(path) or OLD_PAGE.fullmatch(path) is not None


# Where old sites keep the files of their articles. The last form is that of hosts that have only files.
UPLOAD = re.compile(
    r"/(?:.+/)?(?:uploads|files)/.+\.[A-Za-z0-9]{2,5}|/[12][0-9]{3}/[0-9]{2}/[^/]+\.[A-Za-z0-9]{2,5}",
    re.DOTALL,
)


def may_have_been_an_upload(path):
    """Whether it is worth a query which picture or document the address has become, if there is no page."""
    return UPLOAD.fullmatch(path) is not None and "\x00" not in path


# Bytes. The folder of a printed page is named after the word, and file systems take 255.
LONGEST_WORD = 240


def beginning(word, longest=LONGEST_WORD):
    """As many of its characters as so many bytes hold."""
    return word.encode()[:longest].decode(errors="ignore")


def shortened(word, characters, longest=LONGEST_WORD):
    """So many characters and bytes at most; of whole words, unless most of it would be lost with the last."""
    start = cut(word, beginning(word[:characters], longest))
    if start == word or word[len(start)] == "-":
        return start
    whole = start.rpartition("-")[0]
    return whole if len(whole) * 2 >= len(start) else start


def validate_length(slug):
    """Refuse a word that is too long for a printed page; the columns count characters, and no bytes."""
    over = len(slug) - len(beginning(slug))
    if over:
        characters = "1 character" if over == 1 else f"{over} characters"
        raise ValidationError(
            f"This is too long for an address; leave out {characters} at least.", code="long"
        )


def validate_first_word(slug):
    """Refuse a slug that would take over one of the site's own addresses."""
    if slug.lower() in RESERVED:
        raise ValidationError(
            f"“{slug}” is an address of the site itself; choose another word.", code="reserved"
        )
    if slug.isdigit():
        raise ValidationError(
            "A number alone would be taken for a year; add a word, like “class-of-2026”.", code="digits"
        )


# Of the path of one of the paper's own pages; a printed page can stand below that many folders.
MOST_WORDS = 7
# What lists have below their own addresses.
OF_LISTS = re.compile(rf"(?:.*/)?(?:feed/(?:.*/)?|{BELOW})", re.DOTALL)


def validate_path(path):
    """Refuse a path of several words, such as about/team, that no page can have."""
    first, *others = words = path.split("/")
    if len(words) > MOST_WORDS:
        raise ValidationError(f"An address has {MOST_WORDS} words at most between its slashes.", code="deep")
    for word in words:
        validate_length(word)
    validate_first_word(first)
    if others and OF_LISTS.fullmatch(f"{path}/"):
        raise ValidationError(
            "The site has feeds and archives at such addresses; choose another last word.", code="reserved"
        )


# Each page names the sections, and each list names articles that other pages name too.
@lru_cache(maxsize=1024)
def address(*words):
    return iri_to_uri("/" + "".join(f"{word}/" for word in words))


def with_query(address, query):
    """The address with a request's query, which a redirect hands on."""
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{query}"


@lru_cache(maxsize=8192)
def article_address(date, slug):
    return iri_to_uri(f"/{date:%Y/%m/%d}/{slug}/")


ARTICLE = re.compile(rf"/([12][0-9]{{3}})/([0-9]{{2}})/([0-9]{{2}})/([{WORD}-]{{1,130}})/")


def date_and_slug(path):
    """Those in the address of an article, decoded; None if it is not one."""
    found = ARTICLE.fullmatch(path)
    if found is None:
        return None
    try:
        return datetime.date(*map(int, found.groups()[:3])), found[4]
    except ValueError:
        return None


# Below it, the page of an article says that it was opened: /read/2026/11/22/slug/.
READ = "/read"
MOST_READ = "/most-read/"


# What follows the address of the front, a section, a tag or an author in those of its feeds. The first two
# are those of WordPress, so that readers of a paper that moves here keep their subscriptions.
FEEDS = {"rss": "feed/", "atom": "feed/atom/", "json": "feed/json/"}
FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


def feed_address(start, form="rss"):
    """The address of the feed of the front, section, tag or author at the address `start`."""
    return f"{start}{FEEDS[form]}"


def feed_addresses(start):
    return [feed_address(start, form) for form in FEEDS]


def twin_address(article):
    """The address of the Markdown twin of the article at that address."""
    return f"{article}index.md"


def embed_address(uid):
    """The card of the article that other sites may frame."""
    return f"/embed/{uid}/"


# Where oEmbed is spoken.
OEMBED = "/oembed"

# The content API, for programs.
API = "/api/"

# The way into the archive: the page of all months, and that of each year.
ARCHIVE = "/archive/"


def year_address(year):
    return f"/{year:04}/"


# Sitemaps: the index, the front with all lists, the newest of the news, and a file for each month.
SITEMAP, LISTS_SITEMAP, NEWS_SITEMAP = "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml"


def month_sitemap(year, month):
    return f"/sitemap-{year:04}-{month:02}.xml"


def part_of_sitemap(file, part):
    """Where the sitemap of that address goes on: /sitemap-2026-11-2.xml. The first part is the file."""
    return file if part == 1 else f"{file.removesuffix('.xml')}-{part}.xml"


# Files that machines ask every site for.
ROBOTS, ADS, HUMANS, LLMS = "/robots.txt", "/ads.txt", "/humans.txt", "/llms.txt"
# The file by which IndexNow knows that a notice comes from this site.
INDEXNOW_KEY = "/indexnow.txt"
SECURITY = "/.well-known/security.txt"
# The line of breaking news, for pages that are not printed with it.
BREAKING = "/breaking.txt"
# The script that shows it there.
BREAKING_SCRIPT = "/breaking.js"
FAVICON, APPLE_TOUCH_ICON, MANIFEST = "/favicon.ico", "/apple-touch-icon.png", "/site.webmanifest"
MASKABLE_ICON = "/icon-maskable.png"
ICON_SIZES = (192, 512)


def icon_address(size):
    return f"/icon-{size}.png"


SITE_FILES = (
    *(ROBOTS, ADS, HUMANS, LLMS, SECURITY, INDEXNOW_KEY, FAVICON, APPLE_TOUCH_ICON, MANIFEST, MASKABLE_ICON),
    BREAKING,
    BREAKING_SCRIPT,
    *map(icon_address, ICON_SIZES),
)
