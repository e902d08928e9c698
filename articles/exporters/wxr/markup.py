"""XML of an export: texts stand in CDATA, as WordPress writes them."""

import datetime
from email.utils import format_datetime

from django.utils import timezone

from articles.words.xml import without_unfit

NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
UNSET = "0000-00-00 00:00:00"


def as_read(text: str) -> str:
    """The text as a reader of XML gets it: without what XML cannot hold, and with one sign at the end of a
    line."""
    return without_unfit(text).replace("\r\n", "\n").replace("\r", "\n")


def cdata(text: str) -> str:
    """The sign that ends CDATA stands half in one and half in the next."""
    return f"<![CDATA[{as_read(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def element(name: str, text: object) -> str:
    return f"<{name}>{cdata(str(text))}</{name}>\n"


def holding(name: str, *parts: str) -> str:
    return f"<{name}>\n{''.join(parts)}</{name}>\n"


def meta(key: str, value: object, name: str = "wp:postmeta") -> str:
    return holding(name, element("wp:meta_key", key), element("wp:meta_value", value))


def local(at: datetime.datetime) -> str:
    """In the zone of the paper."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def in_utc(at: datetime.datetime) -> str:
    return f"{at.astimezone(datetime.UTC):%Y-%m-%d %H:%M:%S}"


def of_feed(at: datetime.datetime) -> str:
    return format_datetime(at.astimezone(datetime.UTC))


def php(value: object) -> str:
    """A number, a text or a table as PHP serialises it; lengths are bytes, counted as they will be read."""
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, dict):
        return f"a:{len(value)}:{{{''.join(php(key) + php(each) for key, each in value.items())}}}"
    text = as_read(str(value))
    return f's:{len(text.encode())}:"{text}";'
