"""SIGHUP: new code and settings are served, and every request is answered meanwhile."""

import contextlib
import itertools
import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from tests.servers import Application, Website, ask
from tests.servers.versions import copy_this_version, point
from tests.waiting import wait_until

PATIENCE = 120  # seconds for two workers to load the site one after the other on a busy machine
ASKED = ("/health/live", "/about-us/", "/admin/login/")


class Asking:
    """Somebody who asks all the time, through nginx and without it; `wrong` is what they should not have got."""

    def __init__(self, site):
        self.ports, self.host = (site.port, site.application.port), f"localhost:{site.port}"
        self.answered, self.wrong = 0, []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=[port]) for port in self.ports * 2]

    def _ask(self, port):
        for path in itertools.cycle(ASKED):
            if self._stop.wait(0.01):
                return
            try:
                status = ask(port, path, host=self.host, timeout=30).status
            except OSError as error:
                status = error
            self.answered += 1
            # /about-us/ is nobody's page, which Django has to say.
            if status != (404 if path == "/about-us/" else 200):
                self.wrong.append(f"{path} at {port}: {status}")

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """Two versions of the project, and a third that cannot start. `current` leads to the first."""
    folder = tmp_path_factory.mktemp("versions")
    for name in ("one", "two", "broken"):
        copy_this_version(folder / name)
        (folder / name / ".env").write_text(f"NEWSROOM_NAME=The Paper of Version {name}\n")
        health = folder / name / "articles" / "views" / "health.py"
        health.write_text(health.read_text().replace('"alive\\n"', f'"alive in {name}\\n"'))
    with (folder / "broken" / "newsroom" / "wsgi.py").open("a") as wsgi:
        wsgi.write('raise SystemExit("This version cannot start.")\n')
    point(folder / "current", folder / "one")
    return folder


@pytest.fixture(scope="module")
def site(versions, prepared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reload")
    application = Application(folder / "site", project=versions / "current", SITE_URL="http://localhost")
    site = Website(folder, application=application, static=prepared.var / "static")
    shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
    application.variables |= {"SITE_URL": f"http://localhost:{site.port}"}
    yield site.start()
    site.remove()


def workers(application):
    """The processes of the server that answer requests."""
    found = Path(f"/proc/{application.process.pid}/task/{application.process.pid}/children").read_text()
    return {int(number) for number in found.split() if b"resource_tracker" not in command_of(number)}


def command_of(number):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes()
    return b"resource_tracker"


def reload(site):
    os.kill(site.application.process.pid, signal.SIGHUP)


def said(site):
    """What so many requests say that every worker has answered some of them."""
    return {ask(site.application.port, "/health/live", host="localhost").body for _ in range(40)}


@pytest.mark.nginx
class TestReload:
    def test_serves_another_version_and_its_settings_without_one_error(self, site, versions):
        before = workers(site.application)
        assert len(before) == 2
        assert said(site) == {b"alive in one\n"}
        with Asking(site) as asking:
            point(versions / "current", versions / "two")
            reload(site)
            wait_until(lambda: not before & workers(site.application), seconds=PATIENCE)
            assert said(site) == {b"alive in two\n"}
        assert asking.wrong == []
        assert asking.answered > 100
        log_in = ask(site.application.port, "/admin/login/", host=f"localhost:{site.port}")
        assert b"The Paper of Version two" in log_in.body

    def test_leaves_the_old_workers_where_the_new_version_does_not_start(self, site, versions):
        version, before = said(site), workers(site.application)
        with Asking(site) as asking:
            point(versions / "current", versions / "broken")
            reload(site)
            wait_until(lambda: "A new worker did not start." in site.application.log(), seconds=PATIENCE)
        assert asking.wrong == []
        assert workers(site.application) == before
        assert said(site) == version
        assert "This version cannot start." in site.application.log()
