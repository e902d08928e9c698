"""What an operator sees who forgot something: one sentence, no traceback, whichever door is taken."""

import re
import socket
import subprocess
import sys
import time

import pytest

from tests.servers import Application, ask
from tests.servers.application import ROOT


@pytest.fixture
def application(tmp_path):
    return Application(tmp_path)


def start_wsgi(application):
    return subprocess.run(
        [sys.executable, "-c", "import newsroom.wsgi"],
        env=application.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


class TestWrongSettings:
    WRONG = {
        "SITE_URL": "http://news.example.org",
        "ALLOWED_HOSTS": "www.example.org",
        "TIME_ZONE": "Mars",
        "THREADS": "many",
    }

    @pytest.fixture
    def wrong(self, tmp_path):
        return Application(tmp_path, **self.WRONG)

    @pytest.mark.parametrize("command", ["check", "migrate", "serve"])
    def test_are_all_named_by_a_command(self, wrong, command):
        done = wrong.manage(command, check=False)
        assert done.returncode == 1
        self.assert_all_named(done.stderr)

    def test_are_all_named_by_the_application(self, wrong):
        done = start_wsgi(wrong)
        assert done.returncode == 1
        self.assert_all_named(done.stderr)

    def assert_all_named(self, said):
        assert "Traceback" not in said
        for name in ("SITE_URL", "ALLOWED_HOSTS", "TIME_ZONE", "THREADS", "SECRET_KEY"):
            assert f" - {name}" in said


class TestServe:
    def test_says_that_the_database_lacks_migrations(self, application):
        done = application.manage("serve", f"--port={application.port}", check=False)
        assert done.returncode == 1
        assert re.search(r"the database lacks \d+ migrations; run: python manage.py migrate", done.stderr)
        assert "Traceback" not in done.stderr

    def test_says_that_static_files_are_not_collected(self, application):
        assert "manage.py collectstatic" in application.manage("serve", check=False).stderr

    def test_says_that_the_database_does_not_answer(self, tmp_path):
        away = Application(tmp_path, database_url="postgres://nobody@127.0.0.1:1/none")
        said = away.manage("serve", f"--port={away.port}", check=False).stderr
        assert "the database does not answer" in said
        assert "Traceback" not in said

    def test_says_in_one_line_that_the_port_is_taken(self, application):
        with socket.socket() as other:
            other.bind(("127.0.0.1", application.port))
            other.listen()
            done = application.manage("serve", f"--port={application.port}", check=False)
        assert done.returncode == 1
        assert re.fullmatch(
            rf"Newsroom cannot start: port {application.port} of 127.0.0.1 is not free .*",
            done.stderr.strip(),
        )

    def test_says_that_its_folder_cannot_be_written_to(self, tmp_path):
        (tmp_path / "file").touch()
        closed = Application(tmp_path, var=tmp_path / "file" / "var")
        said = closed.manage("serve", check=False).stderr
        assert "cannot be written to" in said
        assert "Traceback" not in said


class TestWsgi:
    def test_starts_without_its_tables_and_says_so_in_its_log(self, application):
        done = start_wsgi(application)
        assert done.returncode == 0, done.stderr
        assert "the database lacks" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """What `make run` starts, without the demo, whose pictures take a while."""
    with Application(tmp_path_factory.mktemp("site")).prepare() as application:
        yield application


class TestRunning:
    def test_is_alive_and_ready(self, running):
        assert running.get("/health/live")[0] == 200
        assert running.get("/health/ready")[0] == 200

    def test_answers_the_front_and_the_desk(self, running):
        assert running.get("/")[0] == 200
        status, headers, _ = running.get("/admin/")
        assert (status, headers["Location"]) == (302, "/admin/login/?next=/admin/")

    def test_serves_a_static_file_for_good(self, running):
        body = running.get("/admin/login/")[2].decode()
        address = re.search(r'href="(/static/[^"]+\.css)"', body)[1]
        status, headers, _ = running.get(address)
        assert status == 200
        assert "immutable" in headers["Cache-Control"]

    def test_prints_its_address_when_it_is_open(self, running):
        assert f"Readers  {running.url}/" in running.log()


class TestLog:
    """Of a public site without a proxy, as a machine on the internet meets it."""

    PUBLIC = {
        "SITE_URL": "https://news.example.org",
        "SECRET_KEY": "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN",
    }

    def test_has_a_line_for_a_wrong_host_and_none_for_health(self, prepared, tmp_path):
        site = Application(tmp_path, workers=1, var=prepared.var, PRESS_EMBEDDED="0", **self.PUBLIC)
        with site:
            while "Stop it with Ctrl+C" not in site.log():
                time.sleep(0.05)
            before = site.log()
            for path in ("/health/live", "/health/ready"):
                assert ask(site.port, path, host=f"127.0.0.1:{site.port}").status == 200
            assert site.log() == before
            assert ask(site.port, "/", host="evil.example").status == 400
        said = site.log().removeprefix(before).splitlines()
        assert len(said) == 1
        assert "Invalid HTTP_HOST header: 'evil.example'" in said[0]

    def test_says_that_nobody_has_told_it_of_the_proxy(self, prepared, tmp_path):
        site = Application(tmp_path, workers=1, var=prepared.var, PRESS_EMBEDDED="0", **self.PUBLIC)
        with site:
            for _ in range(3):
                answer = ask(site.port, "/admin/login/", host="news.example.org", x_forwarded_proto="https")
                assert answer.headers["location"] == "https://news.example.org/admin/login/"
        assert site.log().count("set BEHIND_PROXY=1") == 1
