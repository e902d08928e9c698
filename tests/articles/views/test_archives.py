import datetime

import time_machine
from django.test import TestCase
from django.utils import timezone

from articles.models import ArticleTag, Byline
from tests import factories

LONDON = timezone.get_default_timezone()


def at(*when):
    return datetime.datetime(*when, tzinfo=LONDON)


class MonthTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world, cls.sport = factories.section("World"), factories.section("Sport")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        common = {"authors": [factories.author()], "tags": ("coast",)}
        cls.march = factories.published_article(section=cls.world, at=at(2026, 3, 31, 23, 30), **common)
        cls.june = factories.published_article(section=cls.harbours, at=at(2026, 6, 30, 23, 30), **common)
        cls.may = factories.published_article(section=cls.sport, at=at(2026, 5, 2), **common)
        cls.july = factories.published_article(section=cls.world, at=at(2026, 7, 1, 0, 30), **common)

    def get(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        return response.context

    def shown(self, address):
        return [(f"{day:%d.%m.}", [card.pk for card in cards]) for day, cards in self.get(address)["days"]]

    def test_shows_a_months_articles_by_day_of_the_sites_zone(self):
        # 23:30 and 00:30 in British summer are 22:30 and 23:30 UTC: the same day there, two months here.
        self.assertEqual(self.shown("/2026/06/"), [("30.06.", [self.june.pk])])
        self.assertEqual(self.shown("/2026/07/"), [("01.07.", [self.july.pk])])

    def test_leads_to_the_nearest_months_that_have_articles(self):
        context = self.get("/2026/05/")
        self.assertEqual((context["earlier_url"], context["later_url"]), ("/2026/03/", "/2026/06/"))
        self.assertEqual(self.get("/2026/03/")["earlier_url"], "")
        self.assertEqual(self.get("/2026/07/")["later_url"], "")

    def test_names_its_neighbours_in_the_head(self):
        response = self.client.get("/2026/05/")
        self.assertContains(response, '<link rel="next" href="/2026/03/">')
        self.assertContains(response, '<link rel="prev" href="/2026/06/">')

    def test_a_collections_neighbours_are_its_own(self):
        for prefix, earlier in {
            "/world/": "/world/2026/03/",
            "/tag/coast/": "/tag/coast/2026/05/",
            "/author/mara-ellis/": "/author/mara-ellis/2026/05/",
        }.items():
            with self.subTest(prefix):
                context = self.get(f"{prefix}2026/06/")
                self.assertEqual(context["earlier_url"], earlier)
                self.assertEqual(context["later_url"], f"{prefix}2026/07/")

    def test_a_subsection_has_months_of_its_own(self):
        context = self.get("/world/harbours/2026/06/")
        self.assertEqual((context["earlier_url"], context["later_url"]), ("", ""))

    def test_days_lead_to_days(self):
        context = self.get("/2026/06/30/")
        self.assertEqual((context["earlier_url"], context["later_url"]), ("/2026/05/02/", "/2026/07/01/"))
        self.assertEqual(self.get("/world/2026/06/30/")["earlier_url"], "/world/2026/03/31/")

    def test_a_month_without_articles_is_not_found(self):
        for address in ("/2026/04/", "/2026/06/29/", "/2027/01/", "/sport/2026/06/", "/tag/coast/2026/04/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_date_that_is_none_is_not_found(self):
        for address in ("/2026/13/", "/2026/00/", "/2026/02/30/", "/0000/01/", "/9999/12/", "/2026/6/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_each_takes_six_queries_at_most(self):
        for address, queries in {
            "/2026/06/": 5,
            "/2026/06/30/": 5,
            "/world/2026/06/": 5,
            "/tag/coast/2026/06/": 6,
            "/author/mara-ellis/2026/06/": 6,
        }.items():
            with self.subTest(address), self.assertNumQueries(queries):
                self.client.get(address)

    def test_shows_nothing_before_its_time(self):
        with time_machine.travel(at(2026, 6, 30, 23, 29, 59), tick=False):
            self.assertEqual(self.client.get("/2026/06/").status_code, 404)
            self.assertEqual(self.client.get("/2026/05/").context["later_url"], "")


class OverfullTests(TestCase):
    """A month and a day with more than a page holds."""

    @classmethod
    def setUpTestData(cls):
        section = factories.section("World")
        author = factories.author()
        first = factories.published_article(
            section=section, at=at(2026, 5, 20, 12), tags=("coast",), authors=[author]
        )
        tag = first.tag_links.get().tag
        cls.pks = [first.pk]
        # Copies of a published row: a hundred publishings would take a second each test run.
        for number in range(104):
            pk, first.pk, first.id = first.pk, None, None
            first.uid = f"00000000-0000-0000-0000-{number:012d}"
            first.slug = f"story-{number}"
            first.publish_at = at(2026, 5, 20, 11) - datetime.timedelta(seconds=number // 2)
            first.save(force_insert=True)
            ArticleTag.objects.create(content_object=first, tag=tag, published_at=first.publish_at)
            Byline.objects.create(article=first, author=author, published_at=first.publish_at)
            cls.pks.append(first.pk)
            assert first.pk != pk

    def page(self, address):
        context = self.client.get(address).context
        return [card.pk for _, cards in context["days"] for card in cards], context

    def test_a_month_shows_its_newest_hundred_and_leads_to_its_days(self):
        pks, context = self.page("/2026/05/")
        self.assertEqual(len(pks), 100)
        self.assertEqual([(link.url, link.count) for link in context["day_links"]], [("/2026/05/20/", 105)])
        with self.assertNumQueries(6):
            self.client.get("/2026/05/")

    def test_pages_go_on_where_the_one_before_ended_and_miss_none(self):
        for address in (
            "/2026/05/20/",
            "/world/2026/05/20/",
            "/tag/coast/2026/05/",
            "/author/mara-ellis/2026/05/",
        ):
            with self.subTest(address):
                first, context = self.page(address)
                self.assertEqual(len(first), 100)
                second, after = self.page(context["more_url"])
                self.assertEqual(sorted(first + second), sorted(self.pks))
                self.assertEqual(after["more_url"], "")

    def test_pages_do_not_shift_when_something_new_is_published(self):
        _, context = self.page("/tag/coast/2026/05/")
        before, _ = self.page(context["more_url"])
        factories.published_article(at=at(2026, 5, 20, 13), tags=("coast",))
        self.assertEqual(self.page(context["more_url"])[0], before)

    def test_the_rest_of_a_month_is_not_printed(self):
        _, context = self.page("/2026/05/20/")
        self.assertEqual(self.client.get(context["more_url"])["Cache-Control"], "no-cache")

    def test_a_key_of_no_article_is_not_found(self):
        self.assertEqual(self.client.get("/2026/05/20/before/999999/").status_code, 404)
