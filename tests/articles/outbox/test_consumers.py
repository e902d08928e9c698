import datetime
import threading
from unittest import mock

import time_machine
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles.models import OutboxConsumer, OutboxEntry
from articles.outbox import consumers
from articles.outbox.consumers import ConsumerFailed, Follower, Followers
from articles.publishing import publish, withdraw
from tests import factories as make
from tests.waiting import wait_until

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


class Listener:
    """Keeps what it is given; fails while it is told to."""

    name = "listener"
    version = 1

    def __init__(self, *, parts=1):
        self.taken = []
        self.built = []
        self.parts = parts
        self.problem = None

    @property
    def starts(self):
        return self.built.count("")

    def start_over(self, done):
        self.built.append(done)
        number = int(done or 0) + 1
        return str(number) if number < self.parts else None

    def take(self, changes):
        if self.problem:
            raise ConsumerFailed(self.problem)
        self.taken.append([change["id"] for change in changes])


def write(*numbers, due=None):
    for number in numbers:
        OutboxEntry.objects.create(change={"kind": "article", "id": number}, due_at=due or timezone.now())


def work_off(follower):
    while follower.turn():
        pass


class FollowerTests(TestCase):
    def setUp(self):
        self.enterContext(time_machine.travel(NOON, tick=False))
        self.listener = Listener()
        self.follower = Follower(self.listener)
        write(1)
        work_off(self.follower)

    def row(self):
        return OutboxConsumer.objects.get(name="listener")

    def test_starts_over_when_it_is_new_and_is_given_what_comes_after(self):
        self.assertEqual((self.listener.starts, self.listener.taken), (1, []))
        write(2, 3)
        work_off(self.follower)
        self.assertEqual((self.listener.starts, self.listener.taken), (1, [[2, 3]]))

    def test_goes_on_where_it_was_after_its_process_ended(self):
        write(2)
        work_off(self.follower)
        write(3)
        work_off(Follower(self.listener))
        self.assertEqual(self.listener.taken, [[2], [3]])

    def test_is_given_what_is_due_later_at_its_second(self):
        write(2, due=NOON + DAY)
        work_off(self.follower)
        self.assertEqual(self.listener.taken, [])
        with time_machine.travel(NOON + DAY, tick=False):
            work_off(self.follower)
        self.assertEqual(self.listener.taken, [[2]])

    def test_is_given_many_in_batches_and_all_once(self):
        with mock.patch.object(consumers, "BATCH", 2):
            write(*range(2, 7))
            work_off(self.follower)
        self.assertEqual(self.listener.taken, [[2, 3], [4, 5], [6]])

    def test_that_was_killed_between_two_batches_is_given_them_again(self):
        write(2, 3, 4)
        with mock.patch.object(consumers, "BATCH", 2):
            self.follower.turn()
            work_off(Follower(self.listener))
        self.assertEqual(self.listener.taken, [[2, 3], [2, 3], [4]])

    def test_that_fails_is_tried_again_later_with_the_same(self):
        self.listener.problem = "The hub is away."
        write(2)
        with self.assertLogs("articles.outbox", "ERROR"):
            work_off(self.follower)
        self.assertEqual((self.row().tries, self.row().last_error), (1, "The hub is away."))
        self.listener.problem = None
        work_off(self.follower)
        self.assertEqual(self.listener.taken, [], "it waits for two seconds")
        with time_machine.travel(NOON + datetime.timedelta(seconds=2), tick=False):
            work_off(self.follower)
        self.assertEqual(self.listener.taken, [[2]])
        self.assertEqual((self.row().tries, self.row().last_error), (0, ""))

    def test_that_fails_by_an_error_of_its_own_loses_nothing_either(self):
        write(2, 3, 4)
        broken = mock.patch.object(self.listener, "take", side_effect=KeyError("x"))
        with mock.patch.object(consumers, "BATCH", 2), self.assertLogs("articles.outbox", "ERROR"):
            with broken:
                work_off(self.follower)
            self.assertEqual((self.row().tries, self.row().last_error), (1, "KeyError: 'x'"))
            with time_machine.travel(NOON + datetime.timedelta(seconds=2), tick=False):
                work_off(self.follower)
        self.assertEqual(self.listener.taken, [[2, 3], [4]])

    def test_that_cannot_start_over_waits_like_any_other(self):
        OutboxConsumer.objects.all().delete()
        broken = mock.patch.object(self.listener, "start_over", side_effect=ConsumerFailed("No room."))
        with broken as started, self.assertLogs("articles.outbox", "ERROR"):
            for _ in range(3):
                work_off(self.follower)
        self.assertEqual((started.call_count, self.row().last_error), (1, "No room."))

    def test_waits_an_hour_at_most(self):
        self.row()
        OutboxConsumer.objects.update(tries=40)
        self.listener.problem = "The hub is away."
        write(2)
        with self.assertLogs("articles.outbox", "ERROR"):
            work_off(self.follower)
        self.assertEqual(self.row().next_try_at, NOON + datetime.timedelta(hours=1))

    def test_builds_in_parts_and_is_given_what_changes_meanwhile(self):
        OutboxConsumer.objects.all().delete()
        self.listener.parts, self.listener.built = 3, []
        for _ in range(2):
            self.follower.turn()
        write(2)
        self.follower.turn()
        self.assertEqual((self.listener.built, self.listener.taken), (["", "1"], [[2]]))
        self.assertIn("built anew", self.row().in_words(NOON))
        work_off(self.follower)
        self.assertEqual((self.listener.built, self.listener.taken), (["", "1", "2"], [[2]]))
        self.assertNotIn("built anew", self.row().in_words(NOON))

    def test_goes_on_building_where_it_was_after_its_process_ended(self):
        OutboxConsumer.objects.all().delete()
        self.listener.parts, self.listener.built = 3, []
        for _ in range(2):
            self.follower.turn()
        work_off(Follower(self.listener))
        self.assertEqual(self.listener.built, ["", "1", "2"])

    def test_that_fails_while_it_builds_goes_on_later_with_the_same_part(self):
        OutboxConsumer.objects.all().delete()
        self.listener.parts, self.listener.built = 2, []
        self.follower.turn()
        broken = mock.patch.object(self.listener, "start_over", side_effect=ConsumerFailed("No room."))
        with broken as started, self.assertLogs("articles.outbox", "ERROR"):
            for _ in range(3):
                work_off(self.follower)
        started.assert_called_once_with("1")
        with time_machine.travel(NOON + datetime.timedelta(seconds=2), tick=False):
            work_off(self.follower)
        self.assertEqual(self.listener.built, ["", "1"])

    def test_starts_over_when_it_would_build_in_another_way_and_not_in_an_older_one(self):
        self.listener.version = 2
        with self.assertLogs("articles.outbox", "WARNING"):
            work_off(self.follower)
        self.assertEqual(self.listener.starts, 2)
        self.listener.version = 1
        work_off(self.follower)
        self.assertEqual(self.listener.starts, 2)

    def test_starts_over_when_articles_were_written_without_an_entry(self):
        consumers.have_all_start_over()
        work_off(self.follower)
        self.assertEqual(self.listener.starts, 2)

    def test_that_was_away_for_too_long_starts_over(self):
        with time_machine.travel(NOON + 100 * DAY, tick=False), self.assertLogs("articles.outbox", "WARNING"):
            work_off(self.follower)
        self.assertEqual(self.listener.starts, 2)

    def test_starts_over_when_the_outbox_is_another_one(self):
        OutboxEntry.objects.all().delete()
        with self.assertLogs("articles.outbox", "WARNING"):
            work_off(self.follower)
        self.assertEqual(self.listener.starts, 2)

    def test_writes_nothing_down_while_nothing_happens(self):
        work_off(self.follower)
        with self.assertNumQueries(4) as queries:
            self.assertFalse(self.follower.turn())
        self.assertFalse([each["sql"] for each in queries if not each["sql"].startswith("SELECT")])

    def test_takes_changes_of_the_verbs(self):
        article = make.published_article()
        withdraw(article, by=None)
        work_off(self.follower)
        self.assertEqual({number for batch in self.listener.taken for number in batch}, {article.pk})


class FollowersTests(TransactionTestCase):
    def test_of_a_running_press_take_what_is_published_and_one_that_fails_delays_no_other(self):
        well, ill = Listener(), Listener()
        ill.name, ill.problem = "ill", "The hub is away."
        stop = threading.Event()
        with mock.patch.dict(consumers.CONSUMERS, {each.name: each for each in (well, ill)}, clear=True):
            followers = Followers()
            followers.open(stop)
            try:
                wait_until(lambda: well.starts and ill.starts)
                article = publish(make.article(), by=None)
                followers.wake()
                wait_until(lambda: [article.pk] in well.taken)
            finally:
                stop.set()
                followers.wake()
                wait_until(lambda: not any("consumer" in thread.name for thread in threading.enumerate()))
        self.assertEqual(ill.taken, [])


if connection.vendor == "postgresql":
    # SQLite locks no rows: there whoever writes first has the whole database.

    class TwoHostsTests(TransactionTestCase):
        def test_one_host_at_a_time_hands_over(self):
            listener = Listener()
            follower, held, done = Follower(listener), threading.Event(), threading.Event()
            work_off(follower)
            write(2)

            def hold():
                with transaction.atomic():
                    OutboxConsumer.objects.select_for_update().get(name="listener")
                    held.set()
                    done.wait(10)
                connection.close()

            other = threading.Thread(target=hold)
            other.start()
            try:
                held.wait(10)
                work_off(follower)
                self.assertEqual(listener.taken, [])
            finally:
                done.set()
                other.join()
            work_off(follower)
            self.assertEqual(listener.taken, [[2]])
