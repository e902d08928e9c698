import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, ArticleTag, Byline
from tests import factories


class ConstraintsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(tags=("coast",), authors=[factories.author()])

    def refuses(self, **changes):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=self.article.pk).update(**changes)

    def test_what_is_published_has_a_time_an_address_and_a_section(self):
        for field in ("publish_at", "address_date", "section"):
            with self.subTest(field):
                self.refuses(**{field: None})

    def test_nothing_ends_before_it_begins(self):
        self.refuses(expires_at=self.article.publish_at)
        self.refuses(expires_at=self.article.publish_at - datetime.timedelta(seconds=1))

    def test_two_articles_cannot_have_one_address(self):
        other = factories.published_article()
        self.refuses(slug=other.slug, address_date=other.address_date)

    def test_an_author_and_a_tag_stand_once_on_an_article(self):
        line, link = self.article.bylines.get(), self.article.tag_links.get()
        for copy in (
            Byline(article=self.article, author=line.author),
            ArticleTag(content_object=self.article, tag=link.tag),
        ):
            with self.subTest(type(copy)), self.assertRaises(IntegrityError), transaction.atomic():
                copy.save()

    def test_an_author_with_a_byline_is_not_deleted(self):
        with self.assertRaises(ProtectedError):
            self.article.bylines.get().author.delete()


class AddressTests(TestCase):
    def test_is_its_day_in_the_sites_zone_and_its_slug(self):
        late = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
        article = factories.published_article(at=late, slug="sea-wall")
        self.assertEqual(article.get_absolute_url(), "/2026/07/01/sea-wall/")

    def test_is_where_editors_look_before_it_has_one(self):
        draft = factories.article()
        self.assertEqual(draft.get_absolute_url(), f"/preview/{draft.uid}/")

    def test_does_not_change_with_the_section(self):
        article = factories.published_article()
        before = article.get_absolute_url()
        article.section = factories.section("Sport")
        self.assertEqual(article.get_absolute_url(), before)


class WordsTests(TestCase):
    def test_run_as_their_language_does_unless_said_otherwise(self):
        for language, direction, runs in (
            ("en-gb", "auto", "ltr"),
            ("ar", "auto", "rtl"),
            ("he", "auto", "rtl"),
            ("ar", "ltr", "ltr"),
            ("en-gb", "rtl", "rtl"),
            ("xx-unknown", "auto", "ltr"),
        ):
            with self.subTest(language=language, direction=direction):
                self.assertEqual(Article(language=language, direction=direction).text_direction, runs)

    def test_an_article_belongs_to_the_department_of_its_section(self):
        world = factories.section("World")
        article = factories.article(section=factories.section("Coast", parent=world))
        self.assertEqual(article.department, world)

    def test_is_scheduled_while_its_time_lies_ahead(self):
        later = timezone.now() + datetime.timedelta(hours=1)
        self.assertTrue(factories.published_article(at=later).is_scheduled)
        self.assertFalse(factories.published_article().is_scheduled)
