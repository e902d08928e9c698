"""Two hosts, each with a press and a shelf of its own, that follow one PostgreSQL by themselves."""

import contextlib
import json
import signal
import threading
import time

import psycopg
import pytest

from tests import forks
from tests.servers import Application, Desk
from tests.waiting import wait_until

# Two hosts sign pictures' addresses with the same secret, or their pages would differ.
SECRET = "the-same-on-every-host-AbCdEfGhIjKlMnOpQrStUvWxYz-0123456789"


class Host:
    def __init__(self, folder, database_url):
        self.site = Application(folder, database_url=database_url, SECRET_KEY=SECRET, PORT=8000)
        self.site.port = 8000
        self.site.var.mkdir(parents=True)
        self.shelf = self.site.var / "shelf"
        self.press = None

    def start(self):
        self.press = forks.start(
            ["manage.py", "press", "run"], env=self.site.environment(), stdout=forks.PIPE
        )
        assert "The press prints on" in self.press.stdout.readline()

    def stop(self, how=signal.SIGTERM):
        self.press.send_signal(how)
        self.press.wait(10)
        self.press.stdout.close()

    def read(self, path):
        file = self.shelf / "pages" / path.strip("/") / "index.html"
        return file.read_text() if file.exists() else ""

    def pages(self):
        return {file.relative_to(self.shelf): file.read_bytes() for file in self.shelf.rglob("index.html")}

    def last(self):
        note = self.shelf / "position.json"
        return json.loads(note.read_text())["last"] if note.exists() else 0


@pytest.fixture(scope="module")
def hosts(postgres, new_database, prepared, tmp_path_factory):
    database = new_database(postgres, "several_hosts")
    pair = [Host(tmp_path_factory.mktemp(name), database) for name in ("first", "second")]
    for host in pair:
        (host.site.var / "static").symlink_to(prepared.var / "static")
    for host in pair:
        host.start()
    yield pair
    for host in pair:
        if host.press.poll() is None:
            host.stop()


@pytest.fixture(scope="module")
def desk(hosts):
    desk = Desk(hosts[0].site)
    yield desk
    desk.close()


class TestTwoHosts:
    def test_each_prints_what_is_published_on_its_own_shelf(self, hosts, desk):
        address = desk.do("publish", words="on both hosts")["address"]
        for host in hosts:
            wait_until(lambda host=host: "on both hosts" in host.read(address))
            wait_until(lambda host=host: "on both hosts" in host.read("/world/"))

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
    def test_one_that_was_away_catches_up(self, hosts, desk, how):
        first, second = hosts
        second.stop(how)
        stories = [desk.do("publish", words=f"while one was away {number}") for number in range(5)]
        desk.do("withdraw", number=stories[0]["number"])
        written = desk.do("written")["last"]
        wait_until(lambda: first.last() >= written)
        assert not second.read(stories[1]["address"])
        second.start()
        wait_until(lambda: second.last() >= written)
        wait_until(lambda: first.pages() == second.pages())
        assert not second.read(stories[0]["address"])
        assert "0 differences" in second.site.manage("press", "check").stdout

    def test_one_with_an_empty_shelf_begins_at_the_end_and_follows(self, hosts, desk):
        _, second = hosts
        second.stop()
        (second.shelf).rename(second.shelf.with_name("lost"))
        second.start()
        address = desk.do("publish", words="on the new shelf")["address"]
        wait_until(lambda: "on the new shelf" in second.read(address))


class TestScheduledChanges:
    def test_are_published_once_and_printed_by_both(self, hosts, desk):
        story = desk.do("publish", words="before its change")
        for host in hosts:
            wait_until(lambda host=host: "before its change" in host.read(story["address"]))
        desk.do("change_later", number=story["number"], words="after its change", after=3)
        for host in hosts:
            assert "before its change" in host.read(story["address"])
        for host in hosts:
            wait_until(lambda host=host: "after its change" in host.read(story["address"]))
            wait_until(lambda host=host: "after its change" in host.read("/world/"))
        assert desk.do("times_published", number=story["number"]) == 2

    def test_that_came_due_while_no_press_ran_are_published_by_the_first_that_comes(self, hosts, desk):
        story = desk.do("publish", words="before all were away")
        for host in hosts:
            wait_until(lambda host=host: "before all were away" in host.read(story["address"]))
            host.stop()
        desk.do("change_later", number=story["number"], words="when they came back", after=1)
        time.sleep(1.5)
        assert desk.do("times_published", number=story["number"]) == 1
        for host in hosts:
            host.start()
        for host in hosts:
            wait_until(lambda host=host: "when they came back" in host.read(story["address"]))
        assert desk.do("times_published", number=story["number"]) == 2


class TestTransactionsOutOfOrder:
    def test_an_entry_that_is_seen_after_a_later_one_is_printed_all_the_same(self, hosts, desk, postgres):
        """Numbers are given when a row is written and not when it is committed."""
        with contextlib.ExitStack() as stack:
            slow = stack.enter_context(self.transaction(postgres))
            slow.execute(
                "UPDATE articles_section SET description = 'Seen late.' WHERE slug = 'world';"
                "INSERT INTO articles_outboxentry (change, due_at, written_at) VALUES"
                ' (\'{"kind": "section", "id": 1, "sections": ["/world/"], "everywhere": false}\', now(), now())'
            )
            address = desk.do("publish", words="the later number")["address"]
            for host in hosts:
                wait_until(lambda host=host: "the later number" in host.read(address))
                wait_until(lambda host=host: "the later number" in host.read("/world/"))
                assert "Seen late." not in host.read("/world/")
            slow.commit()
        for host in hosts:
            wait_until(lambda host=host: "Seen late." in host.read("/world/"))

    def test_two_stories_published_at_once_stand_beside_each_other(self, hosts, desk):
        other = Desk(hosts[1].site)
        try:
            for turn in range(5):
                threads = [
                    threading.Thread(
                        target=each.do, args=("publish",), kwargs={"words": f"at once {turn} {each is desk}"}
                    )
                    for each in (desk, other)
                ]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        finally:
            other.close()
        written = desk.do("written")["last"]
        for host in hosts:
            wait_until(lambda host=host: host.last() >= written)
            assert "0 differences" in host.site.manage("press", "check").stdout

    @contextlib.contextmanager
    def transaction(self, postgres):
        with psycopg.connect(
            host="127.0.0.1", port=postgres.port, user="postgres", dbname="several_hosts"
        ) as connection:
            yield connection
