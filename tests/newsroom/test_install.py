import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "newsroom" / "install.py"


@pytest.fixture
def script():
    found = importlib.util.spec_from_file_location("install", SCRIPT)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


class TestObstacle:
    def test_is_none_where_python_is_new_enough_and_has_venv(self, script):
        assert script.obstacle() is None

    def test_names_the_python_that_is_too_old_and_the_way_out(self, script):
        said = script.obstacle(version=(3, 10, 14))
        assert "3.11 or newer" in said
        assert "make PYTHON=" in said

    def test_says_what_to_install_where_venv_is_missing(self, script):
        def find(name):
            raise ImportError(name)

        assert "apt install python3-venv" in script.obstacle(find=find)


class TestFingerprint:
    def test_changes_when_an_included_file_changes(self, script, tmp_path):
        tests = tmp_path / "tests"
        tests.mkdir()
        (tmp_path / "requirements.txt").write_text("Django==5.2.19\n")
        (tests / "requirements.txt").write_text("-r ../requirements.txt\npytest==9.2.0\n")
        before = script.fingerprint(tests / "requirements.txt")
        (tmp_path / "requirements.txt").write_text("Django==5.2.20\n")
        assert script.fingerprint(tests / "requirements.txt") != before

    def test_stays_when_only_a_comment_changes(self, script, tmp_path):
        file = tmp_path / "requirements.txt"
        file.write_text("# The framework.\nDjango==5.2.19\n")
        before = script.fingerprint(file)
        file.write_text("# The framework: ORM, admin.\n\nDjango==5.2.19\n")
        assert script.fingerprint(file) == before


@pytest.fixture(scope="class")
def copy(tmp_path_factory):
    """A folder in which the script has made its environment, with nothing to install."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "newsroom").mkdir()
    shutil.copy(SCRIPT, folder / "newsroom")
    (folder / "requirements.txt").write_text("# Nothing yet.\n")
    assert "Installing" in run_copy(folder).stdout
    return folder


def run_copy(folder):
    command = [sys.executable, folder / "newsroom" / "install.py", "requirements.txt"]
    return subprocess.run(command, capture_output=True, text=True)


class TestMain:
    def test_does_nothing_when_all_is_as_pinned(self, copy):
        again = run_copy(copy)
        assert (again.returncode, again.stdout) == (0, "")

    def test_makes_the_environment_again_when_its_python_is_gone(self, copy):
        python = copy / ".venv" / "bin" / "python"
        python.unlink()
        assert run_copy(copy).returncode == 0
        assert python.exists()

    def test_fails_with_the_reason_when_a_package_does_not_exist(self, copy):
        (copy / "requirements.txt").write_text("./no-such-folder\n")
        failed = run_copy(copy)
        assert failed.returncode == 1
        assert "That failed" in failed.stderr
