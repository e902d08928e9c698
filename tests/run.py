"""Every test: on SQLite, then those without a browser once more on PostgreSQL.

    python -m tests.run [pytest's arguments]

Parts that this machine lacks are named in one line each, and their tests skipped; with CI=true a missing
part is a failure, because there nothing may be skipped.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import Missing, Postgres, find_chromium, find_nginx, find_postgres, find_varnish

# More at a time than there are cores: many wait for servers, for browsers or for their second.
AT_ONCE = 2 * (os.cpu_count() or 1)
# A file stays together: what its tests share is then started once.
PYTEST = [sys.executable, "-m", "pytest", f"-n{AT_ONCE}", "--dist", "loadfile", "-q", "--durations=12"]
# What never asks a database is the same on both: once is enough.
WITHOUT_DATABASE = (
    *("articles/body", "articles/images", "articles/templates"),
    *("newsroom/test_install.py", "newsroom/test_start.py"),
)
NO_TESTS_CHOSEN = 5


def main(arguments):
    # Whoever ends this ends the servers that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    missing = list(missing_parts())
    for sentence in missing:
        print(f"Not everything can be tested: {sentence}")
    if missing and os.environ.get("CI") == "true":
        sys.exit(1)
    results = [on_sqlite(arguments), on_postgres(arguments)]
    sys.exit(max((result for result in results if result != NO_TESTS_CHOSEN), default=NO_TESTS_CHOSEN))


def missing_parts():
    for find in (find_chromium, find_nginx, find_postgres, find_varnish):
        try:
            find()
        except Missing as missing:
            yield str(missing)


def on_sqlite(arguments):
    print("On SQLite:", flush=True)
    return pytest(arguments)


def on_postgres(arguments):
    """Those that start servers of their own have run already; what differs here are the queries."""
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        try:
            server = Postgres(Path(folder) / "server")
        except Missing:
            return 0
        with server:
            print("On PostgreSQL:", flush=True)
            chosen = ["-m", "not browser and not postgres and not nginx and not slow", *arguments]
            chosen += [f"--ignore=tests/{room}" for room in WITHOUT_DATABASE]
            return pytest(chosen, TEST_DATABASE_URL=server.database_url("newsroom"))


def pytest(arguments, **variables):
    return subprocess.run(
        [*PYTEST, *arguments], env=os.environ | variables, stdin=subprocess.DEVNULL
    ).returncode


if __name__ == "__main__":
    main(sys.argv[1:])
