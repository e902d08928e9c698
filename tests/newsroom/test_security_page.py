"""docs/security-verification.md has a row for each number of the standard, and what these name is there."""

import re

from tests.newsroom.test_faults_page import NAMED, names_in
from tests.servers.application import ROOT

PAGE = ROOT / "docs/security-verification.md"
# A section of ASVS 5.0.0 and how many of its requirements are of level 1 or 2. Those of level 3 stand last in each.
# Of 13.4, that of level 1.
SECTIONS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3
5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3
9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
13.4:1 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
"""
NUMBER = r"\d+\.\d+\.\d+"
# A file and a word in it; a test has two colons.
PLACE = re.compile(r"`([\w./-]+\.(?:py|md|toml|txt|json|conf)):([^:`][^`]*)`")
STATES = {"held", "in part", "not held", "does not apply"}


def numbers():
    for section, count in (each.split(":") for each in SECTIONS.split()):
        yield from (f"{section}.{number}" for number in range(1, int(count) + 1))


def rows():
    """Of the standard: numbers, level, what is asked, state, by what."""
    for line in PAGE.read_text().splitlines():
        if re.match(rf"\| {NUMBER}", line):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def is_there(file, word):
    return (ROOT / file).is_file() and word in (ROOT / file).read_text()


class TestSecurityPage:
    def test_has_each_number_once_in_order(self):
        found = [number for row in rows() for number in re.findall(NUMBER, row[0])]
        assert found == list(numbers())

    def test_says_of_each_whether_it_is_held_and_by_what(self):
        for row in rows():
            number, level, asked, state, by = row
            assert level in {"1", "2"} and asked and by, number
            assert state in STATES, number
            if state == "held":
                assert NAMED.search(by) or PLACE.search(by) or "(#" in by, number
            if state == "not held":
                assert re.search(r"[Nn]eeded|^as \d", by), number

    def test_names_a_test_for_each_kind_of_hole(self):
        table = PAGE.read_text().partition("| kind | tried by |\n| --- | --- |\n")[2].splitlines()
        assert len(table) > 15
        for line in table:
            assert NAMED.search(line), line

    def test_names_only_tests_that_are_there(self):
        named = set(NAMED.findall(PAGE.read_text()))
        assert len(named) > 200
        missing = [f"{file}::{test}" for file, test in sorted(named) if test not in set(names_in(file))]
        assert not missing

    def test_names_only_places_that_are_there(self):
        named = set(PLACE.findall(PAGE.read_text()))
        assert len(named) > 40
        assert not [place for place in sorted(named) if not is_there(*place)]
