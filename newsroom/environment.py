"""What the operator says in the environment, read once and judged as a whole.

Nothing set at all means: a newsroom on this computer, reachable as localhost only. Its secret is made
once and kept under var/. As soon as SITE_URL names a host that others can reach, everything that such a
site needs must be set, and all that is missing is named in one message.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from environs import Env, EnvError

from articles.whole_files import new_file

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class Said:
    """The environment and .env, read with types. What can't be read stands at its default until
    refuse_mistakes() names it, together with everything else."""

    def __init__(self, file):
        self.env = Env()
        self.env.read_env(file, recurse=False)
        self.mistakes = []

    def __getattr__(self, kind):
        """bool, int, str … as environs has them."""
        parse = getattr(self.env, kind)

        def read(name, default, **options):
            try:
                return parse(name, default, **options)
            except EnvError as error:
                self.mistakes.append(f"{name} is {os.environ[name]!r}, which cannot be read: {reason(error)}")
                return parse(f"NEWSROOM_WITHOUT_{name}", default, **options)

        return read


def reason(error):
    messages = getattr(error, "error_messages", None)
    return messages[0] if isinstance(messages, list) and messages else str(error)


def as_browsers_say(site_url):
    """Its host in small letters, without the port that goes without saying: so it stands in what they ask
    for, and in what a store in front is asked to forget."""
    said = site_url.strip().rstrip("/")
    try:
        found = urlsplit(said)
        usual = (found.scheme, found.port) in {("http", 80), ("https", 443)}
    except ValueError:
        return said
    host = found.netloc.lower().removesuffix(":")
    return found._replace(netloc=host.rpartition(":")[0] if usual else host).geturl()


def host_of(site_url):
    try:
        return urlsplit(site_url).hostname or ""
    except ValueError:
        return ""


def requested_host(site_url):
    """As requests and ALLOWED_HOSTS spell it: an IPv6 address in brackets."""
    host = host_of(site_url)
    return f"[{host}]" if ":" in host else host


def is_local(site_url):
    return host_of(site_url) in LOOPBACK


def writable_folder(path: Path) -> Path:
    """The folder, made if it is not there yet."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def cannot_write(path, error):
    return ImproperlyConfigured(
        f"{path} cannot be written to ({error.strerror}); make it belong to the user who runs the site, "
        "or choose another folder with VAR_DIR."
    )


def keep_private(database):
    """SQLite's file holds passwords' hashes and sessions: made for its owner only, and so its journals."""
    if ":memory:" in str(database) or Path(database).exists():
        return
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise cannot_write(database, error) from error


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use; readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        writable_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        return make_secret(path)
    except OSError as error:
        raise cannot_write(path.parent, error) from error


def make_secret(path):
    made = secrets.token_urlsafe(50)
    # Several workers may start at once: the first to link its file wins, all read the same one.
    with new_file(path.parent, made.encode(), mode=0o600) as candidate, suppress(FileExistsError):
        os.link(candidate, path)
    return path.read_text().strip()


def mistakes(*, site_url, secret_key, debug, hosts, time_zone, language, log_level, port):
    """Every reason why the site must not start like this, as sentences."""
    if urlsplit(site_url.partition("[")[0]).scheme not in {"http", "https"} or not host_of(site_url):
        yield f"SITE_URL is {site_url!r}; write the site's address, like https://news.example.org."
    if time_zone not in available_timezones():
        yield f"TIME_ZONE is {time_zone!r}, which is no zone's name; write one like Europe/London."
    if language not in dict(LANGUAGES):
        yield f"LANGUAGE_CODE is {language!r}, which Django does not know; write one like en-gb."
    if log_level not in LOG_LEVELS:
        yield f"LOG_LEVEL is {log_level!r}; write one of {', '.join(LOG_LEVELS)}."
    if not 0 < port < 65536:
        yield f"PORT is {port}; write a number from 1 to 65535."
    if "*" in hosts:
        yield "ALLOWED_HOSTS holds '*'; list the host names that this site answers to."
    host = requested_host(site_url)
    if host and not validate_host(host, hosts):
        yield (
            "ALLOWED_HOSTS lacks SITE_URL's own host, so every page would be refused; "
            f"write ALLOWED_HOSTS={','.join(filter(None, [*hosts, host]))}."
        )
    if not is_local(site_url):
        yield from public_mistakes(site_url, secret_key, debug)


def public_mistakes(site_url, secret_key, debug):
    """What only a site that others can reach has to care about."""
    if not secret_key:
        yield (
            "SECRET_KEY is not set; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    elif len(secret_key) < 50 or len(set(secret_key)) < 5:
        yield "SECRET_KEY is too weak; it takes at least 50 characters, made at random."
    if debug:
        yield "DEBUG is on while SITE_URL names a public host; readers would see its insides. Unset it."
    if site_url.startswith("http:"):
        yield f"SITE_URL is {site_url!r}; a public site needs https, or the editors' logins travel readable."


def refuse_mistakes(unreadable, **values):
    """`unreadable`: what Said could not read."""
    found = [*unreadable, *mistakes(**values)]
    if found:
        raise ImproperlyConfigured(
            "\n".join(["the settings have to be corrected first.", *(f" - {m}" for m in found)])
        )
