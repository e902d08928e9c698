"""A site that nobody needs the demonstration on runs with its folder deleted."""

import re
import shutil

import pytest

from tests.servers import Application
from tests.servers.application import ROOT
from tests.servers.fixtures import link_files
from tests.test_layers import imported, modules

DEMO = "articles.management.demo"
# What Python has compiled comes along, but for what another process compiles at this moment.
BEING_WRITTEN = shutil.ignore_patterns("*.pyc.*")


class Prepared(Application):
    """Started as `make run` starts it: what is missing is made first."""

    def command(self):
        return [*super().command(), "--prepare"]


@pytest.fixture(scope="module")
def site(made_once, tmp_path_factory):
    """A running site out of a copy of the project in which the demonstration's folder is missing, with tables and static
    files but no articles."""
    folder = tmp_path_factory.mktemp("without")
    project = folder / "project"
    project.mkdir()
    shutil.copy(ROOT / "manage.py", project)
    for name in ("articles", "newsroom", "static", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=BEING_WRITTEN)
    shutil.rmtree(project / "articles" / "management" / "demo")
    shutil.copytree(made_once, folder / "var", ignore=shutil.ignore_patterns("static"))
    link_files(made_once / "static", folder / "var" / "static")
    with Prepared(folder, project=project, workers=1) as site:
        yield site


class TestASiteWithoutTheDemonstration:
    def test_passes_its_checks(self, site):
        assert "no issues" in site.manage("check").stdout

    def test_starts_with_an_empty_newsroom(self, site):
        status, _, page = site.get("/")
        assert status == 200
        assert b"<article" not in page
        assert "Filling" not in site.log()

    def test_answers_the_command_in_one_line(self, site):
        done = site.manage("demo", check=False)
        assert done.returncode == 1
        assert re.fullmatch(
            "CommandError: This site has no demonstration: .*articles/management/demo/ .*",
            done.stderr.strip(),
        )


class TestTheDemonstration:
    def test_is_imported_by_its_command_alone(self):
        importing = {
            name
            for name, path in modules()
            if any(f"{target}.".startswith(f"{DEMO}.") for target in imported(name, path))
        }
        outside = {name for name in importing if not f"{name}.".startswith(f"{DEMO}.")}
        assert outside == {"articles.management.commands.demo"}
