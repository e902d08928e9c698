"""What the operator says in the environment, read once and judged as a whole.

Nothing set at all means: a newsroom on this computer, reachable as localhost only. Its secret is made
once and kept under var/. As soon as SITE_URL names a host that others can reach, everything that such a
site needs must be set, and all that is missing is named in one message.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_local(site_url):
    return (urlsplit(site_url).hostname or "") in LOOPBACK


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use; readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    # Several workers may start at once: the first to link its file wins, all read the same one.
    candidate = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(made)
    try:
        os.link(candidate, path)
    except FileExistsError:
        pass
    finally:
        candidate.unlink()
    return path.read_text().strip()


def mistakes(*, site_url, secret_key, debug, hosts, time_zone):
    """Every reason why the site must not start like this, as sentences."""
    address = urlsplit(site_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        yield f"SITE_URL is {site_url!r}; write the site's address, like https://news.example.org."
    if time_zone not in available_timezones():
        yield f"TIME_ZONE is {time_zone!r}, which is no zone's name; write one like Europe/London."
    if "*" in hosts:
        yield "ALLOWED_HOSTS holds '*'; list the host names that this site answers to."
    if is_local(site_url):
        return
    if not secret_key:
        yield (
            "SECRET_KEY is not set; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    elif len(secret_key) < 50 or len(set(secret_key)) < 5:
        yield "SECRET_KEY is too weak; it takes at least 50 characters, made at random."
    if debug:
        yield "DEBUG is on while SITE_URL names a public host; readers would see its insides. Unset it."
    if address.scheme == "http":
        yield f"SITE_URL is {site_url!r}; a public site needs https, or the editors' logins travel readable."


def refuse_mistakes(**values):
    found = list(mistakes(**values))
    if found:
        raise ImproperlyConfigured(
            "\n".join(["the settings have to be corrected first.", *(f" - {m}" for m in found)])
        )
