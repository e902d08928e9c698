"""In which order a change is printed, and what is asked of the database for that."""

from articles.models import OutboxEntry
from articles.press.plan.printing_order import order
from articles.press.plan.queue import PrintQueue
from articles.publishing import withdraw
from tests.articles.press.printed_newsroom import PrintedNewsroom


class OrderTest(PrintedNewsroom):
    def ordered(self):
        queue = PrintQueue()
        queue.begin_batch()
        order(queue, self.shelf, [OutboxEntry.objects.latest("pk").change], iter)
        return queue

    def test_the_article_and_the_lists_come_before_anything_is_asked_of_the_database(self):
        article = self.publish()
        with self.assertNumQueries(1):  # It reads the entry itself.
            queue = self.ordered()
            first = [queue.next() for _ in range(6)]
        lists = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
        self.assertEqual(first, [article.get_absolute_url(), *lists])

    def test_what_only_the_rows_name_comes_before_the_months(self):
        old = self.story(0).get_absolute_url()
        self.republish(self.story(0), slug="another-word")
        self.printed()
        article = withdraw(self.story(0), by=None)
        found = list(iter(self.ordered().next, None))
        self.assertEqual(found[0], article.get_absolute_url())
        self.assertLess(found.index("/author/mara-ellis/"), found.index(old))
        self.assertLess(found.index(old), found.index("/2026/06/"))

    def test_the_months_of_the_next_change_do_not_wait_for_the_feeds_of_this_one(self):
        article = self.publish()
        month = f"/{article.address_date:%Y/%m}/"
        queue = self.ordered()
        while queue.next() != month:
            pass
        self.publish()
        queue.begin_batch()
        order(queue, self.shelf, [OutboxEntry.objects.latest("pk").change], iter)
        found = list(iter(queue.next, None))
        feeds = [path for path in found[: found.index(month)] if "/feed/" in path]
        # Of eight pages one is of the last rank.
        self.assertLessEqual(len(feeds), 2)
        self.assertIn("/feed/", found)
