from unittest import mock

from articles.models import Article, OutboxEntry, Page
from articles.publishing.shared.prepared_body import PREPARED
from articles.publishing.tasks import prepare_all as preparation
from articles.publishing.tasks.prepare_all import (
    count_prepared_otherwise,
    is_anything_prepared_otherwise,
    prepare_all,
    prepare_articles_after,
)
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase


class PrepareAllTest(NewsroomTestCase):
    def setUp(self):
        self.articles = [make.published_article(), make.article(), make.published_article()]
        self.page = make.page()
        self.right = self.rows()
        OutboxEntry.objects.all().delete()

    def rows(self):
        return [*Article.objects.order_by("pk").values(), *Page.objects.order_by("pk").values()]

    def make_old(self, articles, **values):
        rows = Article.objects.filter(pk__in=[article.pk for article in articles])
        rows.update(prepared_body="<p>Old</p>", **({"prepared_with": "1-old"} | values))

    def test_finds_nothing_to_do_where_all_is_prepared_as_now(self):
        self.assertFalse(is_anything_prepared_otherwise())
        self.assertEqual(list(prepare_all()), [])

    def test_prepares_every_article_and_page_and_writes_nothing_else_of_them(self):
        self.make_old(self.articles, contents=[], word_count=0)
        Page.objects.update(prepared_body="<p>Old</p>", prepared_with="")
        self.assertEqual(count_prepared_otherwise(), 4)
        self.assertEqual(list(prepare_all()), [3, 1])
        self.assertEqual(self.rows(), self.right)

    def test_prepares_again_what_a_later_version_has_prepared(self):
        self.make_old(self.articles[:1], prepared_with="99-later")
        self.assertEqual(list(prepare_all()), [1])
        self.assertEqual(self.rows(), self.right)

    def test_goes_on_where_it_was_stopped(self):
        self.make_old(self.articles)
        with mock.patch.object(preparation, "SLICE", 1):
            self.assertEqual(next(prepare_all()), 1)
            self.assertEqual(count_prepared_otherwise(), 2)
            self.assertEqual(list(prepare_all()), [1, 1])
        self.assertEqual(self.rows(), self.right)

    def test_asks_no_more_for_a_slice_in_a_large_newsroom(self):
        self.make_old(self.articles)
        with mock.patch.object(preparation, "SLICE", 2), self.assertNumQueries(3 + SAVEPOINT):
            self.assertEqual(len(prepare_articles_after(0)), 2)

    def test_announces_what_lists_show_otherwise_in_one_entry_a_slice(self):
        self.make_old(self.articles, excerpt="Old words.")
        list(prepare_all())
        (entry,) = OutboxEntry.objects.all()
        public = sorted(self.articles[each].get_absolute_url() for each in (0, 2))
        self.assertEqual(entry.change["addresses"], public)
        self.assertEqual(entry.change["sections"], ["/world/"])

    def test_announces_nothing_where_only_bodies_are_otherwise(self):
        """Their pages were right before: views prepare such a row on the way."""
        self.make_old(self.articles)
        list(prepare_all())
        self.assertFalse(OutboxEntry.objects.exists())

    def test_knows_every_column_that_is_prepared(self):
        article = Article.objects.get(pk=self.articles[0].pk)
        blank = Article(body=article.body, language=article.language)
        before = {field.attname: getattr(blank, field.attname) for field in Article._meta.concrete_fields}
        preparation.prepare_article(blank)
        changed = {name for name, value in before.items() if getattr(blank, name) != value}
        self.assertLessEqual(changed, set(PREPARED))


# Where a test runs in a transaction, a verb's own is a savepoint: one query to make it, one to release it.
SAVEPOINT = 2
