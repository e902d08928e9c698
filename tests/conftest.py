"""How the whole suite runs: what `--full` means, in which order workers take its tests, what it says of skipped ones."""

import faulthandler
import gc
import os
import shutil
import sys
from collections import Counter

import pytest
from _pytest.unittest import TestCaseFunction
from django.db import connection
from xdist.scheduler.loadfile import LoadFileScheduling

from tests import corpora, flush

flush.install()

pytest_plugins = ["tests.servers.fixtures"]

# What waits for servers and browsers is begun first, and then the longest files, so that no worker is left with one of
# them alone at the end.
FIRST = (
    *("tests/faults/", "tests/browser/", "tests/nginx/", "tests/servers/", "tests/newsroom/"),
    *("tests/articles/press/", "tests/articles/admin/test_rights.py"),
    "tests/articles/admin/desk/test_interleavings.py",
)
# Seconds that the end of a process of tests may take, after its last test.
END = 120
TOGETHER = ("tests/faults/", "tests/nginx/")
# These have sites of their own.
ALONE = tuple(
    f"tests/faults/test_{name}.py"
    for name in ("desk_killed", "held_connections", "hour_of_kills", "import_killed")
)


def pytest_addoption(parser):
    parser.addoption(
        "--full", action="store_true", help="the corpora, the kills and the interleavings whole, not a sample"
    )


def pytest_configure(config):
    corpora.is_full = config.getoption("full")


report_subtest = TestCaseFunction.addSubTest


def report_subtest_that_failed(self, test_case, subtest, problem):
    """Of one that passes nothing is printed. Its worker would make a report of it nevertheless and send it, which takes
    longer than most subtests do; some tests have ten thousand of them."""
    if problem is not None:
        report_subtest(self, test_case, subtest, problem)


TestCaseFunction.addSubTest = report_subtest_that_failed


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings, request):
    """One of several workers on SQLite begins with a copy of the tables; pytest-django then finds that they are there."""
    if "PYTEST_XDIST_WORKER" not in os.environ or connection.vendor != "sqlite":
        return django_db_keepdb
    shutil.copy(request.getfixturevalue("with_tables"), connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if not corpora.is_full:
        left_out = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=place)


def pytest_collection_finish():
    """What is loaded by now stays: Python's collector need not look at it again with every few tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def place(item):
    for number, folder in enumerate(FIRST):
        if item.nodeid.startswith(folder):
            return number
    return len(FIRST)


def pytest_sessionfinish(session):
    """With CI=true a skipped test is a failure, because what it needs must be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    """Nor may what is ended after the last test keep anybody waiting for ever. tests/run.py sees to the tests themselves."""
    faulthandler.dump_traceback_later(END, exit=True, file=sys.__stderr__)


def pytest_terminal_summary(terminalreporter):
    """One line for each reason, however many tests it kept from running."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", ()))
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} skipped: {reason.removeprefix('Skipped: ')}")


def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


class Scheduling(LoadFileScheduling):
    """A file's tests stay on one worker, which then makes once what they share.

    The faults and nginx's tests share whole sites, so each of these folders stays on one worker, but for the files that
    have sites of their own. Browser tests share nothing but the server that each worker starts once. Each of them goes to
    the worker that is free, because a whole file of them takes minutes.
    """

    def _split_scope(self, nodeid):
        if nodeid.startswith("tests/browser/"):
            return nodeid
        if nodeid.startswith(ALONE):
            return super()._split_scope(nodeid)
        shared = next((folder for folder in TOGETHER if nodeid.startswith(folder)), None)
        return shared or super()._split_scope(nodeid)
