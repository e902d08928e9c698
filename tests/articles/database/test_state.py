from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles.database.state import refresh_statistics
from articles.models import Article
from tests import factories


class StatisticsTest(TestCase):
    def setUp(self):
        if connection.vendor != "sqlite":
            self.skipTest("PostgreSQL counts by itself.")

    def plan(self):
        published = Article.objects.published().newest_first()
        return published.filter(publish_at__gte=timezone.now() - timezone.timedelta(days=1)).explain()

    def statistics(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = %s", [Article._meta.db_table])
            return {name for (name,) in cursor.fetchall()}

    def test_after_them_a_month_is_found_by_the_index_of_its_times(self):
        world = factories.section("World")
        for number in range(60):
            factories.published_article(section=world, headline=f"Story {number}")
        # Another test's press may have left statistics in this database.
        refresh_statistics()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
        self.assertEqual(self.statistics(), set())
        refresh_statistics()
        self.assertIn("newest", self.statistics())
        self.assertNotIn("TEMP B-TREE", self.plan())
