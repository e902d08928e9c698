"""docs/operating/faults.md names a test for each fault, and each of these is there."""

import ast
import re

from tests.servers.application import ROOT

PAGE = ROOT / "docs/operating/faults.md"
NAMED = re.compile(r"`(tests/[^`]+?\.py)::([^`]+)`")


def rows():
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line][1:]


def names_in(file):
    """Class::function and function, as pytest names them."""
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)
            )


class TestFaultsPage:
    def test_says_of_each_fault_what_readers_and_the_operator_see_and_names_its_test(self):
        assert len(rows()) > 25
        for row in rows():
            assert len(row) == 4, row
            assert all(row), row
            assert NAMED.search(row[3]), row
            assert not NAMED.sub("", row[3]).strip(), row

    def test_names_only_tests_that_are_there(self):
        named = set(NAMED.findall(PAGE.read_text()))
        assert len(named) > 35
        missing = [f"{file}::{test}" for file, test in sorted(named) if test not in set(names_in(file))]
        assert not missing
