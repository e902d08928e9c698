"""A PostgreSQL cluster of our own: its data in a folder, no login, gone when the folder is."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from .parts import find_postgres
from .process import STOP_SECONDS, ServerProcess

# initdb and postgres refuse to run as root; Debian's package brings this user.
ACCOUNT = "postgres"
# Nothing here has to outlive a power cut of the machine: a test's kill -9 loses nothing without fsync either.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    # What it counted between two tests, when tables are empty, would mislead the plans of the next one's queries: tests
    # write their rows in transactions that are open still, and nobody sees them but the test itself.
    "autovacuum": "off",
    # Some tests are about deadlocks, which are looked for after a second otherwise.
    "deadlock_timeout": "100ms",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


class Postgres(ServerProcess):
    name = "postgres"
    # Fast shutdown: it does not wait for clients to go.
    stop_signal = signal.SIGINT

    def __init__(self, folder, port=None, **settings):
        super().__init__(folder, port)
        self.programs = find_postgres()
        self.settings = {**SETTINGS, **settings}
        self.data = self.folder / "data"

    def command(self):
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        return [self.programs / "postgres", "-D", self.data, "-p", str(self.port), *options]

    def account(self):
        return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}

    def start(self):
        if not self.data.exists():
            self.create_cluster()
        return super().start()

    def kill(self):
        """Its children are sessions of their own and end when they miss it: a new one can't start before."""
        super().kill()
        deadline = time.monotonic() + STOP_SECONDS
        while self.children_run() and time.monotonic() < deadline:
            time.sleep(0.02)

    @contextlib.contextmanager
    def silent(self):
        """As a machine that is frozen: connections are accepted, and nothing is answered."""
        numbers = [self.process.pid, *self.children()]
        for number in numbers:
            os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            for number in numbers:
                os.kill(number, signal.SIGCONT)

    def children(self):
        said = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in said.split()]

    def children_run(self):
        """The kernel counts who is still attached to the cluster's shared memory."""
        status = self.data / "postmaster.pid"
        lines = status.read_text().splitlines() if status.exists() else []
        if len(lines) < 7:
            return False
        _key, segment = lines[6].split()
        table = Path("/proc/sysvipc/shm")
        attached = [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []
        return any(line[1] == segment and int(line[6]) > 0 for line in attached)

    def create_cluster(self):
        self.data.mkdir()
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self.data, account.pw_uid, account.pw_gid)
            self.data.chmod(0o700)
            self.open_folders()
        encoding = ["--encoding=UTF8", "--locale=C.UTF-8"]
        login = ["--auth=trust", f"--username={ACCOUNT}"]
        subprocess.run(
            [self.programs / "initdb", "-D", self.data, *encoding, *login, "--no-sync"],
            check=True,
            capture_output=True,
            cwd="/",
            **self.account(),
        )

    def open_folders(self):
        """pytest's and tempfile's folders are root's alone; the server's account has to get through."""
        for folder in (self.folder, *self.folder.parents):
            mode = folder.stat().st_mode
            if folder.stat().st_uid == 0 and not mode & 0o001:
                folder.chmod(mode | 0o011)

    def is_open(self):
        try:
            with self.connect("postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def connect(self, database):
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=ACCOUNT,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def create_database(self, name, *, template="template1"):
        """A copy of the template, to which nobody is connected. Answers its URL, as DATABASE_URL takes it."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self.connect("postgres") as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.database_url(name)

    def has_database(self, name):
        with self.connect("postgres") as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            return found.rowcount == 1

    def dump(self, name, file):
        """All that is in the database, as statements."""
        self.run("pg_dump", "--no-owner", f"--file={file}", name)

    def load(self, name, file):
        """A new database out of what dump() wrote."""
        self.create_database(name)
        self.run("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={name}", f"--file={file}")

    def run(self, program, *arguments):
        where = ["--host=127.0.0.1", f"--port={self.port}", f"--username={ACCOUNT}"]
        subprocess.run([self.programs / program, *where, *arguments], check=True, capture_output=True)

    def database_url(self, name):
        return f"postgres://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def remove(self):
        self.kill()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.data)
