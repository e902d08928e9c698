"""The demo newsroom on a PostgreSQL of its own, grown to so many articles."""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import Application, Postgres
from tests.servers.application import ROOT

DATABASE = "newsroom"


@contextlib.contextmanager
def demo_newsroom():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        # Here the figures are to be a real server's: what it commits is on the disk.
        server = Postgres(Path(folder) / "postgres", fsync="on", full_page_writes="on", autovacuum="on")
        with server:
            application = Application(
                Path(folder) / "site", whole=True, database_url=server.create_database(DATABASE)
            )
            application.prepare()
            application.manage("demo")
            newsroom = Newsroom(server, application)
            newsroom.settle()
            yield newsroom


@contextlib.contextmanager
def on_sqlite(articles):
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        application = Application(Path(folder), whole=True).prepare()
        application.manage("demo", "--articles", str(articles))
        yield application


class Newsroom:
    def __init__(self, server, application):
        self.server = server
        self.application = application

    def size(self):
        with self.server.connect(DATABASE) as connection:
            return connection.execute("SELECT count(*) FROM articles_article").fetchone()[0]

    def grow(self, articles, *, realistic=False):
        """With the demo's own sentences, or with texts in which most words are rare."""
        missing = articles - self.size()
        if missing <= 0:
            return
        if realistic:
            command = [sys.executable, "-m", "tests.benchmarks.words", str(missing)]
            subprocess.run(command, env=self.application.environment(), cwd=ROOT, check=True)
        else:
            self.application.manage("demo", "--articles", str(missing))
        self.settle()

    def settle(self):
        """What autovacuum will have done on any server after a while."""
        with self.server.connect(DATABASE) as connection:
            connection.execute("VACUUM ANALYZE")
