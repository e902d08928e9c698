"""The demo newsroom on a PostgreSQL of its own, grown to so many articles."""

import contextlib
import tempfile
from pathlib import Path

from tests.servers import Application, Postgres

DATABASE = "newsroom"


@contextlib.contextmanager
def demo_newsroom():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        # Here the figures are to be a real server's: what it commits is on the disk.
        server = Postgres(Path(folder) / "postgres", fsync="on", full_page_writes="on")
        with server:
            application = Application(Path(folder) / "site", database_url=server.create_database(DATABASE))
            application.prepare()
            application.manage("demo")
            settle(server)
            yield Newsroom(server, application)


@contextlib.contextmanager
def on_sqlite(articles):
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        application = Application(Path(folder)).prepare()
        application.manage("demo", "--articles", str(articles))
        yield application


class Newsroom:
    def __init__(self, server, application):
        self.server = server
        self.application = application

    def size(self):
        with self.server.connect(DATABASE) as connection:
            return connection.execute("SELECT count(*) FROM articles_article").fetchone()[0]

    def grow(self, articles):
        missing = articles - self.size()
        if missing > 0:
            self.application.manage("demo", "--articles", str(missing))
            settle(self.server)


def settle(server):
    """What autovacuum will have done on any server after a while."""
    with server.connect(DATABASE) as connection:
        connection.execute("VACUUM ANALYZE")
