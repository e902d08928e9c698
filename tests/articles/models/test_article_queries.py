import datetime

from django.test import TestCase
from django.utils import timezone

from articles.models import Article
from tests import factories

NOW = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


class PublishedTests(TestCase):
    """Every state, on either side of either second."""

    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(at=NOW - SECOND)

    def test_only_a_published_article_between_its_two_times_is_public(self):
        before, now, after = NOW - SECOND, NOW, NOW + SECOND
        for state, publish_at, expires_at, public in (
            ("draft", before, None, False),
            ("in_review", before, None, False),
            ("withdrawn", before, None, False),
            ("published", before, None, True),
            ("published", now, None, True),
            ("published", after, None, False),
            ("published", before, after, True),
            ("published", before, now, False),
            ("published", before - SECOND, before, False),
        ):
            with self.subTest(state=state, publish_at=publish_at, expires_at=expires_at):
                row = Article.objects.filter(pk=self.article.pk)
                row.update(state=state, publish_at=publish_at, expires_at=expires_at)
                self.assertEqual(Article.objects.published(NOW).exists(), public)
                self.assertEqual(row.get().is_public(NOW), public)


class IndexedListsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = factories.author()
        same = timezone.now() - datetime.timedelta(hours=1)
        cls.articles = [
            factories.published_article(at=same, tags=("coast",), authors=[cls.author]) for _ in range(3)
        ]

    def test_articles_of_one_second_stand_in_one_order_everywhere(self):
        expected = [article.pk for article in reversed(self.articles)]
        tag = factories.tag("coast")
        for articles in (
            Article.objects.published().newest_first(),
            Article.objects.tagged(tag),
            Article.objects.by_author(self.author),
        ):
            self.assertEqual([article.pk for article in articles], expected)

    def test_a_tags_list_joins_the_articles_once(self):
        for articles in (
            Article.objects.tagged(factories.tag("coast")),
            Article.objects.by_author(self.author),
        ):
            self.assertEqual(str(articles.only("pk").query).count("JOIN"), 1)


class BesideTests(TestCase):
    def test_are_the_nearest_of_the_same_section(self):
        world, sport = factories.section("World"), factories.section("Sport")
        articles = factories.published_articles(11, section=world, newest=NOW)
        factories.published_article(section=sport, at=NOW)
        middle = articles[5]
        before = [article.pk for article in Article.objects.before(middle)]
        after = [article.pk for article in Article.objects.after(middle)]
        self.assertEqual(before, [article.pk for article in articles[6:10]])
        self.assertEqual(after, [article.pk for article in articles[4:0:-1]])
