import datetime

from django.test import TestCase
from django.utils import timezone

from articles.models import Article
from articles.views.shared.compiled import CompiledQuery, rows_of_each
from tests import factories
from tests.asked import Query, asked

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
