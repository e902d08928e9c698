"""DATABASE_URL: which database, with which options. An option reaches the driver or is named as a mistake."""

import difflib
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import dj_database_url
from environs import ValidationError
from psycopg import pq

from newsroom.postgres_connection import FOR_A_GREETING, pool_of

SCHEMES = {"sqlite", "postgres", "postgresql"}
# What SQLite takes from the URL: how many seconds a writer waits for another. The rest is not for choosing.
OF_SQLITE = {"timeout"}
# Django and dj-database-url add these to what PostgreSQL's own library, libpq, takes.
OF_DJANGO = {"assume_role", "server_side_binding", "currentSchema"}
FILES = ("passfile", "sslcert", "sslkey", "sslrootcert", "sslcrl")
NUMBERS = (
    "connect_timeout",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
)
NOT_FILES = {"system"}  # sslrootcert=system: the certificates that the machine trusts
NOWHERE = "/dev/null/nowhere"
# No message repeats any of the URL but its options: it holds the password.
WRITE = "write postgres://user:password@host:5432/name, or sqlite:////absolute/path.sqlite3."


def database_settings(url, *, folder, connections):
    """Django's settings for a URL that check_url() has passed. `folder`: where a relative path of SQLite's
    begins; `connections`: how many PostgreSQL's pool holds at most."""
    found = dj_database_url.parse(url)
    said = found.get("OPTIONS", {})
    if is_sqlite(found):
        # Opening the file anew takes longer than most pages' queries. PostgreSQL has its pool instead.
        return found | {
            "NAME": str(folder / found["NAME"]),
            "CONN_MAX_AGE": None,
            "OPTIONS": sqlite_options() | said,
        }
    options = {"connect_timeout": FOR_A_GREETING} | said | {"pool": pool_of(connections)}
    # A database that was started anew costs nobody an error page: dead connections are found before use.
    return found | {"OPTIONS": options, "CONN_HEALTH_CHECKS": True}


def sqlite_options():
    return {
        # Writers queue instead of failing half way; readers are never blocked by a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }


def is_sqlite(database):
    return database["ENGINE"].endswith("sqlite3")


def check_url(url):
    """ValidationError says what is wrong with it and what to write instead."""
    try:
        split = urlsplit(url)
        found = dj_database_url.parse(url) if split.scheme in SCHEMES else None
    except ValueError:
        split = found = None
    if split and not found:
        raise ValidationError(f"names no kind of database that the site can use; {WRITE}")
    # A password with / in it ends the host too soon, and the rest of it becomes the name.
    if not split or split.fragment or (not is_sqlite(found) and re.search("[/@]", split.path[1:])):
        raise ValidationError(
            f"cannot be taken apart; {WRITE} In user and password, write @ as %40, : as %3A, / as %2F, "
            "? as %3F, # as %23 and % as %25."
        )
    check_place(found)
    check_options(found, parse_qsl(split.query, keep_blank_values=True))


def check_place(found):
    options = found.get("OPTIONS", {})
    if not is_sqlite(found):
        if not found["NAME"] and "service" not in options:
            raise ValidationError(f"names no database; {WRITE}")
    # With two slashes the file's name is taken for a host, and SQLite would keep the newsroom in memory.
    elif found["NAME"] in ("", ":memory:") or found.get("HOST"):
        raise ValidationError("names no file for SQLite; write sqlite:////absolute/path.sqlite3.")


def check_options(found, written):
    if is_sqlite(found):
        mistakes = [*unknown_options(written, OF_SQLITE), *sqlite_mistakes(found.get("OPTIONS", {}))]
    else:
        mistakes = [*unknown_options(written, OF_DJANGO | of_libpq()), *postgres_mistakes(dict(written))]
    if mistakes:
        raise ValidationError("; it ".join(mistakes) + ".")


def unknown_options(written, known):
    names = [name for name, _ in written]
    for name, value in written:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            instead = f"write {near[0]}" if near else "take it out"
            yield f"has the option {name!r}, which is unknown: {instead}"
        elif not value or names.count(name) > 1:
            yield f"has the option {name!r}, which must be said once and with a value"


def of_libpq():
    return {option.keyword.decode() for option in pq.Conninfo.get_defaults()}


def sqlite_mistakes(options):
    if not isinstance(options.get("timeout", 0), int):
        yield "has a timeout that is no whole number of seconds: write it like timeout=20"


def postgres_mistakes(options):
    for name in FILES:
        file = options.get(name, "")
        if file and file not in NOT_FILES and not Path(file).exists():
            yield f"names {file} as {name}, and there is no such file: correct the path"
    for name in NUMBERS:
        if not options.get(name, "0").isdecimal():
            yield f"has the option {name}={options[name]}: write a whole number"
    # libpq looks at other values before it looks for the server, and there is none at this place.
    asked = {name: value for name, value in options.items() if value and name in of_libpq() - {"hostaddr"}}
    text = " ".join(f"{name}='{escaped(value)}'" for name, value in (asked | {"host": NOWHERE}).items())
    said = pq.PGconn.connect_start(text.encode()).error_message.decode(errors="replace").strip()
    if said.startswith("invalid "):
        yield f"holds an {said}: correct it"


def escaped(value):
    return str(value).replace("\\", "\\\\").replace("'", "\\'")
