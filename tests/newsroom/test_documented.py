"""docs/operating/settings.md lists what newsroom/settings.py reads: all of it, and nothing else."""

import ast
import re

from newsroom.configuration.environment import SECRETS
from newsroom.configuration.policies import POLICY_VARIABLES
from tests.servers.application import ROOT
from tests.test_layers import LINES


def read_by_settings():
    tree = ast.parse((ROOT / "newsroom" / "settings.py").read_text())
    named = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }
    # These are read in a loop.
    return named | set(POLICY_VARIABLES.values())


def documented():
    page = (ROOT / "docs/operating/settings.md").read_text()
    cells = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", page, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"[A-Z_]+", cell)}


class TestSettingsPage:
    def test_lists_exactly_what_is_read(self):
        assert documented() == read_by_settings()


class TestSecrets:
    def test_whatever_sounds_like_a_secret_is_kept_encrypted_in_a_backup(self):
        sounds = re.compile("KEY|SECRET|PASSWORD|TOKEN|API|DATABASE|HUB")
        # Whom to tell of a hole is there for everybody to read.
        public = {"SECURITY_CONTACT", "SECURITY_POLICY"}
        assert {name for name in read_by_settings() - public if sounds.search(name)} <= SECRETS
        assert read_by_settings() >= SECRETS


class TestArchitecturePage:
    def test_draws_the_lines_that_the_imports_keep(self):
        page = (ROOT / "docs/architecture.md").read_text()
        drawn = page.partition("```\nnewsroom\n")[2].partition("```")[0].split("\n")
        lines = [{room.strip() for room in line.split("·")} for line in ["newsroom", *drawn] if line.strip()]
        assert lines == [{room.removeprefix("articles.") for room in line} for line in LINES]
