import datetime
from unittest import mock

import time_machine
from django.db import OperationalError
from django.test import TestCase

from articles.models import MissedAddress, OldAddress
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.counting import visits
from articles.publishing.counting.visits import AT_ONCE, KEPT, write_visits
from tests import factories
from tests.articles.publishing.broken import breaks_at

NOON = datetime.datetime(2026, 6, 10, 12, tzinfo=datetime.UTC)


class VisitsTests(TestCase):
    def missed(self):
        return dict(MissedAddress.objects.values_list("path", "hits"))

    def test_of_redirects_are_added_up(self):
        factories.published_article(tags=("coast",))
        save_redirect(Wanted("/old/", "/tag/coast/"))
        with time_machine.travel(NOON):
            write_visits({"/old/": 2, "/old/2026/06/": 3, "/nothing/": 1}, {})
            write_visits({"/old/": 1}, {})
        old = OldAddress.objects.get()
        self.assertEqual((old.hits, old.last_hit_on), (6, NOON.date()))

    def test_of_what_is_not_found_are_added_up(self):
        write_visits({}, {"/a/": 2})
        write_visits({}, {"/a/": 1, "/b/": 5})
        self.assertEqual(self.missed(), {"/a/": 3, "/b/": 5})

    def test_the_table_stays_small_and_keeps_what_is_asked_for_most(self):
        with mock.patch.object(visits, "MOST_KEPT", 3):
            write_visits({}, {"/a/": 9, "/b/": 8, "/c/": 2})
            write_visits({}, {f"/robot-{number}/": 1 for number in range(50)})
            self.assertEqual(self.missed(), {"/a/": 9, "/b/": 8, "/c/": 2})
            write_visits({}, {"/d/": 3})
            self.assertEqual(self.missed(), {"/a/": 9, "/b/": 8, "/d/": 3})

    def test_what_nobody_asks_for_any_more_is_forgotten(self):
        with time_machine.travel(NOON) as clock:
            write_visits({}, {"/a/": 9})
            clock.shift(KEPT + datetime.timedelta(days=1))
            write_visits({}, {"/b/": 1})
        self.assertEqual(self.missed(), {"/b/": 1})

    def test_after_an_error_nothing_is_added_and_all_may_be_tried_again(self):
        factories.published_article(tags=("coast",))
        save_redirect(Wanted("/old/", "/tag/coast/"))
        missed = {f"/{number:04}/": 1 for number in range(AT_ONCE + 1)}
        with breaks_at(2, 'SELECT "articles_missedaddress"'), self.assertRaises(OperationalError):
            write_visits({"/old/": 1}, missed)
        with breaks_at(1, "SELECT COUNT"), self.assertRaises(OperationalError):
            write_visits({"/old/": 1}, missed)
        write_visits({"/old/": 1}, missed)
        self.assertEqual(self.missed(), missed)
        self.assertEqual(OldAddress.objects.get().hits, 1)

    def test_cost_a_few_queries_however_many_addresses_are_new(self):
        with self.assertNumQueries(6):
            write_visits({}, {f"/{number}/": 1 for number in range(100)})
