"""Settings for servers that are told of changes: stores in front of the site, such as Varnish, and hubs."""

import re
from urllib.parse import urlsplit

from environs import ValidationError

NUMBERED = "max-age|s-maxage|stale-while-revalidate|stale-if-error"
PLAIN = (
    "public|private|no-cache|no-store|no-transform|must-revalidate|proxy-revalidate|must-understand|immutable"
)
DIRECTIVE = rf"(?:(?:{NUMBERED})=\d{{1,10}}|{PLAIN})"
CACHE_CONTROL = re.compile(rf"{DIRECTIVE}(?:, *{DIRECTIVE})*\Z")
TOKEN = re.compile(r"[!-~]*\Z")


def parse_stores(text):
    """A list of addresses: of each, the host and the port count."""
    stores = [store for part in text.split(",") if (store := part.strip())]
    if wrong := [store for store in stores if not is_address(store) or urlsplit(store).path.strip("/")]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write addresses with commas between them, "
            "like http://127.0.0.1:6081."
        )
    return [store.rstrip("/") for store in stores]


def check_api(text):
    # Some have their key in it, so it is not repeated.
    if text and not is_address(text):
        raise ValidationError("is no address; write one like https://cdn.example.org/purge.")


def check_hub(text):
    # Some have a key in it, so it is not repeated.
    if text and not is_address(text):
        raise ValidationError("is no address; write one like https://hub.example.org/.")


def check_token(text):
    if not TOKEN.match(text):
        raise ValidationError("holds a space or a letter that no header can carry; copy the token anew.")


def is_address(text):
    try:
        found = urlsplit(text)
        port = found.port
    except ValueError:
        return False
    return (
        found.scheme in {"http", "https"}
        and bool(found.hostname)
        and port != 0
        and not re.search(r"\s", text)
    )
