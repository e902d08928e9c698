"""From publishing to readers is measured once for each article that changes."""

import datetime

import time_machine

from articles.metrics.counts import Counts
from articles.press.changes.until_printed import UntilPrinted
from articles.publishing import withdraw
from tests.articles.press.printed_newsroom import NOON, PrintedNewsroom

SECOND = datetime.timedelta(seconds=1)


class UntilPrintedTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.counts = Counts()
        self.press.printing.until_printed = UntilPrinted(self.counts)

    def measured(self):
        found = self.counts.all()
        number = sum(n for (name, *_), n in found.items() if name == "published_seconds")
        return number, round(found.get(("published_seconds_sum",), 0))

    def test_an_article_that_is_published_changed_or_withdrawn_is_measured_each_time(self):
        with time_machine.travel(NOON, tick=False) as clock:
            article = self.publish()
            clock.shift(3 * SECOND)
            self.printed()
            self.assertEqual(self.measured(), (1, 3))
            self.printed()
            self.assertEqual(self.measured(), (1, 3))
            withdraw(article, by=None)
            clock.shift(4 * SECOND)
            self.printed()
            self.assertEqual(self.measured(), (2, 7))
