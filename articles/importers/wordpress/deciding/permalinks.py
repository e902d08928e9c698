"""Addresses of the old site: the path below its base, and which form its permalinks have."""

import enum
import re
import unicodedata
from collections import Counter
from urllib.parse import parse_qs, unquote, urlsplit

from articles.importers.wordpress.records import Item, Site

from .wording import slug_from


class Form(enum.StrEnum):
    """As WordPress names them in its settings."""

    DAY_AND_NAME = "/year/month/day/name/"
    MONTH_AND_NAME = "/year/month/name/"
    NAME = "/name/"
    CATEGORY_AND_NAME = "/category/name/"
    NUMERIC = "/archives/number"
    PLAIN = "?p=number"
    OTHER = "another form"
    NONE = "none"


DAY = re.compile(r"\d{4}/\d{1,2}/\d{1,2}/[^/]+", re.ASCII)
MONTH = re.compile(r"\d{4}/\d{1,2}/[^/]+", re.ASCII)
NUMERIC = re.compile(r"(?:[^/]+/)?\d+", re.ASCII)
ENDING = re.compile(r"\.(?:html?|php|aspx?)$")
INDEX = "index.php"


def base_path(site: Site) -> str:
    """The path at which the site is, like "/news"; empty at the root of its host."""
    try:
        return urlsplit(site.base_blog_url or site.link).path.rstrip("/")
    except ValueError:
        return ""


def path_of(link: str) -> str:
    """The path and query of an address on the old site, decoded, as it is to be compared and stored."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path or "/"))
    return f"{path}?{parts.query}" if parts.query else path


def path_below(link: str, base: str) -> str:
    """The path below the site's base, without slashes at its ends and without index.php."""
    path = path_of(link).partition("?")[0]
    if base and (path == base or path.startswith(f"{base}/")):
        path = path.removeprefix(base)
    path = path.strip("/")
    return path.removeprefix(INDEX).lstrip("/") if path == INDEX or path.startswith(f"{INDEX}/") else path


def form_of(item: Item, base: str) -> Form:
    if not item.link:
        return Form.NONE
    if number_in(item.link):
        return Form.PLAIN
    path = path_below(item.link, base)
    name = ENDING.sub("", path).rpartition("/")[2]
    if DAY.fullmatch(path):
        return Form.DAY_AND_NAME
    if MONTH.fullmatch(path):
        return Form.MONTH_AND_NAME
    if NUMERIC.fullmatch(path) and name == item.post_id:
        return Form.NUMERIC
    if "/" not in path and path:
        return Form.NAME
    return Form.CATEGORY_AND_NAME if is_in_categories(item, path) else Form.OTHER


def is_in_categories(item: Item, path: str) -> bool:
    slugs = {slug_from(label.slug) for label in item.labels if label.domain in ("category", "")}
    above = [slug_from(part) for part in path.split("/")[:-1]]
    return bool(above) and above[-1] in slugs


def words_above(item: Item, base: str) -> list[str]:
    """The words above the page's own in its address. An empty list if that is a number, or ends in another
    word."""
    if number_in(item.link):
        return []
    *above, last = path_below(item.link, base).split("/")
    is_own = slug_from(ENDING.sub("", last)) == slug_from(item.slug or last)
    return [slug for word in above if (slug := slug_from(word))] if is_own else []


def number_in(link: str) -> str:
    """N of `?p=N` and its like; empty if the address names no number."""
    try:
        query = parse_qs(urlsplit(link).query)
    except ValueError:
        return ""
    found = next((query[key][0] for key in ("p", "page_id", "attachment_id") if key in query), "")
    return found if found.isascii() and found.isdigit() else ""


def most_used(forms: Counter[Form]) -> tuple[Form, int, int]:
    """The form of most permalinks, for how many it holds, and of how many. Drafts have none to judge by."""
    judged = {form: number for form, number in forms.items() if form not in (Form.PLAIN, Form.NONE)} or forms
    if not judged:
        return Form.NONE, 0, 0
    form = max(judged, key=lambda each: judged[each])
    return form, judged[form], sum(judged.values())
