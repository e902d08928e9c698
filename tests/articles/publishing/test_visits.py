import datetime
from unittest import mock

import time_machine
from django.test import TestCase

from articles.models import MissedAddress, OldAddress
from articles.publishing import visits
from articles.publishing.redirects import Wanted, save_redirect
from articles.publishing.visits import KEPT, write_visits
from tests import factories

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

    def test_cost_a_few_queries_however_many_addresses_are_new(self):
        with self.assertNumQueries(6):
            write_visits({}, {f"/{number}/": 1 for number in range(100)})
