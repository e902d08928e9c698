from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles.database_state import refresh_statistics
from articles.models import Article
from tests import factories


class StatisticsTest(TestCase):
    def setUp(self):
        if connection.vendor != "sqlite":
            self.skipTest("PostgreSQL counts by itself.")

    def plan(self):
        published = Article.objects.published().newest_first()
        return published.filter(publish_at__gte=timezone.now() - timezone.timedelta(days=1)).explain()

    def test_after_them_a_month_is_found_by_the_index_of_its_times(self):
        world = factories.section("World")
        for number in range(60):
            factories.published_article(section=world, headline=f"Story {number}")
        self.assertIn("last_saved_of_state", self.plan())
        refresh_statistics()
        self.assertNotIn("TEMP B-TREE", self.plan())
