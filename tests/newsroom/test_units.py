"""docs/operating/systemd: systemd takes the units, and each keeps to what the site needs."""

import shutil
import subprocess

import pytest

from tests.servers.application import ROOT
from tests.servers.fixtures import skip_or_fail
from tests.servers.parts import Missing

FOLDER = ROOT / "docs" / "operating" / "systemd"
SERVICES = ("newsroom-web.service", "newsroom-press.service", "newsroom-backup.service")
# Of 10, where less is better.
MOST_EXPOSED = 2.0


@pytest.fixture
def analyze():
    if not shutil.which("systemd-analyze"):
        skip_or_fail(Missing("systemd is not installed; with it these tests run too: apt install systemd"))

    def analyze(*arguments):
        return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)

    return analyze


@pytest.fixture
def units(tmp_path):
    """The units as files, with a Python that is there on this machine."""
    for file in FOLDER.iterdir():
        text = file.read_text().replace("/srv/newsroom/current/.venv/bin/python", "/bin/true")
        (tmp_path / file.name).write_text(text)
    return tmp_path


class TestUnits:
    def test_are_those_that_are_installed(self):
        assert sorted(file.name for file in FOLDER.iterdir()) == sorted([*SERVICES, "newsroom-backup.timer"])

    def test_are_taken_by_systemd_without_a_word(self, analyze, units):
        done = analyze("verify", *sorted(map(str, units.iterdir())))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.parametrize("name", SERVICES)
    def test_expose_little(self, analyze, name):
        # It counts in tenths.
        done = analyze(
            "security", "--offline=true", f"--threshold={round(MOST_EXPOSED * 10)}", str(FOLDER / name)
        )
        assert done.returncode == 0, done.stdout
        assert f"Overall exposure level for {name}" in done.stdout
