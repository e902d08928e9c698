"""The servers as fixtures. A missing program skips the test and says what to install; in CI it fails it."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from newsroom.configuration.picture_store import picture_storages

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
# Notes from what the files were collected, so that they are not collected again.
COLLECT = "from articles.management.preparing import collect_static_files; collect_static_files()"


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


@pytest.fixture(scope="session")
def store():
    """A running store that speaks S3."""
    # Who asks for no store need not wait for its packages.
    from .store import Store

    running = Store().start()
    yield running
    running.stop()


@pytest.fixture
def in_store(store, settings):
    """Pictures are kept in two new buckets; answers what the settings say of them."""
    settings.PICTURE_STORE = store.settings()
    settings.STORAGES = settings.STORAGES | picture_storages(settings.PICTURE_STORE)
    return settings.PICTURE_STORE


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


def for_all(tmp_path_factory, name, make):
    """A folder that the first worker makes that needs it; the others find it there."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / name).exists():
            make(base / f"{name}.unfinished")
            (base / f"{name}.unfinished").rename(base / name)
    return base / name


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory):
    """A database in a file, with tables. Migrating takes some seconds, copying none."""

    def make(folder):
        Application(folder).manage("migrate", "--verbosity=0")

    return for_all(tmp_path_factory, "with-tables", make) / "var" / "newsroom.sqlite3"


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """new_database(server, name): a database with tables in that PostgreSQL; answers its URL."""

    def new_database(server, name):
        def make(folder):
            url = server.create_database("with_tables")
            Application(folder, database_url=url).manage("migrate", "--verbosity=0")
            server.dump("with_tables", folder / "tables.sql")

        tables = for_all(tmp_path_factory, "postgres-with-tables", make) / "tables.sql"
        if not server.has_database("with_tables"):
            server.load("with_tables", tables)
        return server.create_database(name, template="with_tables")

    return new_database


@pytest.fixture(scope="session")
def made_once(with_tables, tmp_path_factory):
    """A var/ with tables and static files, as `serve --prepare` leaves it."""

    def make(folder):
        application = Application(folder)
        application.var.mkdir()
        shutil.copy(with_tables, application.var)
        application.manage("shell", "--no-imports", "--command", COLLECT)

    return for_all(tmp_path_factory, "made-once", make) / "var"


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
