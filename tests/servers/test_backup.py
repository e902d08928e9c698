"""A whole newsroom is destroyed and brought back, on both databases, with the commands that an operator gives."""

import datetime
import json
import os
import shutil
import signal
import subprocess

import pytest

from tests import forks
from tests.waiting import wait_until

from .application import Application
from .fixtures import link_files
from .postgres import Postgres
from .process import free_port
from .small_disk import small_disk
from .store import KEY
from .website import Desk

PASSPHRASE = "correct horse battery staple"
SECRET = "s3cret-" * 10
# Answered by the application's own server in other tests; here nobody asks over the wire.
SAID = {
    "SECRET_KEY": SECRET,
    "PRESS_EMBEDDED": "off",
    "NEWSROOM_TAGLINE": "It's all here",
    "EMAIL_HOST_PASSWORD": "mail",
}
NAMED = "newsroom-localhost-"


class Newsroom:
    """Its programs run one after the other: a desk that writes, commands, and a press that prints."""

    def __init__(self, folder, application):
        self.folder, self.application = folder, application
        self.var, self.shelf = application.var, application.var / "shelf"
        self.backups = folder / "kept"

    def manage(self, *arguments, check=True):
        return self.application.manage(*map(str, arguments), check=check)

    def fails(self, *arguments):
        done = self.manage(*arguments, check=False)
        assert done.returncode, done.stdout
        return done.stderr

    def at_the_desk(self, *acts):
        """Each act is a name and what is said with it. Nobody has the database open afterwards."""
        desk = Desk(self.application)
        try:
            return [desk.do(act, **said) for act, said in acts]
        finally:
            desk.close()

    def printed(self):
        """Every printed page, as bytes, once the press has nothing more to do."""
        self.manage("press", "once")
        files = [path for path in self.shelf.rglob("index.html") if path.is_file()]
        return {path.relative_to(self.shelf).as_posix(): path.read_bytes() for path in files}

    def backup(self, *options):
        self.manage("backup", self.backups, *options)
        return max(self.backups.glob("*.tar"))

    def masters(self):
        media = self.var / "media"
        folders = [media / "masters", media / "documents"]
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def left(newsroom):
    """The scratch places that are there, each with its database."""
    return [path for path in newsroom.backups.glob(".new-verify_*") if any(path.iterdir())]


def stopped_with(newsroom, command, scratch_places):
    """One that is stopped in the midst of its work, once there are so many scratch places. One after the other,
    because on a busy machine the first could be done before the second begins."""
    process = newsroom.application.begin(command, own_group=True)
    wait_until(lambda: len(left(newsroom)) == scratch_places)
    os.killpg(process.pid, signal.SIGSTOP)
    assert process.poll() is None
    return process


BOTH = pytest.mark.parametrize(
    "newsroom", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
# What does not depend on the database before it is refused or printed; PostgreSQL has it with --full.
ONE = pytest.mark.parametrize(
    "newsroom",
    ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.full])],
    indirect=True,
)


@pytest.fixture
def newsroom(request, prepared, tmp_path):
    """A newsroom with three stories, a withdrawn one and a document."""
    var, url = tmp_path / "site" / "var", None
    link_files(prepared.var / "static", var / "static")
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        new_database = request.getfixturevalue("new_database")
        name = f"kept_{tmp_path.name[-12:].replace('-', '_').lower()}"
        url = new_database(server, name)
    else:
        shutil.copy(prepared.var / "newsroom.sqlite3", var)
    application = Application(tmp_path / "site", var=var, database_url=url, **SAID)
    made = Newsroom(tmp_path, application)
    made.destroy_database, made.databases = lambda: None, lambda: ["newsroom"]
    if request.param == "postgres":

        def destroy_database():
            with server.connect("postgres") as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "{name}"')

        def databases():
            with server.connect("postgres") as connection:
                found = connection.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]
                )
                return ["newsroom" for _ in found]

        made.destroy_database, made.databases = destroy_database, databases
    stories = [("publish", {"words": f"story {n}", "age": n * 400.0, "picture": n == 0}) for n in range(3)]
    *_, made.withdrawn = made.at_the_desk(*stories, ("publish", {"words": "taken back"}))
    made.at_the_desk(("withdraw", {"number": made.withdrawn["number"]}))
    add = "from tests.factories import document; document(b'%PDF-1.7 kept')"
    made.manage("shell", "--no-imports", "--command", add)
    return made


@BOTH
class TestEverythingIsDestroyed:
    def test_every_page_comes_back_byte_for_byte(self, newsroom):
        before, masters = newsroom.printed(), newsroom.masters()
        assert len(before) > 10
        assert len(masters) == 2
        newsroom.backup()
        for folder in ("media", "shelf"):
            shutil.rmtree(newsroom.var / folder)
        newsroom.destroy_database()
        for file in newsroom.var.glob("newsroom.sqlite3*"):
            file.unlink()
        [archive] = newsroom.backups.glob(f"{NAMED}*.tar")
        said = newsroom.manage("restore", archive).stdout
        assert "Restored: " in said
        assert newsroom.masters() == masters
        assert newsroom.printed() == before
        assert newsroom.manage("press", "check").stdout.endswith("0 differences.\n")
        # Another backup can be made of it at once: that of which it came is not under way any more.
        assert newsroom.backup() != archive


@ONE
class TestTheDatabaseIsOlder:
    def test_an_older_database_leaves_and_hides_nothing_on_the_shelf(self, newsroom):
        """The shelf stays, and with PRESS_WALK_YEARS the press by itself goes back for a year only."""
        before = newsroom.printed()
        newsroom.application.variables["PRESS_WALK_YEARS"] = "1"
        archive, stories = newsroom.backup(), newsroom.at_the_desk(("public", {}))[0]
        numbers = newsroom.manage(
            "shell",
            "--no-imports",
            "--command",
            "from articles.models import Article\nfor a in Article.objects.order_by('pk'): print(a.pk)",
        )
        first = int(numbers.stdout.split()[0])
        old, new, _ = newsroom.at_the_desk(
            ("publish", {"words": "old and unknown", "age": 1500.0}),
            ("publish", {"words": "new and unknown"}),
            ("withdraw", {"number": first}),
        )
        later = newsroom.printed()
        assert {page_of(old), page_of(new)} <= set(later) - set(before)
        assert later != before
        assert "There is a newsroom already" in newsroom.fails("restore", archive)
        said = newsroom.manage("restore", archive, "--replace").stdout
        assert "What was there before is in" in said
        assert newsroom.printed() == before
        assert newsroom.at_the_desk(("public", {}))[0] == stories
        assert newsroom.manage("press", "check").stdout.endswith("0 differences.\n")


# Pictures come and go for as long as its standard input is open; each is in the library for a moment.
CHURN = """
import itertools, select, sys
from articles.publishing.picture_library.removal import remove_image
from tests.factories import image
print("begun", flush=True)
for number in itertools.count(1):
    made = image(f"{number}", seed=number, width=320, height=240)
    remove_image(made)
    if select.select([sys.stdin], [], [], 0)[0]:
        break
print(number)
"""


@ONE
class TestTheSiteRuns:
    def test_backups_have_every_file_that_they_name_while_pictures_come_and_go(self, newsroom):
        left = newsroom.backups / ".new-newsroom-localhost-20200101T000000Z.tar-x"
        left.mkdir(parents=True)
        others = newsroom.backups / ".new-newsroom-other.example-20200101T000000Z.tar-x"
        others.touch()
        churn = newsroom.application.begin(
            ["manage.py", "shell", "--no-imports", "--command", CHURN], stdin=forks.PIPE, stdout=forks.PIPE
        )
        assert churn.stdout.readline() == "begun\n"
        done = [newsroom.manage("backup", newsroom.backups, "--keep-all") for _ in range(3)]
        assert churn.poll() is None, "it ended before the backups"
        churn.stdin.close()
        assert int(churn.stdout.read()) > 3
        assert [each.stderr for each in done] == ["", "", ""]
        for archive in newsroom.backups.glob("*.tar"):
            assert manifest_of(archive)["missing_files"] == 0
            newsroom.manage("backup", "verify", archive, "--without-press")
        # Nothing waits any more, and nothing is left over.
        assert len(newsroom.masters()) == 2
        assert not left.exists()
        assert others.exists()


def page_of(done):
    return f"pages{done['address']}index.html"


@ONE
class TestRestore:
    def test_says_what_it_would_do_and_what_is_in_the_way(self, newsroom):
        archive = newsroom.backup("--with-secrets", "--passphrase-file", passphrase(newsroom))
        manifest = manifest_of(archive)
        assert manifest["secrets"] == ["DATABASE_URL", "EMAIL_HOST_PASSWORD", "SECRET_KEY"]
        for secret in (SECRET, "mail'"):
            assert secret.encode() not in archive.read_bytes()
        del newsroom.application.variables["EMAIL_HOST_PASSWORD"]
        newsroom.application.variables |= {"SECRET_KEY": "another-" * 10, "NEWSROOM_TAGLINE": "Otherwise"}
        files = sorted(newsroom.var.rglob("*"))
        done = newsroom.manage("restore", archive, "--dry-run")
        assert "There is a newsroom already" in done.stdout
        assert "EMAIL_HOST_PASSWORD was set there and is not set here" in done.stderr
        assert "SECRET_KEY is another one here" in done.stderr
        assert "NEWSROOM_TAGLINE was \"It's all here\", and is 'Otherwise' here." in done.stderr
        assert [path for path in sorted(newsroom.var.rglob("*")) if "sqlite3-" not in path.name] == [
            path for path in files if "sqlite3-" not in path.name
        ]

    def test_refuses_while_somebody_has_the_database_open(self, newsroom):
        archive = newsroom.backup()
        desk = Desk(newsroom.application)
        desk.do("public")
        try:
            assert "The site runs" in newsroom.fails("restore", archive, "--replace")
        finally:
            desk.close()

    def test_beside_a_running_site_brings_secrets_and_settings_too(self, newsroom):
        archive = newsroom.backup("--with-secrets", "--passphrase-file", passphrase(newsroom))
        desk = Desk(newsroom.application)
        desk.do("publish", words="meanwhile")
        beside = newsroom.folder / "beside"
        options = ["--beside", beside, "--with-secrets", "--passphrase-file", passphrase(newsroom)]
        said = newsroom.manage("restore", archive, *options).stdout
        desk.close()
        assert "To look at it, start a server with" in said
        assert "What was there before" not in said
        assert sorted(path.name for path in (beside / "media").iterdir()) == ["documents", "masters"]
        assert f"SECRET_KEY='{SECRET}'" in (beside / "restored" / "secrets.env").read_text()
        assert (beside / "restored" / "secrets.env").stat().st_mode & 0o777 == 0o600
        assert "NEWSROOM_TAGLINE='It\\'s all here'" in (beside / "restored" / "settings.env").read_text()
        assert "is not empty" in newsroom.fails("restore", archive, *options)

    def test_a_damaged_archive_leaves_the_site_as_it_was(self, newsroom):
        [before], masters = newsroom.at_the_desk(("public", {})), newsroom.masters()
        archive = newsroom.backup()
        data = bytearray(archive.read_bytes())
        data[len(data) // 2] ^= 1
        archive.write_bytes(data)
        assert "damaged" in newsroom.fails("restore", archive, "--replace")
        assert newsroom.at_the_desk(("public", {})) == [before]
        assert newsroom.masters() == masters

    def test_a_full_disk_leaves_the_site_as_it_was(self, newsroom):
        """Files and database are unpacked beside their places first."""
        [before], masters = newsroom.at_the_desk(("public", {})), newsroom.masters()
        archive = newsroom.backup()
        with small_disk(newsroom.folder / "disk", inodes=20, megabytes=200) as disk:
            options = ["--beside", disk / "look"]
            for number in range(100_000):
                try:
                    (disk / str(number)).touch()
                except OSError:
                    break
            (disk / "0").unlink()
            assert "The disk is full" in newsroom.fails("restore", archive, *options)
            # No database is left over either: the same can be tried again.
            assert newsroom.databases() == ["newsroom"]
        assert newsroom.at_the_desk(("public", {})) == [before]
        assert newsroom.masters() == masters


@ONE
class TestRestoreFailsLate:
    """The archive is whole, and what fails comes after all of it was read."""

    def test_a_wrong_passphrase_leaves_the_site_as_it_was(self, newsroom):
        archive = newsroom.backup("--with-secrets", "--passphrase-file", passphrase(newsroom))
        newsroom.at_the_desk(("publish", {"words": "since the backup", "picture": True}))
        before, masters = newsroom.printed(), newsroom.masters()
        wrong = passphrase(newsroom, "another passphrase")
        options = ["--replace", "--with-secrets", "--passphrase-file", wrong]
        assert "The passphrase is not the one" in newsroom.fails("restore", archive, *options)
        assert newsroom.masters() == masters
        assert newsroom.printed() == before
        assert newsroom.manage("press", "check").stdout.endswith("0 differences.\n")


@pytest.mark.postgres
@pytest.mark.parametrize("newsroom", ["postgres"], indirect=True)
class TestPgRestoreFails:
    @pytest.mark.parametrize("lets_pass", [pytest.param(0, marks=pytest.mark.full), 30_000])
    def test_the_site_is_as_it_was(self, newsroom, lets_pass):
        """It may be too old for the archive, or be ended half way: psql knows nothing of that."""
        archive = newsroom.backup()
        newsroom.at_the_desk(("publish", {"words": "since the backup", "picture": True}))
        before, masters = newsroom.printed(), newsroom.masters()
        programs = newsroom.folder / "programs"
        programs.mkdir()
        program = programs / "pg_restore"
        real = shutil.which("pg_restore")
        program.write_text(f'#!/bin/sh\n{real} "$@" | head -c {lets_pass}\necho ended >&2\nexit 1\n')
        program.chmod(0o755)
        newsroom.application.variables["PATH"] = f"{programs}:{os.environ['PATH']}"
        assert "is as it was: ended" in newsroom.fails("restore", archive, "--replace")
        assert newsroom.masters() == masters
        assert newsroom.printed() == before
        assert not list(newsroom.var.glob("replaced-*"))

    def test_the_reason_is_what_the_database_says(self, newsroom):
        archive, before = newsroom.backup(), newsroom.printed()
        programs = newsroom.folder / "programs"
        programs.mkdir()
        program = programs / "pg_restore"
        program.write_text("#!/bin/sh\necho 'SELECT no_such_column;'\n")
        program.chmod(0o755)
        newsroom.application.variables["PATH"] = f"{programs}:{os.environ['PATH']}"
        assert 'column "no_such_column" does not exist' in newsroom.fails("restore", archive, "--replace")
        assert newsroom.printed() == before


def passphrase(newsroom, words=PASSPHRASE):
    file = newsroom.folder / "passphrase.txt"
    file.write_text(f"{words}\n")
    return file


def manifest_of(archive):
    done = subprocess.run(["tar", "xfO", archive, "manifest.json"], capture_output=True, check=True)
    return json.loads(done.stdout)


@ONE
class TestVerify:
    def test_restores_it_counts_and_prints_in_a_scratch_place(self, newsroom):
        archive = newsroom.backup()
        before = sorted(newsroom.backups.iterdir())
        said = newsroom.manage("backup", "verify", archive).stdout
        assert "checksums of all 4 files are right" in said
        assert "0 failed" in said
        assert "0 differences" in said
        assert said.endswith("can be restored.\n")
        assert sorted(newsroom.backups.iterdir()) == before

    def test_takes_away_what_one_that_was_killed_has_left_and_nothing_of_one_that_runs(self, newsroom):
        archive = newsroom.backup()
        before = sorted(newsroom.backups.iterdir())
        command = [str(newsroom.application.project / "manage.py"), "backup", "verify", str(archive)]
        killed, running = (stopped_with(newsroom, command, number) for number in (1, 2))
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        assert newsroom.manage("backup", "verify", archive).stdout.endswith("can be restored.\n")
        assert len(left(newsroom)) == 1
        os.killpg(running.pid, signal.SIGCONT)
        assert running.wait() == 0
        assert sorted(newsroom.backups.iterdir()) == before
        assert newsroom.databases() == ["newsroom"]

    def test_names_a_missing_picture_and_keeps_the_rest(self, newsroom):
        [lost] = [path for path in newsroom.masters() if "masters" in path.parts]
        lost.unlink()
        done = newsroom.manage("backup", newsroom.backups)
        assert "1 files that the database names are missing" in done.stderr
        assert "Until then no older backup is removed" in done.stderr
        [archive] = newsroom.backups.glob("*.tar")
        assert manifest_of(archive)["missing"] == [str(lost.relative_to(newsroom.var / "media"))]


class TestPointInTime:
    @pytest.mark.full
    @pytest.mark.postgres
    def test_a_cluster_goes_back_to_a_moment_and_the_shelf_with_it(self, prepared, new_database, tmp_path):
        """The steps of docs/operating/backup.md, with a real archive of write-ahead logs."""
        kept = tmp_path / "wal"
        kept.mkdir()
        kept.chmod(0o777)
        for folder in (kept, *kept.parents):
            folder.chmod(folder.stat().st_mode | 0o011)
        archiving = {
            "wal_level": "replica",
            "archive_mode": "on",
            "archive_command": f"test ! -f {kept}/%f && cp %p {kept}/%f",
            "archive_timeout": "1h",
        }
        var = tmp_path / "site" / "var"
        link_files(prepared.var / "static", var / "static")
        with Postgres(tmp_path / "first", **archiving) as first:
            url = new_database(first, "newsroom")
            newsroom = Newsroom(tmp_path, Application(tmp_path / "site", var=var, database_url=url, **SAID))
            newsroom.at_the_desk(("publish", {"words": "before"}))
            first.run("pg_basebackup", "-D", tmp_path / "base", "--checkpoint=fast", "--wal-method=none")
            [good] = newsroom.at_the_desk(("publish", {"words": "after the base backup"}))
            before = newsroom.printed()
            with first.connect("newsroom") as connection:
                [moment] = connection.execute("SELECT clock_timestamp()").fetchone()
            [bad] = newsroom.at_the_desk(("publish", {"words": "a mistake"}))
            assert page_of(bad) in newsroom.printed()
            with first.connect("newsroom") as connection:
                connection.execute("SELECT pg_switch_wal()")
            first.stop()
        second = Postgres(
            tmp_path / "second",
            first.port,
            restore_command=f"cp {kept}/%f %p",
            recovery_target_time=(moment + datetime.timedelta(milliseconds=1)).isoformat(),
            recovery_target_action="promote",
        )
        shutil.move(tmp_path / "base", second.data)
        (second.data / "recovery.signal").touch()
        if os.geteuid() == 0:
            shutil.chown(second.data, "postgres", "postgres")
            for path in second.data.rglob("*"):
                shutil.chown(path, "postgres", "postgres")
            second.open_folders()
        with second:
            again = newsroom.printed()
            assert page_of(good) in again
            assert again == before


@pytest.mark.parametrize("newsroom", ["sqlite"], indirect=True)
class TestInAStore:
    def test_everything_comes_back_from_there(self, newsroom, store):
        """Two backups at once, a store that is away, and one from which everything is brought back."""
        bucket, before = store.new_bucket(), newsroom.printed()
        newsroom.application.variables |= {
            "BACKUP_STORE": f"s3://{bucket}/nightly",
            "BACKUP_ENDPOINT": store.endpoint,
            "BACKUP_REGION": "us-east-1",
            "BACKUP_KEY_ID": KEY["KEY_ID"],
            "BACKUP_SECRET": KEY["SECRET"],
        }
        secrets = ["--with-secrets", "--passphrase-file", passphrase(newsroom)]
        one = newsroom.application.begin(["manage.py", "backup", *map(str, secrets)], stdout=forks.PIPE)
        other = newsroom.manage("backup", *secrets, "--keep-all", check=False)
        assert one.wait() == 0 or other.returncode == 0
        assert one.returncode == 0 or "A backup is being made already" in one.stderr.read()
        assert other.returncode == 0 or "A backup is being made already" in other.stderr
        [name, *_] = sorted(store.names(bucket))
        archive, content = (
            f"s3://{bucket}/{name}",
            store.client.get_object(Bucket=bucket, Key=name)["Body"].read(),
        )
        for secret in (SECRET, KEY["SECRET"], "mail'"):
            assert secret.encode() not in content
        assert not [path for path in newsroom.var.iterdir() if path.name.startswith(".new-")]
        assert "can be restored" in newsroom.manage("backup", "verify", archive, "--without-press").stdout
        for folder in ("media", "shelf"):
            shutil.rmtree(newsroom.var / folder)
        for file in newsroom.var.glob("newsroom.sqlite3*"):
            file.unlink()
        assert "Restored: " in newsroom.manage("restore", archive).stdout
        assert newsroom.printed() == before
        newsroom.application.variables["BACKUP_ENDPOINT"] = f"http://127.0.0.1:{free_port()}"
        said = newsroom.fails("backup")
        assert "the store cannot be asked: Could not connect" in said
        assert len(said.strip().splitlines()) == 1
