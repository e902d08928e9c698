"""A site of real parts for faults to happen to: PostgreSQL, application, press, nginx. Each test leaves it healed."""

import pytest

from tests.servers import Missing, Website
from tests.servers.fixtures import postgres_of_its_own, skip_or_fail


@pytest.fixture(scope="package")
def site(prepared, new_database, tmp_path_factory):
    """The press runs when a test starts one. `site.postgres` and `site.editors` are its database and its desk."""
    static, variables = prepared.var / "static", {"PRESS_EMBEDDED": "0", "THREADS": "4"}
    with postgres_of_its_own() as postgres:
        database = new_database(postgres, "newsroom")
        try:
            site = Website(
                tmp_path_factory.mktemp("faults"), static=static, database_url=database, **variables
            )
        except Missing as missing:
            skip_or_fail(missing)
        site.postgres = postgres
        site.start()
        # A new shelf begins with what stands in the database; from then on the press follows.
        site.application.manage("press", "all")
        site.application.manage("press", "once")
        site.editors = site.desk()
        yield site
        site.stop()
