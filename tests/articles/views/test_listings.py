import datetime

from django.test import TestCase
from django.utils import timezone

from articles.models import Page
from articles.publishing.pages import save_page
from tests import factories

HOUR = datetime.timedelta(hours=1)


class ListingTests(TestCase):
    """Sections, tags and authors: the same rules for all three."""

    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World", description="From everywhere.")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        cls.sport = factories.section("Sport")
        cls.mara = factories.author("Mara Ellis", biography="Writes.", portrait=factories.image())
        newest = timezone.now() - HOUR
        cls.articles = factories.published_articles(
            30,
            newest=newest,
            apart=datetime.timedelta(days=1),
            section=cls.world,
            authors=[cls.mara],
            tags=("coast",),
            lead_image=factories.image(),
        )
        cls.below = factories.published_article(section=cls.harbours, at=newest - HOUR)
        cls.elsewhere = factories.published_article(section=cls.sport, at=newest, headline="A match")
        cls.later = factories.published_article(
            section=cls.world,
            at=timezone.now() + HOUR,
            authors=[cls.mara],
            tags=("coast",),
            headline="Tomorrow's news",
        )

    def shown(self, address):
        context = self.client.get(address).context
        above = [card for row in context.get("top", ()) for card in row.cards]
        return [card.pk for card in (*above, *context["cards"])]

    def test_a_section_shows_its_newest_and_its_subsections(self):
        expected = [self.articles[0].pk, self.below.pk, *(each.pk for each in self.articles[1:23])]
        self.assertEqual(self.shown("/world/"), expected)

    def test_a_subsection_shows_its_own_alone(self):
        self.assertEqual(self.shown("/world/harbours/"), [self.below.pk])

    def test_a_tag_and_an_author_show_their_newest_first(self):
        expected = [each.pk for each in self.articles[:24]]
        self.assertEqual(self.shown("/tag/coast/"), expected)
        self.assertEqual(self.shown("/author/mara-ellis/"), expected)

    def test_each_is_described_to_search_engines(self):
        self.assertContains(
            self.client.get("/world/"), '<meta name="description" content="From everywhere.">'
        )
        for address in ("/sport/", "/tag/coast/"):
            described = (
                f"{self.client.get(address).context['meta'].shared_title} – The Newsroom: News, plainly told"
            )
            self.assertContains(self.client.get(address), f'<meta name="description" content="{described}">')

    def test_what_is_not_public_yet_is_nowhere(self):
        for address in ("/", "/world/", "/tag/coast/", "/author/mara-ellis/"):
            with self.subTest(address):
                self.assertNotContains(self.client.get(address), "Tomorrow")

    def test_older_leads_to_the_month_in_which_the_list_breaks_off(self):
        for address in ("/tag/coast/", "/author/mara-ellis/"):
            with self.subTest(address):
                response = self.client.get(address)
                month = timezone.localdate(self.articles[23].publish_at)
                self.assertEqual(response.context["older_url"], f"{address}{month:%Y/%m}/")
                self.assertContains(response, f'href="{address}{month:%Y/%m}/"')
                self.assertEqual(self.client.get(response.context["older_url"]).status_code, 200)

    def test_a_list_that_ends_on_its_first_page_leads_nowhere(self):
        self.assertEqual(self.client.get("/sport/").context["older_url"], "")

    def test_each_takes_four_queries_at_most(self):
        for address, queries in {
            "/world/": 4,
            "/world/harbours/": 4,
            "/tag/coast/": 4,
            "/author/mara-ellis/": 4,
        }.items():
            with self.subTest(address):
                self.client.get(address)
                with self.assertNumQueries(queries):
                    self.client.get(address)

    def test_an_empty_section_that_the_desk_shows_is_a_page(self):
        factories.section("Culture", shown_without_stories=True)
        response = self.client.get("/culture/")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.context["top"], ())

    def test_a_subsection_is_not_found_under_another_section_nor_alone(self):
        for address in ("/sport/harbours/", "/harbours/", "/world/harbours/harbours/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_what_never_was_is_not_found(self):
        for address in ("/tag/nothing/", "/author/nobody/", "/nowhere/", "/world/nowhere/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_slugs_may_be_of_any_script(self):
        section = factories.section("Мир", slug="мир")
        factories.published_article(
            section=section, tags=("日本",), authors=[factories.author("علي", slug="علي")]
        )
        for address in ("/мир/", "/tag/日本/", "/author/علي/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)


class OwnPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        factories.page("About us", path="about", body="<p>We print what we know.</p>")
        factories.page("Old terms", path="terms", published=False)

    def test_shows_its_text_in_two_queries(self):
        with self.assertNumQueries(2):
            response = self.client.get("/about/")
        self.assertContains(response, "<p>We print what we know.</p>")

    def test_stands_in_the_foot_of_every_page(self):
        self.assertContains(self.client.get("/"), 'href="/about/"')
        self.assertContains(self.client.get("/nothing/"), 'href="/about/"', status_code=404)

    def test_is_not_found_and_not_listed_while_unpublished(self):
        self.assertEqual(self.client.get("/terms/").status_code, 404)
        self.assertNotContains(self.client.get("/"), "/terms/")


class PageBelowPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.paths = ("about", "about/team", "about/team/desks/night", "world/maps", "a/b/c/d/e/f/ж")
        factories.section("World", shown_without_stories=True)
        for path in cls.paths:
            factories.page(path.upper(), path=path)
        factories.page("Hidden", path="about/hidden", published=False)

    def test_is_found_at_all_its_words_in_two_queries(self):
        for path in self.paths:
            with self.subTest(path), self.assertNumQueries(2):
                self.assertContains(
                    self.client.get(f"/{path}/"), f'<h1 class="own__name">{path.upper()}</h1>'
                )

    def test_is_found_at_no_other(self):
        for path in ("about/hidden", "team", "about/team/desks", "world/maps/about", "a/b/c/d/e/f/ж/h"):
            with self.subTest(path):
                self.assertEqual(self.client.get(f"/{path}/").status_code, 404)

    def test_is_listed_by_the_nearest_above_it_which_it_leads_to(self):
        for above, path in (("about", "about/team"), ("about/team", "about/team/desks/night")):
            with self.subTest(path):
                self.assertContains(self.client.get(f"/{above}/"), f'<li><a href="/{path}/">')
                self.assertContains(
                    self.client.get(f"/{path}/"), f'<p class="own__above"><a href="/{above}/">'
                )
        self.assertNotContains(self.client.get("/about/"), "night")
        self.assertNotContains(self.client.get("/about/"), "/about/hidden/")

    def test_is_in_the_foot_only_if_no_page_lists_it(self):
        front = self.client.get("/")
        self.assertContains(front, 'href="/about/"')
        self.assertContains(front, 'href="/world/maps/"')
        self.assertNotContains(front, "/about/team/")

    def test_a_former_address_leads_to_it_in_one_step(self):
        page = Page.objects.get(path="about/team")
        page.path = "about/us/people"
        save_page(page)
        self.assertRedirects(self.client.get("/about/team/"), "/about/us/people/", status_code=301)
        self.assertRedirects(self.client.get("/About/us/People"), "/about/us/people/", status_code=301)
