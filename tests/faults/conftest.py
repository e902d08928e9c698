"""A site of real parts for faults to happen to: PostgreSQL, application, press, nginx. Each test leaves it healed."""

import pytest

from tests.servers import Missing, Postgres, Website
from tests.servers.fixtures import skip_or_fail


@pytest.fixture(scope="session")
def site(prepared, tmp_path_factory):
    """The press runs when a test starts one. `site.postgres` and `site.editors` are its database and its desk."""
    folder = tmp_path_factory.mktemp("faults")
    try:
        postgres = Postgres(folder / "postgres").start()
        database = postgres.create_database("newsroom")
        site = Website(
            folder, static=prepared.var / "static", database_url=database, PRESS_EMBEDDED="0", THREADS="4"
        )
    except Missing as missing:
        skip_or_fail(missing)
    site.postgres = postgres
    site.application.manage("migrate", "--verbosity=0")
    site.start()
    site.editors = site.desk()
    yield site
    site.stop()
    postgres.remove()
