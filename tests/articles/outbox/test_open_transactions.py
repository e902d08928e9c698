"""What the press finds in PostgreSQL's outbox while transactions are open, whatever order they end in."""

import contextlib
import json
import os
import shutil
import subprocess
from functools import partialmethod

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import forks
from tests.servers import Application
from tests.servers.fixtures import postgres_of_its_own
from tests.servers.postgres import ACCOUNT, Postgres

INSERT = (
    "INSERT INTO articles_outboxentry (change, due_at, written_at)"
    ' VALUES (\'{"kind": "page", "id": 1}\', now(), now()) RETURNING id'
)
pytestmark = pytest.mark.postgres

DATABASE = "outbox"
# Transactions that write nothing to the outbox, as others of the same cluster are.
BURN = "DO $$ BEGIN FOR i IN 1..%s LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"


class Looker:
    """A process that follows the outbox of a database."""

    def __init__(self, folder, url):
        self.site = Application(folder, database_url=url)
        self.site.var.mkdir(parents=True, exist_ok=True)
        self.position = self.site.var / "position.json"

    def __enter__(self):
        command = ["-m", "tests.articles.outbox.looker", self.position]
        self.process = forks.start(command, env=self.site.environment(), stdin=forks.PIPE, stdout=forks.PIPE)
        return self

    def __exit__(self, *_problem):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def ask(self, act):
        self.process.stdin.write(f"{act}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    begin = partialmethod(ask, "begin")
    look = partialmethod(ask, "look")
    can_follow = partialmethod(ask, "can_follow")
    waiting = partialmethod(ask, "waiting")
    prune = partialmethod(ask, "prune")
    plan = partialmethod(ask, "plan")


class Writer:
    """A session that writes to the outbox, in a transaction that ends when it is told to."""

    def __init__(self, server, database=DATABASE):
        self.connection = server.connect(database)

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.connection.close()

    def begin(self):
        self.connection.execute("BEGIN")

    def write(self):
        return self.connection.execute(INSERT).fetchone()[0]

    def commit(self):
        self.connection.execute("COMMIT")

    def roll_back(self):
        self.connection.execute("ROLLBACK")


@pytest.fixture(scope="module")
def server(new_database):
    with postgres_of_its_own() as server:
        new_database(server, DATABASE)
        yield server


@pytest.fixture(scope="module")
def follower(server, tmp_path_factory):
    with Looker(tmp_path_factory.mktemp("looker"), server.database_url(DATABASE)) as looker:
        yield looker


@pytest.fixture
def looker(follower, server):
    with Writer(server) as writer:
        writer.write()
    follower.begin()
    return follower


@pytest.fixture
def writers(server):
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Writer(server)) for _ in range(3)]


class TestALook:
    def test_finds_a_row_that_is_committed_after_one_with_a_higher_number(self, looker, writers):
        slow, quick, _ = writers
        slow.begin()
        first = slow.write()
        second = quick.write()
        assert looker.look() == [second]
        assert looker.look() == []
        slow.commit()
        assert looker.waiting() == 1
        assert looker.look() == [first]
        assert looker.look() == []

    def test_finds_it_however_much_was_written_and_seen_meanwhile(self, looker, writers):
        slow, quick, _ = writers
        slow.begin()
        first = slow.write()
        for _ in range(5):
            more = [quick.write() for _ in range(60)]
            assert looker.look() == more
        slow.commit()
        assert looker.look() == [first]

    def test_finds_all_rows_of_one_transaction_also_those_behind_a_savepoint(self, looker, writers):
        slow, quick, _ = writers
        slow.begin()
        rows = [slow.write()]
        slow.connection.execute("SAVEPOINT inner_one")
        rows.append(slow.write())
        slow.connection.execute("RELEASE SAVEPOINT inner_one")
        assert looker.look() == []
        higher = quick.write()
        assert looker.look() == [higher]
        slow.commit()
        assert looker.look() == rows

    def test_looks_for_nothing_that_was_rolled_back(self, looker, writers):
        slow, quick, _ = writers
        slow.begin()
        slow.write()
        higher = quick.write()
        assert looker.look() == [higher]
        slow.roll_back()
        assert (looker.look(), looker.waiting()) == ([], 0)

    def test_waits_for_no_transaction_of_another_database(self, looker, server, writers):
        with Writer(server, "postgres") as elsewhere:
            elsewhere.begin()
            elsewhere.connection.execute("SELECT pg_current_xact_id()")
            for _ in range(3):
                row = writers[0].write()
                assert looker.look() == [row]
                assert looker.look() == []

    def test_begins_where_the_outbox_ends_and_finds_what_was_open_then(self, looker, writers):
        slow, quick, _ = writers
        slow.begin()
        first = slow.write()
        second = quick.write()
        assert looker.begin() == second
        assert looker.look() == []
        slow.commit()
        assert looker.look() == [first]

    def test_reads_no_more_of_the_table_than_may_be_new(self, looker, writers):
        writers[0].connection.execute(
            "INSERT INTO articles_outboxentry (change, due_at, written_at)"
            " SELECT '{}', now(), now() FROM generate_series(1, 20000)"
        )
        assert len(looker.look()) == 20000
        assert "Seq Scan" not in looker.plan()


class TestPruning:
    def test_spares_a_row_that_was_written_long_ago_and_committed_only_now(self, looker, writers):
        slow, quick, _ = writers
        seen = quick.write()
        slow.begin()
        first = slow.write()
        second = quick.write()
        assert looker.look() == [seen, second]
        slow.commit()
        looker.prune()
        kept = [row[0] for row in quick.connection.execute("SELECT id FROM articles_outboxentry ORDER BY id")]
        # The press knows the outbox by the second one, and what it has written itself comes last.
        assert (seen in kept, kept[:-1]) == (False, [first, second])
        # The clock of the test runs ahead for pruning alone, and the entry that it wrote is due only then.
        assert looker.look() == [first]
        quick.connection.execute("TRUNCATE articles_outboxentry")


SESSIONS = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("write"), SESSIONS),
    st.tuples(st.just("commit"), SESSIONS),
    st.tuples(st.just("roll back"), SESSIONS),
    st.tuples(st.just("look"), st.just(0)),
)


class TestAnyOrder:
    """Three sessions that write, commit and roll back in any order, and a press that looks between."""

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEPS, min_size=15, max_size=40))
    def test_finds_each_committed_row_once_and_at_the_next_look(self, looker, writers, steps):
        looker.begin()
        written, committed = {0: [], 1: [], 2: []}, []
        for act, number in [*steps, *(("commit", each) for each in range(3)), ("look", 0)]:
            if act == "write":
                if not written[number]:
                    writers[number].begin()
                written[number].append(writers[number].write())
            elif act == "look":
                assert looker.look() == sorted(committed)
                committed = []
            elif written[number]:
                writers[number].commit() if act == "commit" else writers[number].roll_back()
                committed += written[number] if act == "commit" else []
                written[number] = []


class TestAnotherCluster:
    """The outbox in a cluster that gives its numbers of transactions without regard to the one before."""

    @pytest.fixture
    def other(self):
        with postgres_of_its_own() as other:
            other.create_database(DATABASE)
            yield other

    def load_copy(self, server, other):
        programs, name = server.programs, f"{server.folder}/copy.sql"
        subprocess.run([programs / "pg_dump", "-f", name, server.database_url(DATABASE)], check=True)
        subprocess.run(
            [programs / "psql", "-q", "-f", name, other.database_url(DATABASE)],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def test_is_noticed_when_a_copy_was_loaded_there(self, server, other, looker, writers, tmp_path):
        writers[0].connection.execute(BURN % 3000)
        last = [writers[0].write() for _ in range(3)][-1]
        looker.look()
        self.load_copy(server, other)
        with (
            Looker(tmp_path, other.database_url(DATABASE)) as there,
            Writer(other) as slow,
            Writer(other) as quick,
        ):
            there.position.write_bytes(looker.position.read_bytes())
            assert (looker.can_follow(), there.can_follow()) == (True, False)
            # Numbers of the copy are higher than any there: they are not new, neither now nor later.
            assert there.begin() == last
            assert there.look() == []
            slow.begin()
            rows = [slow.write(), quick.write()]
            assert there.look() == [rows[1]]
            slow.commit()
            assert there.look() == [rows[0]]
            assert there.look() == []

    def test_is_noticed_when_a_copy_was_loaded_over_it_in_the_same_one(self, server, looker, writers):
        writers[0].write()
        looker.look()
        writers[0].connection.execute(
            "CREATE TABLE copy AS SELECT * FROM articles_outboxentry; TRUNCATE articles_outboxentry;"
            "INSERT INTO articles_outboxentry SELECT * FROM copy; DROP TABLE copy"
        )
        assert not looker.can_follow()

    def test_that_was_set_back_in_time_is_followed_where_all_that_was_seen_is_there(
        self, server, looker, writers, tmp_path
    ):
        """As after a fail-over to a server that had not heard of the last transactions: it gives their numbers
        a second time."""
        writers[0].write()
        looker.look()
        earlier = copied(server)
        writers[0].connection.execute(BURN % 500)
        looker.begin()
        there = Looker(tmp_path, earlier.database_url(DATABASE))
        with earlier, Writer(earlier) as slow, Writer(earlier) as quick, there:
            there.position.write_bytes(looker.position.read_bytes())
            assert there.can_follow()
            slow.begin()
            rows = [slow.write(), quick.write()]
            assert there.look() == [rows[1]]
            slow.commit()
            assert there.look() == [rows[0]]
            assert there.look() == []


def copied(server):
    """The cluster as it is at this moment, as a second server that is still to be started."""
    copy = Postgres(server.folder.parent / "earlier")
    copy.data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(copy.data, ACCOUNT, ACCOUNT)
        copy.open_folders()
    program, where = server.programs / "pg_basebackup", server.database_url("postgres")
    command = [program, "-D", copy.data, "--checkpoint=fast", "--no-sync", "-d", where]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **server.account())
    return copy
