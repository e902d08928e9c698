"""What an operator sees who gives a command too early, or one that makes no sense: one sentence, no traceback."""

import os
import re
import signal
import subprocess

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from tests.servers import Application
from tests.servers.application import ROOT

LACKS = re.compile(r"^(CommandError: )?the database lacks \d+ migrations; run: python manage.py migrate$")


class TestBeforeMigrate:
    @pytest.mark.parametrize(
        "command",
        [
            "press status",
            "press once",
            "press check",
            "press all",
            "editor",
            "demo",
            "createsuperuser --noinput --username ana --email ana@example.org",
            "clearsessions",
        ],
    )
    def test_a_command_says_what_to_do_first(self, tmp_path, command):
        done = Application(tmp_path).manage(*command.split(), check=False)
        assert done.returncode == 1
        assert LACKS.match(done.stderr.strip().splitlines()[-1])
        assert "Traceback" not in done.stderr

    def test_an_error_of_the_programs_own_keeps_its_traceback(self, prepared, tmp_path):
        site = Application(tmp_path, var=prepared.var)
        wrong = "from django.db import connection; connection.cursor().execute('SELECT x FROM nowhere')"
        done = site.manage("shell", "--no-imports", "--command", wrong, check=False)
        assert "Traceback" in done.stderr
        assert "nowhere" in done.stderr


class TestInterrupted:
    def test_a_command_ends_without_a_word(self, tmp_path):
        # A program that was started in the background ignores Ctrl+C, and so does what it starts.
        heard = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        ctrl_c = f"{heard}os.kill(os.getpid(), signal.SIGINT)"
        done = Application(tmp_path).manage("shell", "--no-imports", "--command", ctrl_c, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


class TestArguments:
    @pytest.mark.parametrize(
        "command",
        [
            ["press", "check", "--sample", "-1"],
            ["press", "check", "--sample", "0"],
            ["press", "all", "--jobs", "0"],
            ["press", "all", "--jobs", "many"],
            ["demo", "--articles", "-5"],
        ],
    )
    def test_that_are_no_number_of_anything_are_refused(self, command):
        with pytest.raises(CommandError, match=f"{command[-1]}' is no whole number from 1 to "):
            call_command(*command)

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["", " ", "two words", "a\nb", "x" * 151])
    def test_that_are_no_login_s_name_are_refused(self, name):
        with pytest.raises(CommandError, match="can be no login's name"):
            call_command("editor", name)
        assert not get_user_model().objects.exists()


def make(*arguments):
    """As an operator calls it, also where the tests were begun by make, which tells that to what it starts."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


class TestMake:
    def test_by_itself_lists_what_it_can_do_and_does_nothing(self):
        done = make()
        targets = re.findall(r"^make (\w+) ", done.stdout, re.MULTILINE)
        assert targets == [
            "run",
            "upgrade",
            "test",
            "check",
            "audit",
            "bench",
            "words",
            "openapi",
            "screenshots",
        ]
        assert len(done.stdout.splitlines()) == 1 + len(targets)

    @pytest.mark.parametrize(("said", "given"), [([], ""), (["PORT=9000"], "env PORT=9000 ")])
    def test_leaves_the_port_to_the_settings_unless_it_is_told_one(self, said, given):
        done = make("-n", "run", *said)
        assert f"exec {given}.venv/bin/python manage.py serve --prepare\n" in re.sub(" +", " ", done.stdout)
