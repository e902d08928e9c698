"""The servers as fixtures. A missing program skips the test and says what to install; in CI it fails it."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from .application import Application
from .house import furnish
from .nginx import Nginx
from .parts import Missing
from .postgres import Postgres
from .website import Website

SERVERS = {
    "postgres": "postgres",
    "start_nginx": "nginx",
    "house": "nginx",
    "start_website": "nginx",
    "site": "postgres",
}


def pytest_collection_modifyitems(items):
    for item in items:
        for fixture, marker in SERVERS.items():
            if fixture in item.fixturenames:
                item.add_marker(marker)


def skip_or_fail(missing):
    if os.environ.get("CI") == "true":
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


@contextlib.contextmanager
def postgres_of_its_own():
    """Not below pytest's folder, which every pytest that starts closes to all but its own user."""
    with tempfile.TemporaryDirectory(prefix="newsroom-tests-") as folder:
        try:
            server = Postgres(Path(folder) / "postgres")
        except Missing as missing:
            skip_or_fail(missing)
        with server:
            yield server


@pytest.fixture(scope="session")
def postgres():
    """A running PostgreSQL; tests make databases of their own in it."""
    with postgres_of_its_own() as server:
        yield server


@pytest.fixture
def start_nginx(tmp_path):
    """Call it with what stands inside http { … }; answers the running nginx."""
    started = []

    def start(http, **options):
        try:
            server = Nginx(tmp_path / f"nginx-{len(started)}", http, **options)
        except Missing as missing:
            skip_or_fail(missing)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A var/ with tables and static files. The first worker that needs one makes it for all."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    application = Application(base / "made-once")
    with (base / "made-once.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (application.var / "static").exists():
            application.prepare()
    return application.var


@pytest.fixture(scope="session")
def prepared(made_once, tmp_path_factory):
    """An application with tables and static files; sites of tests begin as copies of it."""
    application = Application(tmp_path_factory.mktemp("prepared"))
    shutil.copytree(made_once, application.var, ignore=shutil.ignore_patterns("static"))
    link_files(made_once / "static", application.var / "static")
    return application


def link_files(folder, to):
    """A copy that takes no room. Nobody writes into static files."""
    shutil.copytree(folder, to, copy_function=os.link, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def start_website(prepared, tmp_path_factory):
    """Call it with variables of the environment; answers a running site with nginx in front, on SQLite."""
    started = []

    def start(**variables):
        try:
            folder = tmp_path_factory.mktemp("website")
            site = Website(folder, static=prepared.var / "static", **variables)
        except Missing as missing:
            skip_or_fail(missing)
        started.append(site)
        shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
        return site.start()

    yield start
    for site in started:
        site.remove()


@pytest.fixture(scope="session")
def house(start_website):
    return furnish(start_website())
