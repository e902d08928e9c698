import datetime

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles.database.compiled_queries import CompiledQuery, CompiledRow, rows_of_each
from articles.models import Article, Section
from tests import factories
from tests.asked import Query, asked

KEPT = "SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
SECTION_AT = CompiledRow(Section, "slug")
NEWEST = CompiledQuery(
    lambda at, section: (
        Article.objects.published(at)
        .filter(section=section)
        .newest_first()
        .values_list("pk", "publish_at", "contents")[:2]
    )
)


class CompiledQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world, cls.sport = factories.section("World"), factories.section("Sport")
        cls.articles = factories.published_articles(3, section=cls.world)
        cls.match = factories.published_article(section=cls.sport)

    def test_answers_as_the_queryset_would_whatever_the_values(self):
        for at in (timezone.now(), self.articles[1].publish_at, self.articles[2].publish_at):
            for section in (self.world.pk, self.sport.pk, 0):
                with self.subTest(at=at, section=section):
                    asked = NEWEST.build(at=at, section=section)
                    given = NEWEST.rows(at=at, section=section)
                    self.assertEqual([tuple(row) for row in given], [tuple(row) for row in asked])

    def test_gives_values_as_the_fields_have_them(self):
        ((pk, publish_at, contents), _) = NEWEST.rows(at=timezone.now(), section=self.world.pk)
        self.assertEqual((pk, publish_at), (self.articles[0].pk, self.articles[0].publish_at))
        self.assertIsInstance(contents, list)

    def test_takes_dates_words_and_lists_of_numbers(self):
        query = CompiledQuery(
            lambda pks, day, slug: (
                Article.objects.filter(pk__in=pks, address_date=day, slug=slug)
                .order_by("pk")
                .values_list("pk")
            )
        )
        first, second = self.articles[:2]
        for pks in ((first.pk,), (first.pk, second.pk), (second.pk, self.match.pk, first.pk)):
            with self.subTest(pks):
                rows = query.rows(pks=pks, day=first.address_date, slug=first.slug)
                self.assertEqual([tuple(row) for row in rows], [(first.pk,)])
        yesterday = first.address_date - datetime.timedelta(days=9)
        self.assertEqual(query.rows(pks=(first.pk,), day=yesterday, slug=first.slug), [])
        self.assertEqual(query.rows(pks=(first.pk,), day=first.address_date, slug="'; --"), [])

    def test_several_are_asked_in_one_round_trip(self):
        now = timezone.now()
        asked = [(NEWEST, {"at": now, "section": section.pk}) for section in (self.sport, self.world)]
        with self.assertNumQueries(1):
            sport, world = rows_of_each(asked)
        self.assertEqual([row[0] for row in sport], [self.match.pk])
        self.assertEqual({row[0] for row in world}, {each.pk for each in self.articles[:2]})

    def test_the_text_is_one_however_many_numbers_are_asked_for(self):
        query = CompiledQuery(lambda pks: Article.objects.filter(pk__in=pks).order_by("pk").values_list("pk"))
        pks = tuple(each.pk for each in self.articles)
        with asked() as queries:
            for numbers in (pks[:1], pks, tuple(range(10_000_000, 10_040_000)), ()):
                found = query.rows(pks=numbers)
                self.assertEqual([pk for (pk,) in found], sorted(set(pks) & set(numbers)))
        self.assertEqual(set(queries), {Query(queries[0].text, 1)})
        self.assertEqual(len(query.written), 1)

    def test_one_query_is_asked_for_each_of_many_numbers(self):
        now = timezone.now()
        numbers = [self.sport.pk, 0, self.world.pk, *range(10_000_000, 10_040_000)]
        with asked() as queries:
            lists = NEWEST.rows_for_each("section", numbers, at=now)
        alone = [NEWEST.rows(section=number, at=now) for number in numbers[:3]]
        self.assertEqual(
            [sorted(map(tuple, rows)) for rows in lists[:3]], [sorted(map(tuple, rows)) for rows in alone]
        )
        self.assertEqual([len(rows) for rows in lists[:4]], [1, 0, 2, 0])
        self.assertFalse(any(lists[3:]))
        with asked() as again:
            self.assertEqual(len(NEWEST.rows_for_each("section", numbers[:1], at=now)), 1)
        self.assertEqual(again, queries)
        self.assertEqual(NEWEST.rows_for_each("section", [], at=now), [])

    def test_postgresql_keeps_the_plan(self):
        """SQLite has none to keep: it plans a query in no time."""
        slug = "of-this-test-alone"
        query = CompiledQuery(
            lambda at: Article.objects.published(at).filter(slug=slug).values_list("pk", "headline")
        )
        for _ in range(3):
            self.assertEqual(query.rows(at=timezone.now()), [])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(KEPT, [f"%{slug}%"])
                ((statement, times),) = cursor.fetchall()
            self.assertEqual(times, 3)
            # An index over published articles alone is of use to a plan only if it is for these.
            self.assertIn("= 'published'", statement)

    def test_fixed_values_may_hold_any_sign(self):
        sign = "100 % 'sure' \\ %s"
        found = factories.published_article(section=self.world, headline=sign)
        query = CompiledQuery(
            lambda section: Article.objects.filter(headline=sign, section=section).values_list("pk")
        )
        self.assertEqual([tuple(row) for row in query.rows(section=self.world.pk)], [(found.pk,)])

    def test_finds_one_row_with_all_its_columns(self):
        with self.assertNumQueries(2):
            found, none = SECTION_AT.get("world"), SECTION_AT.get("none")
        self.assertIsNone(none)
        with self.assertNumQueries(0):
            self.assertEqual((found.pk, found.name), (self.world.pk, "World"))
