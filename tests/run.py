"""Every test: on SQLite, and at the same time on PostgreSQL those that the database can make fail.

    python -m tests.run [--full] [pytest's arguments]

Parts that this machine lacks are named in one line each, and their tests skipped; with CI=true a missing
part is a failure, because there nothing may be skipped. `--full` tries the whole corpora, every kill and every interleaving
instead of a sample, and on both databases what is otherwise tried on one of them. CORPORA names a folder of hostile input beside the project's own.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import Missing, Postgres, find_chromium, find_nginx, find_postgres, find_varnish

TESTS = Path(__file__).parent
CORES = os.cpu_count() or 1
# More at a time than there are cores, because many wait for servers, for browsers or for their second. Not many more: a
# browser test that shares its core with three others does not come to its end in time.
AT_ONCE = {"SQLite": CORES + 1, "PostgreSQL": max(1, CORES // 2)}
PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-loadscope-reorder", "--durations=12"]
# A worker that is lost ends the run, which names its test: with another one in its place, the last tests were never begun.
PYTEST.append("--max-worker-restart=0")
# What asks the database for rows, locks them or tells one transaction from another. All else is the same on both.
ON_POSTGRES = (
    *(
        "articles/accounts/test_factors.py",
        "articles/audit",
        "articles/database/test_compiled_queries.py",
        "articles/database/test_errors.py",
        "articles/importers/wordpress/writing",
        "articles/management/observing",
        "articles/models",
        "articles/outbox",
        "articles/publishing",
        "articles/related",
        "articles/views",
    ),
    *(f"articles/search/test_{name}.py" for name in ("desk", "index", "public", "time_limit", "vocabulary")),
    *(
        f"articles/press/{name}.py"
        for name in (
            # test_slices holds the reprints, too, each of them in slices.
            *("everything/test_addresses", "plan/test_present_rows"),
            *("plan/test_exact_others", "render/test_failures", "telling/test_telling"),
            *("test_go_live", "test_slices", "test_status"),
        )
    ),
    *(
        f"articles/admin/{name}"
        for name in (
            *("article", "desk/test_decisions.py", "desk/form/test_names_gone.py"),
            *("desk/test_interleavings.py", "desk/test_scheduled.py"),
            *("history", "image"),
            *("test_authors.py", "test_tags.py"),
        )
    ),
)
# The first three ask every public address, each of whose views the other tests ask on PostgreSQL; the cells of the states are
# verbs that other files try there, the decisions acts that the interleavings try; what is printed of a change is asked there in
# slices, and the place of a consumer in the outbox's own tests. Scheduled changes are tried there with their verbs, the rows of
# an import with its other tests; what is fetched for it does not come from a database.
ON_POSTGRES_WHEN_FULL = {
    *(TESTS / f"articles/views/test_{name}.py" for name in ("canaries", "hostile_text", "untranslated")),
    TESTS / "articles/publishing/article/test_states.py",
    TESTS / "articles/admin/desk/test_decisions.py",
    TESTS / "articles/admin/desk/test_scheduled.py",
    TESTS / "articles/importers/wordpress/writing/test_fetched.py",
    TESTS / "articles/press/plan/test_exact_others.py",
    TESTS / "articles/press/telling/test_telling.py",
}
# Where PostgreSQL prints them in slices, SQLite prints them in one piece, in test_reprints.
ON_SQLITE_WHEN_FULL = (
    "tests/articles/press/test_slices.py::SharedInSlicesTest",
    "tests/articles/press/test_slices.py::PictureInSlicesTest",
)
# Where files are kept in memory, and how many bytes must be free there. The tests write some hundred thousand files, and a
# disk takes longer to make them than the tests take for everything else.
MEMORY, ENOUGH = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - a folder with a name of its own is made in it
# A test that waits for ever is ended by name, with what each of its threads was doing, or nobody would learn which one it was.
# The longest takes less than a tenth of that; only the whole samples of --full may take longer.
ENDED_WHEN_STUCK = ("-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true")
WITHOUT_SERVERS = "not browser and not postgres and not nginx"
NO_TESTS_CHOSEN = 5


def main(arguments):
    # Whoever ends this ends the servers that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Some hundred programs are started, each of which would compile the whole project anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    missing = list(missing_parts())
    for sentence in missing:
        print(f"Not everything can be tested: {sentence}")
    if missing and os.environ.get("CI") == "true":
        sys.exit(1)
    with files_in_memory():
        results = run(arguments)
    sys.exit(max((result for result in results if result != NO_TESTS_CHOSEN), default=NO_TESTS_CHOSEN))


@contextlib.contextmanager
def files_in_memory():
    """All temporary files of the tests and of the servers that they start, where there is room for them."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-tests-", dir=MEMORY) as folder:
        # PostgreSQL and nginx run as users of their own.
        os.chmod(folder, 0o755)  # noqa: S103 - its name cannot be guessed, and it holds nothing but tests
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield


def missing_parts():
    for find in (find_chromium, find_nginx, find_postgres, find_varnish, find_corpora):
        try:
            find()
        except Missing as missing:
            yield str(missing)


def find_corpora():
    """Nobody but CI needs more than the project's own set."""
    folder = os.environ.get("CORPORA", "")
    if folder and not Path(folder).is_dir():
        raise Missing(
            f"CORPORA={folder} is no folder; name one, or leave CORPORA out to try our own set alone"
        )
    if not folder and os.environ.get("CI") == "true":
        raise Missing("CORPORA is not set; name the folder of hostile input that others have collected")


def run(arguments):
    """The exit codes of both. What PostgreSQL's says is kept until SQLite's has been said."""
    with contextlib.ExitStack() as stack:
        said = stack.enter_context(tempfile.TemporaryFile())
        on_postgres = begin_on_postgres(stack, arguments, said)
        print("On SQLite:", flush=True)
        printed_there = [] if "--full" in arguments or not on_postgres else ON_SQLITE_WHEN_FULL
        left_out = [f"--deselect={test}" for test in printed_there]
        results = [begin("SQLite", [*left_out, *arguments]).wait()]
        if on_postgres:
            results.append(on_postgres.wait())
            said.seek(0)
            print("On PostgreSQL:", said.read().decode(errors="replace"), sep="\n", flush=True)
    return results


def begin_on_postgres(stack, arguments, said):
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-postgres-"))
    try:
        server = stack.enter_context(Postgres(Path(folder) / "server"))
    except Missing:
        return None
    chosen = ["-m", WITHOUT_SERVERS, *left_out_on_postgres("--full" in arguments), *arguments]
    process = begin(
        "PostgreSQL", chosen, stdout=said, stderr=said, TEST_DATABASE_URL=server.database_url("newsroom")
    )
    stack.callback(process.kill)
    return process


def left_out_on_postgres(is_full):
    """An argument for each file of tests, so that a developer's own choice of files and names still holds."""
    left_out = set() if is_full else ON_POSTGRES_WHEN_FULL
    wanted = [TESTS / each for each in ON_POSTGRES]
    for file in TESTS.rglob("test_*.py"):
        if file in left_out or not any(file == each or each in file.parents for each in wanted):
            yield f"--ignore={file}"


def begin(database, arguments, stdout=None, stderr=None, **variables):
    # A single worker would be one process more, which does nothing but wait for it.
    workers = AT_ONCE[database] if AT_ONCE[database] > 1 else 0
    when_stuck = () if "--full" in arguments else ENDED_WHEN_STUCK
    return subprocess.Popen(
        [*PYTEST, *when_stuck, f"-n{workers}", *arguments],
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
