"""From a verb to what a hub hears, with a real server that looks at the shelf whenever it is told something."""

import datetime
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import Notice, PressStatus, PrintFailure
from articles.outbox.consumers import Follower
from articles.press.press import Press
from articles.press.purge.stores import HttpPurger, PurgeFailed, Purges
from articles.press.telling import services
from articles.press.telling.notices import WritesDown
from articles.press.telling.sending import Sending, printed_until
from articles.press.telling.services import Hub, IndexNow
from tests import factories
from tests.articles.press.printed_newsroom import DAY, NOON, PrintedNewsroom, feed_addresses

from .hub import running_hub

SECOND = datetime.timedelta(seconds=1)
HEADLINE = "A new story for the hub"


class TellingTests(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        # The press that has printed the shelf for all tests is no other host.
        PressStatus.objects.all().delete()
        self.clock = self.enterContext(time_machine.travel(NOON, tick=False))
        self.hub = self.enterContext(running_hub())
        self.hub.look = self.headline_is_served
        service = Hub(self.hub.url)
        self.follower, self.sending = Follower(WritesDown([service], lambda: self.shelf)), Sending(service)
        self.follower.turn()
        self.enterContext(mock.patch("articles.press.status.EVERY", 0))

    def headline_is_served(self, body):
        [address] = parse_qs(body)["hub.url"]
        return HEADLINE.encode() in self.shelf.read(urlsplit(address).path).body

    def publish(self, **changes):
        article = super().publish(**{"headline": HEADLINE, **changes})
        self.write_down()
        return article

    def write_down(self):
        while self.follower.turn():
            pass

    def press_prints(self):
        """The press, some seconds later."""
        self.clock.shift(5)
        self.printed()
        # It says so in the next turn.
        self.press.turn()

    def tell(self):
        while self.sending.turn(printed_until(timezone.now())):
            pass

    def heard(self):
        return sorted(urlsplit(parse_qs(body)["hub.url"][0]).path for body, _ in self.hub.heard)

    def waiting(self, *services):
        found = Notice.objects.filter(service__in=services) if services else Notice.objects.all()
        return sorted(found.values_list("address", flat=True))

    def test_the_hub_is_told_once_the_new_feeds_are_on_the_shelf(self):
        self.publish()
        feeds = self.waiting()
        self.assertLessEqual({*feed_addresses("/world/harbours/")}, {*feeds})
        # Those of tags and authors only where somebody has asked for them.
        self.assertIn("/tag/coast/feed/", feeds)
        self.assertNotIn("/tag/coast/feed/json/", feeds)
        self.tell()
        self.clock.shift(60)
        self.tell()
        self.assertEqual(self.hub.heard, [])
        self.press_prints()
        self.tell()
        self.assertEqual(self.heard(), feeds)
        self.assertEqual({served for _, served in self.hub.heard}, {True})
        self.assertEqual(self.waiting(), [])
        self.tell()
        self.assertEqual(len(self.hub.heard), len(feeds))

    def test_the_hub_is_told_only_when_the_stores_in_front_have_forgotten_the_old_feeds(self):
        store = HttpPurger("http://127.0.0.1:9")
        self.press = Press(self.shelf, Purges(self.shelf, [store]))
        self.press.turn()
        self.press.walk.end()
        self.press_prints()
        self.publish()
        self.press_prints()
        self.press_prints()
        self.tell()
        self.assertEqual(self.hub.heard, [])
        with self.assertRaises(PurgeFailed):
            self.press.purges.work_off()
        self.press_prints()
        self.tell()
        self.assertEqual(self.hub.heard, [])
        with mock.patch.object(store, "purge"):
            self.press.purges.work_off()
        self.press_prints()
        self.press_prints()
        self.tell()
        self.assertEqual({served for _, served in self.hub.heard}, {True})

    def test_the_hub_is_told_only_when_every_host_has_printed(self):
        self.publish()
        other = PressStatus.objects.create(shelf="other", seen_at=NOON, printed_until=NOON - SECOND)
        self.press_prints()
        self.tell()
        self.assertEqual(self.hub.heard, [])
        # One that says nothing for a minute is not waited for.
        self.clock.shift(60)
        self.press_prints()
        self.tell()
        self.assertTrue(self.hub.heard)
        other.delete()

    def test_a_feed_that_could_not_be_printed_is_told_when_it_is(self):
        self.publish()
        self.press_prints()
        PrintFailure.objects.create(
            shelf=self.press.name, path="/feed/", error="x", failed_at=NOON, next_try_at=NOON + DAY
        )
        self.tell()
        self.assertEqual(self.waiting(), ["/feed/"])
        PrintFailure.objects.all().delete()
        self.tell()
        self.assertEqual(self.waiting(), [])

    def test_a_hub_that_is_down_slow_or_broken_is_tried_again_later_each_time(self):
        self.publish()
        self.press_prints()
        feeds, waits = self.waiting(), []
        url, self.sending.service.address = self.sending.service.address, "http://127.0.0.1:9/"
        self.enterContext(mock.patch.object(services, "TIMEOUT", 0.05))
        with self.assertLogs("articles.press", "ERROR") as said:
            for trouble in ("down", "slow", "broken"):
                if trouble == "slow":
                    self.sending.service.address = url
                    self.hub.pause = 0.2
                if trouble == "broken":
                    self.hub.pause, self.hub.status = 0.0, 500
                self.tell()
                asked = len(self.hub.heard)
                self.tell()
                # It is left alone until its time, with all that waits for it.
                self.assertEqual(len(self.hub.heard), asked)
                self.assertEqual(self.waiting(), feeds)
                [next_try] = set(Notice.objects.values_list("next_try_at", flat=True))
                waits.append((next_try - timezone.now()).total_seconds())
                self.clock.move_to(next_try)
                self.press.turn()
                self.press.turn()
        self.assertEqual(waits, [2, 4, 8])
        self.assertEqual(len(said.output), 1)
        self.hub.status, self.hub.heard = 202, []
        with mock.patch.object(services, "TIMEOUT", 5):
            self.tell()
        self.assertEqual(self.heard(), feeds)
        self.assertEqual(self.waiting(), [])

    def test_what_nobody_takes_for_days_is_dropped(self):
        self.publish()
        self.hub.status = 500
        self.clock.shift(4 * 24 * 3600)
        with self.assertLogs("articles.press", "ERROR") as said:
            self.press_prints()
            self.tell()
        self.assertEqual(self.waiting(), [])
        self.assertIn("dropped", said.output[-1])

    def test_a_feed_that_changes_while_the_hub_is_told_is_told_again(self):
        self.publish()
        self.press_prints()

        def changes_meanwhile(body):
            self.hub.look = lambda body: None
            Notice.objects.filter(address="/feed/").update(noted_at=timezone.now() + SECOND)

        notice = Notice.objects.get(address="/feed/")
        Notice.objects.exclude(pk=notice.pk).delete()
        with mock.patch.object(self.sending.service, "tell", changes_meanwhile):
            self.tell()
        self.assertEqual(self.waiting(), ["/feed/"])

    def test_two_hosts_do_not_both_tell_it(self):
        self.publish()
        self.press_prints()
        until = printed_until(timezone.now())
        told = []

        def tell(paths):
            told.append(paths)
            # The other host looks while this one is telling.
            other = Sending(self.sending.service)
            taken = other._take_in_hand(until, timezone.now())
            self.assertNotIn(paths[0], [notice.address for notice in taken])

        with mock.patch.object(self.sending.service, "tell", tell):
            self.sending.turn(until)
        self.assertEqual(len(told), 1)

    def test_nobody_is_told_of_an_import(self):
        long_ago = NOON - 400 * DAY
        article = factories.article(headline=HEADLINE, section=self.harbours)
        article = publishing.publish(article, by=None, at=long_ago, when=long_ago)
        article = publishing.correct(article, by=None, text="Five metres.", when=long_ago + DAY).article
        self.write_down()
        self.assertEqual(self.waiting(), [])
        publishing.withdraw(article, by=None)
        self.write_down()
        self.assertIn("/feed/", self.waiting())

    def test_a_change_that_no_feed_shows_tells_nobody(self):
        article = self.story(3)
        self.republish(article, search_title="For search engines alone")
        self.write_down()
        self.assertEqual(self.waiting(), [])

    def test_search_engines_are_told_of_the_articles_address_when_it_comes_and_goes(self):
        service = IndexNow(self.hub.url, "0a1b2c3d")
        follower = Follower(WritesDown([service], lambda: self.shelf))
        follower.consumer.name = "indexnow"
        follower.turn()
        article = self.publish()
        follower.turn()
        self.assertIn(article.get_absolute_url(), self.waiting())
        Notice.objects.all().delete()
        publishing.withdraw(article, by=None)
        follower.turn()
        self.assertEqual(self.waiting(), [article.get_absolute_url()])

    def test_search_engines_are_not_told_of_what_is_kept_from_them(self):
        follower = Follower(WritesDown([IndexNow(self.hub.url, "0a1b2c3d")], lambda: self.shelf))
        follower.consumer.name = "indexnow"
        follower.turn()
        self.publish(noindex=True)
        follower.turn()
        self.assertEqual(set(self.waiting()), set(self.waiting("websub")))

    def test_looking_for_notices_takes_two_queries(self):
        self.press_prints()
        with self.assertNumQueries(2):
            self.sending.turn(printed_until(timezone.now()))
