import psycopg
import pytest

from tests.servers import Postgres


@pytest.fixture(scope="module")
def own(postgres, tmp_path_factory):
    """A server of this module's own: it gets killed."""
    with Postgres(tmp_path_factory.mktemp("killed")) as server:
        yield server
    server.remove()


class TestPostgres:
    def test_keeps_what_was_committed_when_it_is_killed(self, own):
        own.create_database("kept")
        with own.connect("kept") as connection:
            connection.execute("CREATE TABLE line (text text)")
            connection.execute("INSERT INTO line VALUES ('still here')")
            own.kill()
        own.start()
        with own.connect("kept") as connection:
            assert connection.execute("SELECT text FROM line").fetchone() == ("still here",)

    def test_refuses_connections_when_it_is_stopped(self, own):
        own.stop()
        with pytest.raises(psycopg.OperationalError):
            own.connect("postgres")
        own.start()
        assert own.is_open()
