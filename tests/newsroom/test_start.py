"""What an operator sees who forgot something: one sentence, no traceback, whichever door is taken."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

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
        return Application(tmp_path, whole=True, **self.WRONG)

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
            rf"Newsroom cannot start: port {application.port} of 127.0.0.1 is taken by another program; .*",
            done.stderr.strip(),
        )

    def test_says_in_one_line_that_the_address_is_another_machines(self, application):
        done = application.manage("serve", "--host=203.0.113.9", check=False)
        assert done.returncode == 1
        assert re.fullmatch(
            r"Newsroom cannot start: 203.0.113.9 cannot be listened at .* with --host.", done.stderr.strip()
        )

    @pytest.mark.parametrize(
        "wrong", ["--workers=0", "--workers=two", "--port=99999", "--port=0", "--host=nonsense", "--host="]
    )
    def test_refuses_what_it_cannot_listen_with(self, wrong):
        with pytest.raises(CommandError, match=f"argument {wrong.partition('=')[0]}: "):
            call_command("serve", wrong)

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


class PortAlone(Application):
    """A site whose operator says nothing but `serve --port`."""

    def environment(self):
        return {
            name: value for name, value in super().environment().items() if name not in ("SITE_URL", "PORT")
        }


@pytest.fixture(scope="module")
def running(prepared, tmp_path_factory):
    """What `make run` starts, without the demo, which takes a while."""
    folder = tmp_path_factory.mktemp("site")
    with PortAlone(folder, whole=True, var=prepared.var, PRESS_SHELF=folder / "shelf") as application:
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

    def test_its_port_is_in_what_is_announced_and_in_what_is_served(self, running):
        wait_for(running, "Readers")
        assert f"Readers  http://localhost:{running.port}/\n" in running.log()
        assert "Listens" not in running.log()
        front = running.get("/")[2].decode()
        assert f'<link rel="canonical" href="http://localhost:{running.port}/">' in front

    def test_stops_at_once_at_ctrl_c_whoever_holds_a_connection(self, running):
        """A terminal sends it to the server and to its workers. After ten seconds the workers would be killed.
        This test is the last one of this site's."""
        with socket.create_connection(("127.0.0.1", running.port)) as browser:
            browser.sendall(f"GET /health/live HTTP/1.1\r\nHost: localhost:{running.port}\r\n\r\n".encode())
            assert browser.recv(12) == b"HTTP/1.1 200"
            os.killpg(running.process.pid, signal.SIGINT)
            assert running.process.wait(8) == 0
        assert "Traceback" not in running.log()


PUBLIC = {
    "SITE_URL": "https://news.example.org",
    "SECRET_KEY": "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN",
}


@pytest.fixture(scope="module")
def public(prepared, tmp_path_factory):
    """A public site without a proxy."""
    folder = tmp_path_factory.mktemp("public")
    with Application(folder, workers=1, var=prepared.var, PRESS_EMBEDDED="0", **PUBLIC) as site:
        wait_for(site, "Stop it with Ctrl+C")
        yield site


class TestLog:
    """Of a public site without a proxy, as a machine on the internet meets it."""

    def test_has_a_line_for_a_wrong_host_and_none_for_health(self, public):
        before = public.log()
        for path in ("/health/live", "/health/ready"):
            assert ask(public.port, path, host=f"127.0.0.1:{public.port}").status == 200
        assert public.log() == before
        assert ask(public.port, "/", host="evil.example").status == 400
        said = public.log().removeprefix(before).splitlines()
        assert len(said) == 1
        assert "Invalid HTTP_HOST header: 'evil.example'" in said[0]

    def test_says_that_nobody_has_told_it_of_the_proxy(self, public):
        for _ in range(3):
            answer = ask(public.port, "/admin/login/", host="news.example.org", x_forwarded_proto="https")
            assert answer.headers["location"] == "https://news.example.org/admin/login/"
        assert public.log().count("set BEHIND_PROXY=1") == 1


def wait_for(application, words):
    """Until the server, which is open, has said so."""
    deadline = time.monotonic() + 10
    while words not in application.log():
        assert time.monotonic() < deadline, application.log()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def behind(prepared, tmp_path_factory):
    """Its address is served by somebody else, whose files were written before a setting was changed."""
    folder = tmp_path_factory.mktemp("behind")
    said = {"SITE_URL": "http://localhost:1", "PRESS_EMBEDDED": "0"}
    site = Application(folder, workers=1, var=prepared.var, **said)
    try:
        site.manage("nginx", "--listen=127.0.0.1:8080", "--application=127.0.0.1:8000", "--log=off")
        site.variables["PRESS_CACHE_CONTROL"] = "no-store"
        with site:
            yield site
    finally:
        shutil.rmtree(prepared.var / "nginx")


class TestBehindNginx:
    def test_is_told_at_start_when_its_files_fit_no_more(self, behind):
        wait_for(behind, "Readers")
        again = "(newsroom.conf); run: python manage.py nginx --listen=127.0.0.1:8080 "
        assert behind.log().count(again) == 1

    def test_says_its_port_beside_an_address_that_somebody_else_serves(self, behind):
        wait_for(behind, "Listens")
        assert "Readers  http://localhost:1/\n" in behind.log()
        assert f"Listens  127.0.0.1:{behind.port}, for a server in front" in behind.log()


OPENING = """
import django, sys
django.setup()
from articles.management.opening import say_when_open
print("Preparing …")
say_when_open("127.0.0.1", {port}, "It is open.")
sys.stdin.read()
"""


class TestOpening:
    def begin(self, application):
        command = [sys.executable, "-c", OPENING.format(port=application.port)]
        environment = application.environment() | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def test_is_said_once_and_repeats_nothing_that_was_said_before(self, application):
        with socket.socket() as server, self.begin(application) as process:
            server.bind(("127.0.0.1", application.port))
            server.listen()
            said = [process.stdout.readline(), process.stdout.readline()]
            rest, _ = process.communicate()
        assert said == ["Preparing …\n", "It is open.\n"]
        assert rest == ""

    def test_is_not_said_of_a_server_that_has_ended(self, application):
        with self.begin(application) as process:
            said, _ = process.communicate()
        assert said == "Preparing …\n"
