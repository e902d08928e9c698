"""What was opened is added up by article and hour, and the list of the most read is made of 24 hours."""

import datetime

from django.db import OperationalError
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import MostRead, OutboxEntry, Reads
from articles.publishing.counting.reads import (
    ON_FRONT,
    PLACES,
    forget_old_reads,
    make_most_read,
    write_reads,
)
from articles.publishing.counting.visits import AT_ONCE
from tests import factories
from tests.articles.publishing.broken import breaks_at

HOUR, DAY, MINUTE = (datetime.timedelta(**{name: 1}) for name in ("hours", "days", "minutes"))


class ReadsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        cls.stories = factories.published_articles(PLACES + 3, newest=cls.now - DAY)

    def opened(self, *numbers, at=None):
        """The stories in their order, each so often."""
        paths = [story.get_absolute_url() for story in self.stories]
        counts = {path: number for path, number in zip(paths, numbers, strict=False) if number}
        write_reads(counts, at or self.now)

    def listed(self):
        return list(MostRead.objects.values_list("article", flat=True))

    def expected(self, *places):
        return [self.stories[place].pk for place in places]


class WritingTest(ReadsCase):
    def test_adds_to_the_hour(self):
        self.opened(2, 1)
        self.opened(3)
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        rows = Reads.objects.order_by("-number").values_list("article", "hour", "number")
        self.assertEqual(list(rows), [(self.stories[0].pk, hour, 5), (self.stories[1].pk, hour, 1)])

    def test_counts_public_articles_alone(self):
        draft, gone = factories.article(), publishing.withdraw(self.stories[0], by=None)
        tomorrow = factories.published_article(at=self.now + DAY)
        day = f"{self.now:/%Y/%m/%d}"
        paths = ["/", "/about/", f"{day}/invented/", "/2026/13/45/x/", "/2026/06/10/\x00/", "/" + "x" * 999]
        write_reads(
            dict.fromkeys([*paths, *(each.get_absolute_url() for each in (draft, gone, tomorrow))], 1),
            self.now,
        )
        self.assertFalse(Reads.objects.exists())

    def test_addresses_are_decoded_once(self):
        story = factories.published_article(headline="Straße", slug="straße")
        write_reads({story.get_absolute_url(): 2, f"/{story.address_date:%Y/%m/%d}/straße/": 1}, self.now)
        self.assertEqual(Reads.objects.get().number, 1)

    def test_after_an_error_nothing_is_added_and_all_may_be_tried_again(self):
        counts = {f"/2026/06/10/{number}/": 1 for number in range(2 * AT_ONCE)}
        counts |= {story.get_absolute_url(): 1 for story in self.stories}
        with breaks_at(3, 'SELECT "articles_article"'), self.assertRaises(OperationalError):
            write_reads(counts, self.now)
        self.assertFalse(Reads.objects.exists())
        write_reads(counts, self.now)
        self.assertEqual(set(Reads.objects.values_list("number", flat=True)), {1})

    def test_many_addresses_take_few_queries(self):
        with self.assertNumQueries(5):
            write_reads(
                {f"/2026/06/10/{number}/": 1 for number in range(900)}
                | {self.stories[0].get_absolute_url(): 1},
                self.now,
            )

    def test_what_is_older_than_a_day_is_forgotten(self):
        self.opened(1, at=self.now - DAY - HOUR)
        self.opened(1)
        forget_old_reads(self.now)
        self.assertEqual(Reads.objects.count(), 1)


class MakingTest(ReadsCase):
    def test_the_most_opened_of_all_hours_comes_first(self):
        self.opened(1, 3, 2)
        self.opened(5, 1, 0, at=self.now - 20 * HOUR)
        self.assertTrue(make_most_read(self.now))
        self.assertEqual(self.listed(), self.expected(0, 1, 2))

    def test_of_two_that_were_opened_equally_often_the_newer_is_first(self):
        self.opened(1, 1)
        make_most_read(self.now)
        self.assertEqual(self.listed(), sorted(self.expected(0, 1), reverse=True))

    def test_has_so_many_places(self):
        self.opened(*range(1, PLACES + 4))
        make_most_read(self.now)
        self.assertEqual(len(self.listed()), PLACES)

    def test_yesterday_counts_no_more(self):
        self.opened(9, at=self.now - 25 * HOUR)
        self.opened(0, 1)
        make_most_read(self.now)
        self.assertEqual(self.listed(), self.expected(1))

    def test_one_that_is_withdrawn_is_left_out(self):
        self.opened(2, 1)
        publishing.withdraw(self.stories[0], by=None)
        make_most_read(self.now)
        self.assertEqual(self.listed(), self.expected(1))

    def test_stays_for_five_minutes_whatever_is_opened(self):
        self.opened(1)
        make_most_read(self.now)
        self.opened(0, 9)
        self.assertFalse(make_most_read(self.now + 4 * MINUTE))
        self.assertEqual(self.listed(), self.expected(0))
        self.assertTrue(make_most_read(self.now + 5 * MINUTE))
        self.assertEqual(self.listed(), self.expected(1, 0))

    def test_is_announced_only_if_the_order_is_another(self):
        self.opened(2, 1)
        make_most_read(self.now)
        OutboxEntry.objects.all().delete()
        self.opened(5, 5)
        self.assertFalse(make_most_read(self.now + HOUR))
        self.assertFalse(OutboxEntry.objects.exists())

    def test_the_front_is_named_only_if_its_places_are_others(self):
        self.opened(*range(20, 20 - ON_FRONT - 2, -1))
        make_most_read(self.now)
        self.assertTrue(OutboxEntry.objects.latest("pk").change["front"])
        self.opened(*[0] * (ON_FRONT + 1), 1)
        self.assertTrue(make_most_read(self.now + HOUR))
        self.assertFalse(OutboxEntry.objects.latest("pk").change["front"])

    def test_a_day_without_readers_leaves_no_list(self):
        self.opened(1)
        make_most_read(self.now)
        self.assertTrue(make_most_read(self.now + 2 * DAY))
        self.assertEqual(self.listed(), [])
