import datetime

import time_machine
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, ArticleTag, Byline
from tests import factories
from tests.articles.views.page_readings import facts_read, facts_said

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
        self.assertEqual((context["earlier"].url, context["later"].url), ("/2026/03/", "/2026/06/"))
        self.assertEqual(self.get("/2026/03/")["earlier"].url, "")
        self.assertEqual(self.get("/2026/07/")["later"].url, "")

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
                self.assertEqual(context["earlier"].url, earlier)
                self.assertEqual(context["later"].url, f"{prefix}2026/07/")

    def test_a_subsection_has_months_of_its_own(self):
        context = self.get("/world/harbours/2026/06/")
        self.assertEqual((context["earlier"].url, context["later"].url), ("", ""))

    def test_days_lead_to_days(self):
        context = self.get("/2026/06/30/")
        self.assertEqual((context["earlier"].url, context["later"].url), ("/2026/05/02/", "/2026/07/01/"))
        self.assertEqual(self.get("/world/2026/06/30/")["earlier"].url, "/world/2026/03/31/")

    def test_a_month_without_articles_is_not_found(self):
        for address in ("/2026/04/", "/2026/06/29/", "/2027/01/", "/sport/2026/06/", "/tag/coast/2026/04/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_date_that_is_none_is_not_found(self):
        for address in ("/2026/13/", "/2026/00/", "/2026/02/30/", "/0000/01/", "/9999/12/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_each_takes_six_queries_at_most(self):
        for address, queries in {
            "/2026/06/": 4,
            "/2026/06/30/": 4,
            "/world/2026/06/": 4,
            "/tag/coast/2026/06/": 5,
            "/author/mara-ellis/2026/06/": 5,
        }.items():
            with self.subTest(address), self.assertNumQueries(queries):
                self.client.get(address)

    def test_shows_nothing_before_its_time(self):
        with time_machine.travel(at(2026, 6, 30, 23, 29, 59), tick=False):
            self.assertEqual(self.client.get("/2026/06/").status_code, 404)
            self.assertEqual(self.client.get("/2026/05/").context["later"].url, "")


class OverfullTests(TestCase):
    """A month and a day with more than a page holds."""

    STORIES = 345

    @classmethod
    def setUpTestData(cls):
        section = factories.section("World")
        author = factories.author()
        first = factories.published_article(
            section=section, at=at(2026, 5, 20, 12), tags=("coast",), authors=[author]
        )
        tag = first.tag_links.get().tag
        # Copies of a published row: hundreds of publishings would take seconds in each test run.
        for number in range(cls.STORIES - 1):
            first.pk, first.id = None, None
            first.uid = f"00000000-0000-0000-0000-{number:012d}"
            first.slug = f"story-{number}"
            first.publish_at = at(2026, 5, 20, 11) - datetime.timedelta(seconds=number // 2)
            first.save(force_insert=True)
            ArticleTag.objects.create(content_object=first, tag=tag, published_at=first.publish_at)
            Byline.objects.create(article=first, author=author, published_at=first.publish_at)

    def page(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        context = response.context
        return [card.pk for _, cards in context["days"] for card in cards], context

    def turned(self, address):
        """The pages of a day, one after the other, as a reader turns them."""
        pks, context = self.page(address)
        pages, older = [pks], context["more_url"]
        while older:
            pks, context = self.page(older)
            pages.append(pks)
            older = context["earlier"].url
        return pages

    def test_a_month_shows_its_newest_hundred_and_leads_to_its_days(self):
        for prefix in ("/", "/world/", "/tag/coast/", "/author/mara-ellis/"):
            with self.subTest(prefix):
                pks, context = self.page(f"{prefix}2026/05/")
                self.assertEqual(len(pks), 100)
                self.assertEqual(
                    [(str(link.name), link.url, link.count) for link in context["day_links"]],
                    [("20 May", f"{prefix}2026/05/20/", self.STORIES)],
                )
                with self.assertNumQueries(6 if prefix.count("/") > 2 else 5):
                    self.client.get(f"{prefix}2026/05/")

    def test_says_beside_the_html_which_days_and_parts_it_leads_to(self):
        for address, divided_into in {
            "/2026/05/": ("/2026/05/20/",),
            "/tag/coast/2026/05/20/": ("/tag/coast/2026/05/20/older/2/",),
            "/2026/05/20/older/2/": ("/2026/05/20/older/1/",),
            "/2026/05/20/older/1/": (),
        }.items():
            with self.subTest(address):
                response = self.client.get(address)
                self.assertEqual(facts_said(response), facts_read(response))
                self.assertEqual(response.facts.divided_into, divided_into)

    def test_the_days_are_named_on_the_page(self):
        self.assertContains(
            self.client.get("/2026/05/"),
            '<a href="/2026/05/20/">20 May <span class="days__count">345</span></a>',
        )

    def test_a_day_goes_on_where_the_page_before_ended_and_misses_none(self):
        for prefix in ("/", "/world/", "/tag/coast/", "/author/mara-ellis/"):
            with self.subTest(prefix):
                pages = self.turned(f"{prefix}2026/05/20/")
                self.assertEqual([len(page) for page in pages], [145, 100, 100])
                newest_first = Article.objects.order_by("-publish_at", "-pk").values_list("pk", flat=True)
                self.assertEqual([pk for page in pages for pk in page], list(newest_first))

    def test_the_parts_do_not_shift_when_something_new_is_published(self):
        before = self.turned("/tag/coast/2026/05/20/")[1:]
        factories.published_article(at=at(2026, 5, 20, 13), tags=("coast",))
        self.assertEqual(self.turned("/tag/coast/2026/05/20/")[1:], before)

    def test_a_part_leads_back(self):
        _, last = self.page("/2026/05/20/older/2/")
        self.assertEqual(last["later"].url, "/2026/05/20/")
        _, first = self.page("/2026/05/20/older/1/")
        self.assertEqual((first["later"].url, first["earlier"].url), ("/2026/05/20/older/2/", ""))

    def test_each_part_takes_six_queries_at_most(self):
        for address, queries in {
            "/2026/05/20/": 5,
            "/tag/coast/2026/05/20/": 6,
            "/2026/05/20/older/1/": 4,
        }.items():
            with self.subTest(address), self.assertNumQueries(queries):
                self.client.get(address)

    def test_a_part_that_is_not_there_is_not_found(self):
        for address in ("/2026/05/20/older/3/", "/2026/05/21/older/1/", "/2026/05/older/1/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)
