from pathlib import Path

import pytest
from environs import ValidationError

from newsroom.configuration.database_url import check_url, database_settings
from newsroom.postgres_connection import pool_of
from tests.servers import Application

POOL = pool_of(10)
GREETING = {"connect_timeout": 3}


def settings_for(url):
    check_url(url)
    return database_settings(url, folder=Path("/srv/newsroom"), connections=10)


class TestPostgres:
    def test_has_a_pool_and_finds_dead_connections(self):
        found = settings_for("postgres://ana:p%40ss@db.example.org:5433/paper")
        assert found["ENGINE"] == "django.db.backends.postgresql"
        assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
            "ana",
            "p@ss",
            "db.example.org",
            5433,
            "paper",
        ]
        assert found["OPTIONS"] == GREETING | {"pool": POOL}
        assert found["CONN_HEALTH_CHECKS"] is True

    def test_keeps_every_option_beside_the_pool(self, tmp_path):
        root = tmp_path / "root.crt"
        root.touch()
        said = f"sslmode=verify-full&sslrootcert={root}&connect_timeout=5&options=-c%20statement_timeout=9000"
        assert settings_for(f"postgres://ana@db/paper?{said}")["OPTIONS"] == {
            "sslmode": "verify-full",
            "sslrootcert": str(root),
            "connect_timeout": 5,
            "options": "-c statement_timeout=9000",
            "pool": POOL,
        }

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("host=/run/postgresql", {"host": "/run/postgresql"}),
            ("service=paper", {"service": "paper"}),
            ("currentSchema=paper", {"options": "-c search_path=paper"}),
            ("sslrootcert=system&sslmode=verify-full", {"sslrootcert": "system", "sslmode": "verify-full"}),
            ("assume_role=press", {"assume_role": "press"}),
            ("application_name=it%27s", {"application_name": "it's"}),
        ],
    )
    def test_takes_what_the_driver_takes(self, said, kept):
        assert settings_for(f"postgresql:///paper?{said}")["OPTIONS"] == GREETING | kept | {"pool": POOL}

    def test_needs_no_name_beside_a_service(self):
        assert settings_for("postgres:///?service=paper")["OPTIONS"]["service"] == "paper"

    def test_has_them_from_the_server_too(self, postgres, tmp_path):
        url = f"{postgres.create_database('options')}?options=-c%20statement_timeout%3D7654&application_name=desk"
        site = Application(tmp_path, database_url=url)
        asked = "from django.db import connection as c; k = c.cursor(); k.execute({!r}); print(*k.fetchone())"
        query = "SELECT current_setting('statement_timeout'), current_setting('application_name')"
        assert (
            site.manage("shell", "--no-imports", "--command", asked.format(query)).stdout == "7654ms desk\n"
        )

    def test_are_refused_by_name_at_start(self, tmp_path):
        site = Application(tmp_path, database_url="postgres://ana@127.0.0.1:1/none?sslmod=verify-full")
        done = site.manage("check", check=False)
        assert done.returncode == 1
        assert " - DATABASE_URL has the option 'sslmod', which is unknown: write sslmode." in done.stderr


class TestSqlite:
    def test_queues_its_writers_and_keeps_its_connection(self):
        found = settings_for("sqlite:////var/lib/paper.sqlite3")
        assert found["NAME"] == "/var/lib/paper.sqlite3"
        assert found["CONN_MAX_AGE"] is None
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
        assert found["OPTIONS"]["timeout"] == 20

    def test_keeps_the_time_that_a_writer_waits(self):
        found = settings_for("sqlite:///paper.sqlite3?timeout=60")
        assert found["OPTIONS"]["timeout"] == 60
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

    def test_is_beside_manage_py_wherever_a_command_is_given(self):
        assert settings_for("sqlite:///paper.sqlite3")["NAME"] == "/srv/newsroom/paper.sqlite3"


class TestCheckUrl:
    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("", "names no kind of database"),
            ("nonsense", "names no kind of database"),
            ("mysql://ana:secret@db/paper", "names no kind of database"),
            ("postgres:/ana:secret@db/paper", "write postgres://user:password@host:5432/name"),
            ("postgres://ana:secret@db", "names no database"),
            ("postgres://ana:secret@db/", "names no database"),
            ("postgres://ana:secret@db:port/paper", "cannot be taken apart"),
            ("postgres://ana:sec#ret@db/paper", "write @ as %40"),
            ("postgres://ana:12#secret@db/paper", "write @ as %40"),
            ("postgres://ana:sec/ret@db/paper", "write @ as %40"),
            ("postgres://ana:se@cr/et@db/paper", "write @ as %40"),
            ("postgres://[ana:secret@db/paper", "cannot be taken apart"),
            ("sqlite://", "names no file"),
            ("sqlite:///", "names no file"),
            ("sqlite://:memory:", "names no file"),
            ("sqlite:///:memory:", "names no file"),
            ("sqlite://newsroom.sqlite3", "write sqlite:////absolute/path.sqlite3"),
        ],
    )
    def test_says_what_to_write_and_never_the_password(self, url, said):
        with pytest.raises(ValidationError) as refused:
            check_url(url)
        assert said in refused.value.messages[0]
        assert "ana" not in refused.value.messages[0]
        assert "secret" not in refused.value.messages[0]

    @pytest.mark.parametrize(
        ("said", "named"),
        [
            ("sslmod=verify-full", "has the option 'sslmod', which is unknown: write sslmode."),
            ("conn_max_age=60", "has the option 'conn_max_age', which is unknown: take it out."),
            ("sslmode=", "has the option 'sslmode', which must be said once and with a value."),
            ("sslmode", "has the option 'sslmode', which must be said once and with a value."),
            ("sslmode=verify-ful", 'holds an invalid sslmode value: "verify-ful": correct it.'),
            ("target_session_attrs=x", 'holds an invalid target_session_attrs value: "x": correct it.'),
            ("connect_timeout=soon", "has the option connect_timeout=soon: write a whole number."),
            (
                "sslrootcert=/none.crt",
                "names /none.crt as sslrootcert, and there is no such file: correct the path.",
            ),
        ],
    )
    def test_names_an_option_that_postgresql_cannot_use(self, said, named):
        with pytest.raises(ValidationError) as refused:
            check_url(f"postgres://ana@db/paper?{said}")
        assert refused.value.messages == [named]

    def test_names_all_of_them(self):
        with pytest.raises(ValidationError) as refused:
            check_url("postgres://ana@db/paper?sslmod=require&ssl_mode=require&sslmode=on")
        for part in ("'sslmod'", "'ssl_mode'", '"on"'):
            assert part in refused.value.messages[0]

    @pytest.mark.parametrize(
        "said", ["sslmode=require", "timeout=soon", "timeout=1.5", "timeout=1&timeout=2"]
    )
    def test_names_an_option_that_sqlite_cannot_use(self, said):
        with pytest.raises(ValidationError, match=said.partition("=")[0]):
            check_url(f"sqlite:///paper.sqlite3?{said}")
