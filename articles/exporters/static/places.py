"""Address → the file that a plain web server answers it with. Such a server knows folders with an
index.html and files with endings, and nothing else."""

import re
from urllib.parse import unquote

from articles.models.addresses.paths import FEED_TYPES, FEEDS

LONGEST = 255  # bytes of a name
# Endings of addresses that may be a file of HTML.
HTML = re.compile(r".+\.html?", re.IGNORECASE)
# By content type, the name of the file in the folder of a feed.
NAMES = {FEED_TYPES["rss"]: "index.xml", FEED_TYPES["atom"]: "index.xml", FEED_TYPES["json"]: "index.json"}
# What follows the address of a list in that of its feed, the longest first → the file of that feed.
FILES = {
    words: words + NAMES[FEED_TYPES[form]]
    for form, words in sorted(FEEDS.items(), key=lambda each: -len(each[1]))
}


def place_of(address: str, content_type: str = "text/html") -> str | None:
    """The path of the file below the folder, for an address without a query; None if no file can have it."""
    words = unquote(address).split("/")[1:]
    *folders, last = words or [""]
    if any(word in ("", ".", "..") for word in folders) or last in (".", ".."):
        return None
    if any(set("\0\n\r\ufffd") & set(word) or len(word.encode()) > LONGEST for word in words):
        return None
    if last and ("." not in last or content_type == "text/html") and not HTML.fullmatch(last):
        if "." in last:
            # A page of HTML with another ending would be sent as something else.
            return None
        folders, last = [*folders, last], ""
    return "/".join([*folders, last or NAMES.get(content_type, "index.html")])


def feed_file(address: str) -> str:
    """The address of the file for that of a feed; of all else, the address itself."""
    if address.endswith("/"):
        for words, file in FILES.items():
            if address.endswith(f"/{words}"):
                return address.removesuffix(words) + file
    return address


def asked_for(address: str) -> str:
    """The address at which the site answers what is in that file; of a feed, that of the feed."""
    for words, file in FILES.items():
        if address.endswith(f"/{file}"):
            return address.removesuffix(file) + words
    return address
