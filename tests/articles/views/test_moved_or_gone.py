"""Addresses that readers have bookmarked go on leading somewhere, whatever editors rename."""

import datetime
from urllib.parse import quote

import time_machine
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Author, OldAddress, Page, Section, Tag
from articles.publishing.authors import remove_author, save_author
from articles.publishing.pages import remove_page, save_page
from articles.publishing.sections import remove_section, save_section
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom

LONDON = timezone.get_default_timezone()
NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=LONDON)
HOUR = datetime.timedelta(hours=1)


class BookmarksTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        cls.sport = factories.section("Sport")
        cls.mara = factories.author("Mara Ellis")
        cls.about = factories.page("About")
        cls.article = factories.published_article(
            at=NOON, section=cls.harbours, authors=[cls.mara], tags=("coast",)
        )
        factories.published_article(at=NOON, section=cls.sport)
        cls.coast = Tag.objects.get(name="coast")

    def rename(self, thing, slug, **more):
        """As an editor does: the row is fetched, changed and saved through its verb."""
        save, name = {
            Section: (save_section, "slug"),
            Tag: (save_tag, "slug"),
            Author: (save_author, "slug"),
            Page: (save_page, "path"),
        }[type(thing)]
        fresh = type(thing).objects.get(pk=thing.pk)
        for field, value in {name: slug, **more}.items():
            setattr(fresh, field, value)
        return save(fresh)

    def leads(self, old, new):
        """In one step, and to a page."""
        response = self.client.get(old)
        self.assertEqual((response.status_code, response.get("Location")), (301, new), old)
        self.assertEqual(self.client.get(new).status_code, 200, new)

    def is_not_found(self, address):
        self.assertEqual(self.client.get(address).status_code, 404, address)

    def shows(self, address, thing):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.context[type(thing)._meta.model_name], thing)


class RenamedTests(BookmarksTestCase):
    def test_a_section_a_subsection_a_tag_an_author_and_a_page_are_found_at_their_old_addresses(self):
        for thing, old, new in (
            (self.harbours, "/world/harbours/", "/world/ports/"),
            (self.sport, "/sport/", "/games/"),
            (self.coast, "/tag/coast/", "/tag/shore/"),
            (self.mara, "/author/mara-ellis/", "/author/mara-lind/"),
            (self.about, "/about/", "/who-we-are/"),
        ):
            with self.subTest(old):
                self.rename(thing, new.split("/")[-2])
                self.leads(old, new)

    def test_their_months_and_days_go_along(self):
        self.rename(self.harbours, "ports")
        self.rename(self.coast, "shore")
        self.rename(self.mara, "mara-lind")
        for old, new in {
            "/world/harbours/": "/world/ports/",
            "/tag/coast/": "/tag/shore/",
            "/author/mara-ellis/": "/author/mara-lind/",
        }.items():
            for period in ("2026/06/", "2026/06/30/"):
                with self.subTest(f"{old}{period}"):
                    self.leads(f"{old}{period}", f"{new}{period}")

    def test_a_department_takes_its_subsections_along(self):
        self.rename(self.world, "planet")
        for below in ("", "harbours/", "2026/06/", "harbours/2026/06/30/"):
            with self.subTest(below):
                self.leads(f"/world/{below}", f"/planet/{below}")

    def test_a_subsection_is_found_after_it_went_under_another_department(self):
        self.rename(self.harbours, "harbours", parent=self.sport)
        self.leads("/world/harbours/", "/sport/harbours/")
        self.leads("/world/harbours/2026/06/", "/sport/harbours/2026/06/")

    def test_a_subsection_is_found_after_it_became_a_section_and_the_other_way_round(self):
        self.rename(self.harbours, "harbours", parent=None)
        self.leads("/world/harbours/2026/06/", "/harbours/2026/06/")
        self.rename(self.harbours, "ports", parent=self.world)
        self.leads("/harbours/2026/06/", "/world/ports/2026/06/")
        self.leads("/world/harbours/", "/world/ports/")

    def test_a_subsection_that_moved_on_is_found_from_where_its_department_was(self):
        self.rename(self.world, "planet")
        self.rename(self.harbours, "ports", parent=self.sport)
        self.leads("/world/harbours/", "/sport/ports/")
        self.leads("/planet/harbours/", "/sport/ports/")

    def test_slugs_of_any_script_lead_to_slugs_of_any_script(self):
        for old, new in (("coast", "شاطئ"), ("شاطئ", "берег"), ("берег", "海岸"), ("海岸", "küste")):
            with self.subTest(new):
                here = self.rename(self.coast, new).get_absolute_url()
                self.leads(f"/tag/{old}/2026/06/", f"{here}2026/06/")
                self.leads(f"/tag/{quote(old).lower()}/", here)
        self.assertEqual(here, "/tag/k%C3%BCste/")

    def test_the_longest_slug_can_be_left(self):
        self.rename(self.coast, "海" * 80)
        self.rename(self.world, "世" * 80)
        self.rename(self.harbours, "港" * 80)
        self.rename(self.coast, "shore")
        self.rename(self.harbours, "ports", parent=self.sport)
        self.leads("/tag/" + "海" * 80 + "/", "/tag/shore/")
        self.leads("/" + "世" * 80 + "/" + "港" * 80 + "/", "/sport/ports/")


class RenamedAgainTests(BookmarksTestCase):
    def test_the_first_address_leads_straight_to_the_last(self):
        for slug in ("shore", "strand", "beach"):
            self.rename(self.coast, slug)
        for slug in ("coast", "shore", "strand"):
            self.leads(f"/tag/{slug}/2026/06/", "/tag/beach/2026/06/")

    def test_back_at_its_first_address_it_is_shown_there_and_found_from_the_second(self):
        for thing, there, back in (
            (self.coast, "shore", "coast"),
            (self.world, "planet", "world"),
            (self.mara, "mara-lind", "mara-ellis"),
            (self.about, "who-we-are", "about"),
        ):
            with self.subTest(back):
                away = self.rename(thing, there).get_absolute_url()
                home = self.rename(thing, back).get_absolute_url()
                self.assertEqual(self.client.get(home).status_code, 200)
                self.leads(away, home)
        self.leads("/planet/harbours/2026/06/", "/world/harbours/2026/06/")

    def test_no_browser_keeps_a_redirect_that_an_editor_may_take_back(self):
        self.rename(self.coast, "shore")
        old = factories.published_article(slug="old")
        content = publishing.Content.of(old)
        publishing.publish(old, publishing.Content(**{**vars(content), "slug": "new"}), by=None)
        for address in ("/tag/coast/", old.get_absolute_url()):
            with self.subTest(address):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 301)
                self.assertIn("max-age=0", response["Cache-Control"])

    def test_a_row_changed_past_the_verbs_leads_to_no_loop(self):
        self.rename(self.coast, "shore")
        Tag.objects.filter(pk=self.coast.pk).update(slug="coast")
        self.shows("/tag/coast/", self.coast)
        self.is_not_found("/tag/coast/2026/06/30/older/7/")


class TakenAgainTests(BookmarksTestCase):
    def with_a_story(self, thing):
        """What has no story is not seen, and takes nobody's address."""
        given = {Section: {"section": thing}, Author: {"authors": [thing]}, Tag: {"tags": (str(thing),)}}
        if type(thing) in given:
            factories.published_article(at=NOON - HOUR * 24 * 60, **given[type(thing)])

    def test_the_new_one_is_shown(self):
        self.rename(self.coast, "shore")
        self.rename(self.world, "planet")
        self.rename(self.mara, "mara-lind")
        self.rename(self.about, "who-we-are")
        for address, newcomer in {
            "/tag/coast/": save_tag(Tag(name="The coast", slug="coast")),
            "/world/": save_section(Section(name="World again", slug="world")),
            "/author/mara-ellis/": save_author(Author(name="Another", slug="mara-ellis")),
            "/about/": factories.page("About again", path="about"),
        }.items():
            with self.subTest(address):
                self.with_a_story(newcomer)
                self.shows(address, newcomer)

    def test_by_a_section_where_a_page_was_and_the_other_way_round(self):
        self.rename(self.about, "who-we-are")
        self.rename(self.sport, "games")
        towns = save_section(Section(name="About towns", slug="about", shown_without_stories=True))
        self.shows("/about/", towns)
        self.shows("/sport/", factories.page("Our sports day", path="sport"))

    def test_the_archive_of_the_first_is_still_found_where_the_new_one_has_nothing(self):
        self.rename(self.coast, "shore")
        save_tag(Tag(name="The coast", slug="coast"))
        self.leads("/tag/coast/2026/06/", "/tag/shore/2026/06/")
        factories.published_article(at=NOON, tags=("The coast",))
        self.assertEqual(self.client.get("/tag/coast/2026/06/").status_code, 200)

    def test_left_again_it_leads_to_the_last_that_had_it(self):
        self.rename(self.coast, "shore")
        newcomer = save_tag(Tag(name="The coast", slug="coast"))
        self.with_a_story(newcomer)
        self.rename(newcomer, "seaside")
        self.leads("/tag/coast/", "/tag/seaside/")

    def test_when_the_new_one_is_deleted_it_leads_to_the_first_again(self):
        self.rename(self.world, "planet")
        remove_section(save_section(Section(name="By mistake", slug="world")))
        self.leads("/world/harbours/", "/planet/harbours/")
        self.leads("/world/", "/planet/")


class MergedTests(BookmarksTestCase):
    def setUp(self):
        self.shore = factories.tag("shore")

    def test_the_addresses_of_the_merged_lead_to_the_one_that_remains(self):
        coast = self.rename(self.coast, "coastline")
        merge_tags([coast, self.shore], into=self.shore)
        for slug in ("coast", "coastline"):
            self.leads(f"/tag/{slug}/", "/tag/shore/")
            self.leads(f"/tag/{slug}/2026/06/", "/tag/shore/2026/06/")

    def test_merged_and_renamed_it_is_found_in_one_step(self):
        merge_tags([self.coast], into=self.shore)
        self.rename(self.shore, "beach")
        self.leads("/tag/coast/", "/tag/beach/")

    def test_merged_into_one_at_an_address_it_once_had_it_leads_there(self):
        coast = self.rename(self.coast, "coastline")
        newcomer = save_tag(Tag(name="The coast", slug="coast"))
        merge_tags([coast], into=newcomer)
        self.shows("/tag/coast/", newcomer)
        self.leads("/tag/coastline/2026/06/", "/tag/coast/2026/06/")
        self.assertEqual([old.path for old in OldAddress.objects.all()], ["/tag/coastline/"])


class NothingThereTests(BookmarksTestCase):
    """No redirect ends in nothing."""

    def test_a_month_in_which_nothing_was_published_is_not_found(self):
        self.rename(self.coast, "shore")
        self.rename(self.world, "planet")
        for below in ("2026/05/", "2026/06/29/", "2026/13/", "2026/02/30/"):
            for start in ("/tag/coast/", "/world/", "/world/harbours/"):
                with self.subTest(f"{start}{below}"):
                    self.is_not_found(f"{start}{below}")

    def test_a_month_of_which_everything_was_withdrawn_is_not_found(self):
        self.rename(self.coast, "shore")
        publishing.withdraw(self.article, by=None)
        self.is_not_found("/tag/coast/2026/06/")

    def test_a_month_is_not_found_before_its_first_story_is_out(self):
        self.rename(self.coast, "shore")
        with time_machine.travel(NOON - HOUR, tick=False):
            self.is_not_found("/tag/coast/2026/06/")

    def test_what_never_was_below_it_is_not_found(self):
        self.rename(self.world, "planet")
        self.rename(self.about, "who-we-are")
        for address in ("/world/nowhere/", "/about/2026/06/", "/about/harbours/", "/world/harbours/ports/"):
            with self.subTest(address):
                self.is_not_found(address)

    def test_a_page_that_is_not_published_is_not_found_from_its_old_address_either(self):
        self.rename(self.about, "who-we-are", published=False)
        self.is_not_found("/about/")
        self.rename(self.about, "who-we-are", published=True)
        self.leads("/about/", "/who-we-are/")

    def test_what_is_deleted_takes_its_old_addresses_along(self):
        factories.published_article(tags=("fog",))
        for thing, remove, old in (
            (factories.tag("fog"), remove_tag, "/tag/fog/"),
            (factories.section("Culture", shown_without_stories=True), remove_section, "/culture/"),
            (factories.page("Terms"), remove_page, "/terms/"),
        ):
            with self.subTest(old):
                moved = self.rename(thing, "elsewhere")
                self.leads(old, moved.get_absolute_url())
                remove(moved)
                self.is_not_found(old)
        remove_author(self.rename(factories.author("Jonas Okafor"), "elsewhere"))
        self.assertFalse(OldAddress.objects.exists())


class CostTests(BookmarksTestCase):
    def test_what_is_not_found_asks_once_whether_it_has_moved(self):
        addresses = ("/tag/nothing/", "/author/nobody/", "/nowhere/", "/world/nowhere/")
        for address in (*addresses, *(f"{each}2026/06/" for each in addresses), "/world/2026/05/"):
            with self.subTest(address), CaptureQueriesContext(connection) as asked:
                self.is_not_found(address)
            about = [query for query in asked.captured_queries if "oldaddress" in query["sql"]]
            self.assertEqual(len(about), 1)

    def test_what_is_there_does_not_ask(self):
        for address in (
            "/tag/coast/",
            "/author/mara-ellis/",
            "/about/",
            "/world/harbours/",
            "/world/2026/06/",
        ):
            with self.subTest(address), CaptureQueriesContext(connection) as asked:
                self.assertEqual(self.client.get(address).status_code, 200)
            self.assertNotIn("oldaddress", " ".join(query["sql"] for query in asked.captured_queries))

    def test_what_has_moved_takes_five_queries_at_most(self):
        self.rename(self.world, "planet")
        self.rename(self.coast, "shore")
        for address, asked in {
            "/tag/coast/": 4,
            "/tag/coast/2026/06/": 4,
            "/world/": 4,
            "/world/harbours/2026/06/": 5,
        }.items():
            with self.subTest(address), self.assertNumQueries(asked):
                self.client.get(address)


class PrintedTests(PrintedNewsroom):
    """On the shelf a page that leads on stands for each redirect."""

    def test_a_departments_pages_and_those_below_it_go_to_their_new_addresses(self):
        section = Section.objects.get(slug="world")
        section.slug = "planet"
        save_section(section)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/planet/", "/planet/harbours/", "/planet/harbours/2026/06/"}, changed)
        statuses = {self.shelf.read(path).status for path in self.shelf.walk("/world/")}
        self.assertEqual(statuses, {301})

    def test_an_article_that_is_published_again_is_found_at_its_old_address_again(self):
        old = self.story(0).get_absolute_url()
        self.republish(self.story(0), slug="another-word")
        publishing.withdraw(self.story(0), by=None)
        self.printed()
        self.press.printing.printer.print_if_missing(old)
        self.assertEqual(self.shelf.read(old).status, 410)
        publishing.publish(self.story(0), by=None)
        self.printed()
        self.assertEqual(self.shelf.read(old).status, 301)
        self.assertEqual(self.client.get(old).status_code, 301)
