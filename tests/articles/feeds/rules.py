"""What the feed validator of the W3C and jsonfeed.org ask of a feed, as far as it concerns ours."""

import datetime
import json
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
from selectolax.lexbor import LexborHTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC, DCTERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
UNSAFE = (
    "script, iframe, object, embed, style, link, meta, base, form, [style], [onclick], [onerror], [onload]"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*")
ABSOLUTE = re.compile(r"https?://[^\s]+|mailto:.+|tel:.+")
ALLOWED = {
    "application/rss+xml": {
        "title",
        "link",
        "description",
        "language",
        "lastBuildDate",
        "generator",
        "item",
        f"{ATOM}link",
    },
}


def broken_rules(response, address):
    """A sentence for each rule that the feed at that address breaks."""
    kind, _, charset = response["Content-Type"].partition("; charset=")
    checks = {
        "application/rss+xml": rss_rules,
        "application/atom+xml": atom_rules,
        "application/feed+json": json_rules,
    }
    found = list(checks[kind](response.content, address))
    if charset != "utf-8":
        found.append("another character set")
    if len(response.content) > 1_000_000:
        found.append("over a megabyte")
    return found


def rss_rules(content, address):
    root = ElementTree.fromstring(content)  # noqa: S314 - our own feed
    [channel] = root
    yield from read_by_feedparser(content)
    for name in ("title", "link", "description"):
        if not channel.findtext(name):
            yield f"channel without {name}"
    if not {child.tag for child in channel} <= ALLOWED["application/rss+xml"]:
        yield f"unknown elements: { ({child.tag for child in channel} - ALLOWED['application/rss+xml']) }"
    if [link.get("href") for link in channel.findall(f"{ATOM}link[@rel='self']")] != [address]:
        yield "no self"
    if not LANGUAGE.fullmatch(channel.findtext("language")):
        yield "language"
    items = channel.findall("item")
    yield from unique([item.findtext("guid") for item in items])
    yield from newest_first([parsedate_to_datetime(item.findtext("pubDate")) for item in items])
    for item in items:
        for name in ("title", "link", "guid", "pubDate", "description", CONTENT, f"{DCTERMS}modified"):
            if len(item.findall(name)) != 1:
                yield f"item without one {name}"
        if item.find("author") is not None:
            yield "author beside dc:creator"
        if item.find("guid").get("isPermaLink") != "false":
            yield "guid would be taken for an address"
        if not ABSOLUTE.fullmatch(item.findtext("link")):
            yield "link"
        if not (parsedate_to_datetime(item.findtext("pubDate")).tzinfo):
            yield "pubDate without a zone"
        yield from is_time(item.findtext(f"{DCTERMS}modified"))
        yield from media_rules(item)
        yield from html_rules(item.findtext(CONTENT))


def atom_rules(content, address):
    root = ElementTree.fromstring(content)  # noqa: S314 - our own feed
    yield from read_by_feedparser(content)
    for name in ("id", "title", "updated", "author"):
        if len(root.findall(f"{ATOM}{name}")) != 1:
            yield f"feed without one {name}"
    if [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")] != [address]:
        yield "no self"
    if len(root.findall(f"{ATOM}link[@rel='alternate']")) != 1:
        yield "alternate"
    entries = root.findall(f"{ATOM}entry")
    yield from unique([entry.findtext(f"{ATOM}id") for entry in [root, *entries]])
    for each in [root, *entries]:
        yield from is_time(each.findtext(f"{ATOM}updated"))
        if not urlsplit(each.findtext(f"{ATOM}id")).scheme:
            yield "id is no address"
    for entry in entries:
        for name in ("id", "title", "updated", "published", "content"):
            if len(entry.findall(f"{ATOM}{name}")) != 1:
                yield f"entry without one {name}"
        if len(entry.findall(f"{ATOM}summary")) > 1 or not entry.findall(f"{ATOM}link[@rel='alternate']"):
            yield "summary or link"
        if any(not category.get("term") for category in entry.findall(f"{ATOM}category")):
            yield "category without a term"
        for person in (*entry.findall(f"{ATOM}author"), *entry.findall(f"{ATOM}contributor")):
            if not person.findtext(f"{ATOM}name"):
                yield "somebody without a name"
        yield from is_time(entry.findtext(f"{ATOM}published"))
        yield from media_rules(entry)
        yield from html_rules(entry.findtext(f"{ATOM}content"))


def json_rules(content, address):
    feed = json.loads(content)
    if (
        feed["version"] != "https://jsonfeed.org/version/1.1"
        or not feed["title"]
        or feed["feed_url"] != address
    ):
        yield "version, title or feed_url"
    if re.search(r"\\u00[01]", content.decode()):
        yield "control characters"
    yield from unique([item["id"] for item in feed["items"]])
    for item in feed["items"]:
        if not isinstance(item["id"], str) or not item["content_html"]:
            yield "id or content"
        if not ABSOLUTE.fullmatch(item["url"]):
            yield "url"
        for name in ("date_published", "date_modified"):
            yield from is_time(item[name])
        if any(not author.get("name") for author in item.get("authors", ())):
            yield "authors"
        if not all(isinstance(tag, str) for tag in item["tags"]):
            yield "tags"
        yield from html_rules(item["content_html"])


def read_by_feedparser(content):
    read = feedparser.parse(content)
    if read.bozo:
        yield f"feedparser: {read.bozo_exception}"


def unique(ids):
    if len(ids) != len(set(ids)) or not all(ids):
        yield "ids are not unique"


def newest_first(times):
    if times != sorted(times, reverse=True):
        yield "not the newest first"


def is_time(text):
    """RFC 3339."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text):
        yield f"no time: {text}"
    else:
        datetime.datetime.fromisoformat(text)


def media_rules(entry):
    for media in entry.findall(f"{MEDIA}content"):
        if not ABSOLUTE.fullmatch(media.get("url")) or media.get("type") != "image/jpeg":
            yield "media:content"
        if not (media.get("width").isdigit() and media.get("height").isdigit()):
            yield "media:content without a size"


def html_rules(html):
    tree = LexborHTMLParser(html)
    body = tree.body
    for node in body.css(UNSAFE) if body else ():
        yield f"{node.tag} in the text"
    for node in body.css("[href], [src], [srcset]") if body else ():
        named = [node.attributes.get("href"), node.attributes.get("src")]
        named += [part.strip().split(" ")[0] for part in (node.attributes.get("srcset") or "").split(",")]
        for address in filter(None, named):
            if not ABSOLUTE.fullmatch(address):
                yield f"{address} is not absolute"
