"""PostgreSQL: pg_dump copies it as one snapshot saw it, and one transaction loads it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from articles.backup.errors import BackupFailed

from .interface import Copy, Database, Rows

PIECE = 1 << 20
# What a role that is no superuser could not bring back, and what another server may have otherwise.
OWN = ("--no-owner", "--no-acl", "--no-comments")
EMPTY = """
DO $$ DECLARE name text; BEGIN
FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = current_schema()
LOOP EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE'; END LOOP;
DROP FUNCTION IF EXISTS articles_keep_audit(); END $$
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
TOOLS = (
    "Install PostgreSQL's client programs, of the server's version or a newer one: "
    "apt install postgresql-client."
)


class PostgresRows(Rows):
    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.connection = connection

    def ask(self, question: str) -> Sequence[tuple[Any, ...]]:
        return self.connection.execute(question).fetchall()  # type: ignore[arg-type]

    def tables(self) -> set[str]:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return {name for (name,) in self.ask(asked)}


class PostgresDatabase(Database):
    kind = "postgresql"
    member = "database.pgdump"

    def __init__(self, said: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
        """`said` is Django's settings of the database, `parameters` what its driver connects with."""
        self.said, self.parameters = dict(said), dict(parameters)
        self._loaded: IO[bytes] | None = None

    def named(self, name: str) -> "PostgresDatabase":
        """Another database of the same server."""
        return PostgresDatabase(self.said | {"NAME": name}, self.parameters | {"dbname": name})

    @property
    def name(self) -> str:
        return self.said["NAME"]

    @property
    def url(self) -> str:
        return urlsplit(settings.DATABASE_URL)._replace(path=f"/{quote(self.name)}").geturl()

    def described(self) -> str:
        return f"the PostgreSQL database {self.name}"

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        known = {
            name: value
            for name, value in self.parameters.items()
            if name not in ("cursor_factory", "context")
        }
        try:
            return psycopg.connect(**known, autocommit=True)
        except psycopg.OperationalError as error:
            raise BackupFailed(f"The database does not answer: {str(error).strip()}") from error

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Copy]:
        with self.connect() as connection:
            connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]  # type: ignore[index]
            file = folder / self.member
            self.run("pg_dump", "--format=custom", *OWN, f"--snapshot={snapshot}", f"--file={file}")
            yield Copy(file, PostgresRows(connection))
            connection.execute("ROLLBACK")

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        with self.connect() as connection:
            yield PostgresRows(connection)

    def load(self, content: IO[bytes], scratch: Path) -> None:
        """It is only put by, because nothing may change as long as the rest of the archive can fail."""
        self._loaded = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - `forget` closes it
        shutil.copyfileobj(content, self._loaded, PIECE)

    def take_place(self, aside: Path) -> None:
        """The tables that are there go in the same transaction in which those of the archive come. Its COMMIT
        is sent only when pg_restore has ended well: whatever ends sooner changes nothing."""
        if self._loaded is None:
            raise BackupFailed("The archive holds no database.")
        self._loaded.seek(0)
        where, environment = self.where()
        with tempfile.TemporaryFile() as said:
            reader = begin(
                ["pg_restore", *OWN, "--file=-"], stdin=self._loaded, stdout=subprocess.PIPE, stderr=said
            )
            options = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=-"]
            loader = begin(
                ["psql", *where, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env=environment,
            )
            # If psql has ended, it says why.
            with suppress(BrokenPipeError), reader.stdout as script, loader.stdin as to:
                to.write(f"SET client_min_messages = warning; BEGIN;{EMPTY};\n".encode())
                shutil.copyfileobj(script, to, PIECE)
                if reader.wait() == 0:
                    to.write(b"\nCOMMIT;\n")
            failed = [reader.wait() != 0, loader.wait() != 0]
            if any(failed):
                said.seek(0)
                raise BackupFailed(
                    f"The database was not loaded, and is as it was: {first_lines(said.read())}"
                )

    def forget(self) -> None:
        if self._loaded is not None:
            self._loaded.close()

    def users(self) -> str:
        with self.rows() as rows:
            number = rows.ask(OTHERS)[0][0]
        if not number:
            return ""
        many = "1 other connection is" if number == 1 else f"{number} other connections are"
        return f"{many} open to {self.described()}"

    @contextmanager
    def scratch(self, folder: Path, name: str) -> Iterator[Database]:
        made = self.beside(folder, name)
        try:
            yield made
        finally:
            made.drop()

    def drop(self) -> None:
        """Nobody is connected to the database that goes, so this asks from that of the site."""
        with self.named(connection.settings_dict["NAME"]).connect() as site:
            site.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def drop_left(self, name: str) -> None:
        self.beside_this(name).drop()

    def beside_this(self, name: str) -> "PostgresDatabase":
        return self.named(f"{self.name}_{name}")

    def beside(self, folder: Path, name: str) -> "PostgresDatabase":
        made = self.beside_this(name)
        with self.connect() as connection:
            try:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made.name)))
            except psycopg.errors.InsufficientPrivilege as error:
                role = self.said["USER"]
                raise BackupFailed(
                    f"The role {role} may not make a database, which this needs. As PostgreSQL's "
                    "administrator: "
                    f'ALTER ROLE "{role}" CREATEDB;'
                ) from error
            except psycopg.errors.DuplicateDatabase as error:
                raise BackupFailed(f"There is a database {made.name} already; drop it first.") from error
        return made

    def run(self, program: str, *arguments: str) -> None:
        where, environment = self.where()
        done = begin([program, *arguments, *where], stderr=subprocess.PIPE, env=environment)
        _, said = done.communicate()
        if done.returncode:
            raise BackupFailed(f"{program} failed: {first_lines(said)}")

    def where(self) -> tuple[list[str], dict[str, str]]:
        """Arguments and environment with which PostgreSQL's programs find the database. No password is among
        the arguments, which every user of the machine can see."""
        (_, *arguments), environment = DatabaseClient.settings_to_cmd_args_env(self.said, [])
        return arguments, os.environ | (environment or {})


def begin(command: list[str], **streams: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, **streams)  # noqa: S603 - PostgreSQL's own programs
    except FileNotFoundError as error:
        raise BackupFailed(f"{command[0]} is not installed. {TOOLS}") from error


def first_lines(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    text = " / ".join(lines[:3]) or "it has not said why"
    return f"{text} {TOOLS}" if "version mismatch" in text else text
