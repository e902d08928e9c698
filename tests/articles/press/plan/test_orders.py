"""In which order a change is printed, and what is asked of the database for that."""

from articles.models import OutboxEntry
from articles.press.plan.orders import order
from articles.press.plan.queue import PrintQueue
from articles.publishing import withdraw
from tests.articles.press.printed_newsroom import PrintedNewsroom


class OrderTest(PrintedNewsroom):
    def ordered(self):
        queue = PrintQueue()
        queue.begin_batch()
        order(queue, self.shelf, [OutboxEntry.objects.latest("pk").change])
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
