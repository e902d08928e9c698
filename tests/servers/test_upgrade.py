"""An upgrade and its way back, from two versions that were landed before this one, while readers read."""

import itertools
import os
import re
import shutil
import subprocess
import threading

import pytest

from tests.servers import Application, Desk, Missing, Website, ask
from tests.servers.fixtures import skip_or_fail
from tests.servers.versions import (
    copy_landed_version,
    copy_this_version,
    last_landed,
    last_with_another_database,
    newest_migration,
    point,
    with_packages,
)
from tests.waiting import wait_until

STEPS = (
    *("can take the place of", "Making a backup", "is whole", "Collecting the static files"),
    *(
        "Bringing the database up to date",
        "The server ",
        "The press ends",
        "Preparing the articles",
        "The way back",
    ),
)


class Installed(Application):
    """As an operator has it: all settings are in .env, and the commands are those of the version that the link names."""

    def environment(self):
        return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}

    def of(self, version, *words, check=True):
        """A command of that version, with its packages."""
        done = subprocess.run(
            [version / ".venv" / "bin" / "python", version / "manage.py", *words],
            cwd=version,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done


class ServiceManager:
    """Starts the server and the press again when they end, as systemd does."""

    def __init__(self, site):
        self.site, self.press, self._stop = site, None, threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self):
        self._thread.start()
        wait_until(lambda: self.press)
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        self._thread.join()
        self.press.kill()
        self.press.wait()

    def _watch(self):
        application = self.site.application
        while not self._stop.wait(0.1):
            with application.log_file.open("ab") as log:
                if not application.is_running():
                    application.process = application.launch(log)
                if self.press is None or self.press.poll() is not None:
                    self.press = application.begin(["manage.py", "press", "run"], stdout=log, stderr=log)


class Readers:
    """They read what is printed, and now and then ask for something that the application has to answer."""

    def __init__(self, site, printed):
        self.site, self.printed = site, printed
        self.wrong, self.missed, self.read = [], [], 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        self._thread.join()

    def _read(self):
        for path in itertools.cycle([*self.printed, "/health/live"]):
            if self._stop.wait(0.05):
                return
            answer = ask(self.site.port, path, timeout=30)
            self.read += 1
            if path not in self.printed and answer.status != 200:
                self.missed.append(answer.status)
            elif path in self.printed and not (answer.status == 200 and answer.is_whole):
                self.wrong.append(f"{path}: {answer.status}")


VERSIONS = [last_with_another_database, pytest.param(last_landed, marks=pytest.mark.full)]


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda find: find.__name__)
def site(request, prepared, tmp_path_factory):
    """A site that an older version runs. This version lies beside it."""
    folder = tmp_path_factory.mktemp("upgrade")
    older = with_packages(copy_landed_version(folder / "older", request.param()))
    newer = with_packages(copy_this_version(folder / "newer"))
    for version in (older, newer):
        health = version / "articles" / "views" / "health.py"
        health.write_text(health.read_text().replace('"alive\\n"', f'"the {version.name} one\\n"'))
    point(folder / "current", older)
    application = Installed(folder / "site", project=folder / "current", var=folder / "var")
    try:
        site = Website(folder, application=application)
    except Missing as missing:
        skip_or_fail(missing)
    site.is_begun_twice = request.param is last_with_another_database
    site.older, site.newer, site.link = older, newer, folder / "current"
    shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
    furnish(site, folder)
    yield site
    site.remove()


def furnish(site, folder):
    """Settings, two stories, the database as the older version knows it, and all pages printed by that."""
    ours = Application(folder / "ours", var=site.var, SITE_URL=site.url)
    desk = Desk(ours)
    site.stories = [desk.do("publish", words=f"story {number}")["address"] for number in range(2)]
    desk.close()
    ours.manage("migrate", "articles", newest_migration(site.older), "--verbosity=0")
    said = {
        "SITE_URL": site.url,
        "PORT": site.application.port,
        "VAR_DIR": site.var,
        "BACKUP_FOLDER": folder / "backups",
        "PRESS_EMBEDDED": "off",
    }
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in said.items()))
    (site.older / ".env").symlink_to("../.env")
    for words in (["collectstatic", "--noinput", "--verbosity=0"], ["press", "all", "--jobs=1"]):
        site.application.of(site.older, *words)
    site.start()


def running(site):
    return {ask(site.application.port, "/health/live", host="localhost").body for _ in range(20)}


def changed_over(site, *options):
    """What the command said, and what readers got meanwhile."""
    with ServiceManager(site), Readers(site, ["/", *site.stories]) as readers:
        said = site.application.of(site.newer, "upgrade", *options).stdout
    assert readers.wrong == []
    assert readers.read > 20
    if "The server reloads" in said:
        assert readers.missed == []
    return said


def begun_and_killed(site):
    """What the command had said when it was killed, in the midst of changing the database."""
    command = [site.newer / ".venv" / "bin" / "python", site.newer / "manage.py", "upgrade"]
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "text": True}
    begun = subprocess.Popen(
        command, cwd=site.newer, env=site.application.environment(), stdout=subprocess.PIPE, **quiet
    )
    said = ""
    for line in begun.stdout:
        said += line
        if "Bringing the database" in line:
            begun.kill()
    begun.wait()
    return said


@pytest.mark.nginx
class TestUpgrade:
    def test_puts_this_version_in_the_place_of_the_older_one(self, site):
        assert running(site) == {b"the older one\n"}
        begun = begun_and_killed(site) if site.is_begun_twice else ""
        said = begun + changed_over(site)
        found = [said.find(step) for step in STEPS]
        assert -1 not in found, said
        assert found == sorted(found)
        assert "Start the" not in said
        assert site.link.resolve() == site.newer
        assert running(site) == {b"the newer one\n"}
        assert (site.newer / ".env").readlink().as_posix() == "../.env"
        site.application.of(site.newer, "migrate", "--check")
        [archive] = (site.folder / "backups").glob("*.tar")
        assert str(archive) in said

    def test_and_the_older_one_back_in_its_own(self, site):
        said = changed_over(site, "--back")
        assert "Start the" not in said
        assert site.link.resolve() == site.older
        assert running(site) == {b"the older one\n"}
        site.application.of(site.older, "migrate", "--check")
        again = site.application.of(site.newer, "upgrade", "--back", check=False)
        assert "There is no way back: no upgrade is noted" in again.stderr

    def test_changes_nothing_if_the_server_could_not_load_it(self, site):
        wsgi = site.newer / "newsroom" / "wsgi.py"
        whole = wsgi.read_text()
        wsgi.write_text(f'{whole}raise SystemExit("It cannot start.")\n')
        refused = site.application.of(site.newer, "upgrade", check=False)
        wsgi.write_text(whole)
        assert re.search(
            r"Nothing was changed: the server could not load it:\s.*It cannot start\.",
            refused.stderr,
            re.DOTALL,
        )
        assert site.link.resolve() == site.older
        assert running(site) == {b"the older one\n"}

    def test_is_refused_where_there_is_nothing_to_upgrade(self, site):
        other = site.application.of(site.newer, "upgrade", "--link", str(site.folder / "none"), check=False)
        assert "is no link to the folder of a version" in other.stderr
        point(site.link, site.newer)
        same = site.application.of(site.newer, "upgrade", check=False)
        point(site.link, site.older)
        assert "leads to this version already" in same.stderr
        assert "Traceback" not in same.stderr + other.stderr
