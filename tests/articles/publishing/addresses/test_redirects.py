"""Redirects that editors write by hand."""

from urllib.parse import quote

from django.test import TestCase

from articles import publishing
from articles.models import MissedAddress, OldAddress, Tag
from articles.publishing import Refused
from articles.publishing.addresses.redirects import (
    Wanted,
    remove_redirect,
    save_redirect,
    save_redirects,
)
from articles.publishing.shared.versions import Outdated
from articles.publishing.tags import remove_tag, save_tag
from tests import corpora, factories
from tests.articles.press.printed_newsroom import PrintedNewsroom


def lead(path, to=""):
    return save_redirect(Wanted(path, to))


class RedirectsTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.about = factories.page("About")
        cls.article = factories.published_article(section=cls.world, tags=("coast",))
        cls.story = cls.article.get_absolute_url()

    def leads(self, old, new):
        response = self.client.get(old)
        self.assertEqual((response.status_code, response.get("Location")), (301, new), old)
        self.assertEqual(self.client.get(new).status_code, 200)


class SavedTests(RedirectsTestCase):
    def test_lead_from_addresses_of_any_shape_in_one_step(self):
        for path in (
            "/old/",
            "/old",
            "/old.html",
            "/news/show.php",
            "/a/b/c/d/",
            "/2019/05/06/old/",
            "/हिंदी/",
            "/a b/",
        ):
            with self.subTest(path):
                lead(path, self.story)
                self.leads(quote(path), self.story)

    def test_lead_to_every_kind_of_page(self):
        month = f"{self.article.publish_at:%Y/%m}/"
        pages = (
            "/",
            "/archive/",
            "/world/",
            "/about/",
            "/tag/coast/",
            f"/tag/coast/{month}",
            f"/{month}",
            "/world/feed/",
        )
        for number, there in enumerate(pages):
            with self.subTest(there):
                lead(f"/old-{number}/", there)
                self.leads(f"/old-{number}/", there)
        self.leads(f"/old-4/{month}", f"/tag/coast/{month}")

    def test_hand_the_query_on(self):
        lead("/old/", self.story)
        self.assertEqual(self.client.get("/old/?utm_source=x")["Location"], f"{self.story}?utm_source=x")

    def test_take_an_address_as_browsers_show_it(self):
        lead("http://localhost:8000/old/", f"http://localhost:8000{self.story}")
        self.leads("/old/", self.story)

    def test_follow_what_they_lead_to(self):
        lead("/old/", "/tag/coast/")
        tag = Tag.objects.get(name="coast")
        tag.slug = "shore"
        save_tag(tag)
        self.leads("/old/", "/tag/shore/")
        remove_tag(tag)
        self.assertEqual(self.client.get("/old/").status_code, 404)

    def test_lead_on_from_an_old_address_so_there_are_no_chains(self):
        lead("/first/", self.story)
        lead("/second/", "/first/")
        self.leads("/second/", self.story)
        remove_redirect(OldAddress.objects.get(path="/first/"))
        self.leads("/second/", self.story)

    def test_may_say_that_it_is_gone(self):
        lead("/old/")
        response = self.client.get("/old/")
        self.assertContains(response, "This page is gone", status_code=410)
        self.assertNotContains(response, "withdrawn", status_code=410)

    def test_lead_nowhere_while_nothing_is_there(self):
        lead("/old/", self.story)
        publishing.withdraw(self.article, by=None)
        self.assertEqual(self.client.get("/old/").status_code, 410)

    def test_wait_behind_what_has_the_address_today(self):
        lead("/sport/", self.story)
        sport = factories.section("Sport")
        self.leads("/sport/", self.story)
        factories.published_article(section=sport)
        self.assertEqual(self.client.get("/sport/").status_code, 200)

    def test_replace_the_one_that_there_is_only_if_that_is_meant(self):
        lead("/old/", "/about/")
        with self.assertRaisesMessage(Refused, "There is a redirect from this address already"):
            lead("/old/", self.story)
        self.leads("/old/", "/about/")
        save_redirects([(Wanted("/old/", self.story), None)])
        self.leads("/old/", self.story)
        self.assertEqual(OldAddress.objects.count(), 1)

    def test_make_the_address_one_that_is_found(self):
        MissedAddress.objects.create(path="/old/", first_on="2026-06-01", last_on="2026-06-01")
        lead("/old/", self.story)
        self.assertFalse(MissedAddress.objects.exists())

    def test_know_of_a_newer_state(self):
        old = lead("/old/", self.story)
        save_redirect(Wanted("/old/", "/about/"), old=old)
        with self.assertRaises(Outdated):
            save_redirect(Wanted("/old/", self.story), old=old, expected=old.version)

    def test_cost_five_queries_at_most(self):
        lead("/a/b/c/", self.story)
        lead("/gone/")
        for address, number in (("/a/b/c/", 3), ("/gone/", 2)):
            with self.subTest(address), self.assertNumQueries(number):
                self.client.get(address)


class RefusedTests(RedirectsTestCase):
    def refusal(self, path, to):
        with self.assertRaises(Refused) as caught:
            lead(path, to)
        [problem] = caught.exception.problems
        return problem.field

    def test_at_the_field_that_is_wrong(self):
        old = lead("/old/", self.story)
        for path, to, field in (
            (self.story, "/about/", "path"),
            ("/world/", "/about/", "path"),
            ("/", "/about/", "path"),
            ("/archive/", "/about/", "path"),
            ("/admin/articles/", "/about/", "path"),
            ("/feed/", "/about/", "path"),
            ("/logo.png", "/about/", "path"),
            ("/wp-login.php", "/about/", "path"),
            ("/new/?id=7", "/about/", "path"),
            ("new", "/about/", "path"),
            ("https://elsewhere.example/new/", "/about/", "path"),
            ("/" + "x" * 700, "/about/", "path"),
            ("/new/", "/nowhere/", "to"),
            ("/new/", "/new/", "to"),
            ("/new/", "https://elsewhere.example/", "to"),
            ("/new/", f"{self.story}#part", "to"),
            ("/old/", "/old/", "to"),
        ):
            with self.subTest(f"{path} {to}"):
                self.assertEqual(self.refusal(path, to), field)
        self.assertEqual(OldAddress.objects.get().pk, old.pk)

    def test_with_every_collected_payload(self):
        """None leads off the site, as where it leads, as an address from which something leads, nor as both."""
        payloads = corpora.sample(corpora.redirects(), every=3)
        self.assertGreater(len(payloads), 80)
        for payload in payloads:
            for path, to in (("/new/", payload), (payload, self.story), (payload, payload)):
                try:
                    lead(path, to)
                except Refused:
                    continue
        for old in OldAddress.objects.all():
            self.assertRegex(old.destination or "/", r"\A/(?![/\\])")
            location = self.client.get(old.path).get("Location", "/")
            self.assertRegex(location, r"\A/(?![/\\])")


class PrintedTests(PrintedNewsroom):
    def test_stand_on_the_shelf_as_views_answer_them(self):
        old = save_redirect(Wanted("/old/", self.story(0).get_absolute_url()))
        save_redirect(Wanted("/gone/"))
        self.assertEqual(self.printed(), {"/old/", "/gone/"})
        self.assertEqual([self.shelf.read(path).status for path in ("/old/", "/gone/")], [301, 410])
        self.assert_true_to_the_site()
        self.republish(self.story(0), slug="another-word")
        self.printed()
        self.assertEqual(self.shelf.read("/old/").leads_to, self.story(0).get_absolute_url())
        remove_redirect(old)
        self.printed()
        self.assertIsNone(self.shelf.read("/old/"))
        self.assert_true_to_the_site()
