import unicodedata
from unittest import mock

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.middleware.clean_form import clean
from articles.publishing import Content, publish
from articles.views import errors
from tests import corpora, factories


class TestClean:
    @pytest.mark.parametrize(
        "path",
        [
            "/World/Harbours/",
            "/world/harbours",
            "//world///harbours//",
            "/world/harbours/).",
            "/world/harbours).",
            "/world/harbours/index.html",
            "/world/harbours/index.php",
            "/world/harbours.amp",
            "/world/harbours.html",
            "/world/harbours/”,",
            "/world/harbours/ ",
            "/world/harbours/…",
        ],
    )
    def test_is_the_address_without_what_does_not_belong_to_it(self, path):
        assert clean(path) == "/world/harbours/"

    def test_letters_are_composed(self):
        assert clean(unicodedata.normalize("NFD", "/küste/")) == "/küste/"

    def test_of_what_is_clean_is_the_same(self):
        for path in ("/", "/world/", "/2026/11/22/sea-wall/", "/küste/", "/हिंदी/"):
            assert clean(path) == path

    def test_signs_inside_stay_however_many_there_are(self):
        dots = "." * 60_000
        assert clean(f"/a{dots}b{dots}/") == f"/a{dots}b/"


class CleanAddressesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section("World")
        cls.article = factories.published_article(section=cls.section, slug="küste")

    def assert_leads(self, asked, wanted):
        response = self.client.get(asked)
        self.assertEqual((response.status_code, response["Location"]), (301, wanted))

    def test_of_an_article_leads_to_it_in_one_hop_with_its_query(self):
        wanted = self.article.get_absolute_url()
        start = wanted.rpartition("/k")[0]
        for asked in (f"{start}/Küste", f"{start}//küste/).", f"{start}/KU\u0308STE/index.html"):
            with self.subTest(asked):
                self.assert_leads(f"{asked}?utm_source=mail&x=%C3%BC", f"{wanted}?utm_source=mail&x=%C3%BC")

    def test_of_a_page_that_has_moved_leads_to_the_new_one_in_one_hop(self):
        old = self.article.get_absolute_url()
        article = publish(
            self.article, Content(**vars(Content.newest(self.article)) | {"slug": "coast"}), by=None
        )
        new = article.get_absolute_url()
        self.assertNotEqual(old, new)
        self.assert_leads(f"{old}?utm_source=mail", f"{new}?utm_source=mail")
        self.assert_leads(f"{old.rstrip('/')}).?utm_source=mail", f"{new}?utm_source=mail")

    def test_without_a_page_there_is_not_found(self):
        for asked in ("/Nowhere", "/World/Nothing).", "/World.php", "/MEDIA/x.webp"):
            with self.subTest(asked):
                self.assertEqual(self.client.get(asked, follow=True).status_code, 404)
        self.assertEqual(self.client.get("/", PATH_INFO="//evil.example/").status_code, 404)

    def test_a_clean_address_without_a_page_is_looked_for_once(self):
        with self.assertNumQueries(4):
            self.client.get("/nowhere/")

    def test_no_page_is_made_on_the_way_to_another(self):
        start = self.article.get_absolute_url()
        for asked in (f"{start}amp/2/", f"/index.php{start}", f"{start[:-1]}).", "/category/World/page/2/"):
            with self.subTest(asked), CaptureQueriesContext(connection) as asks:
                with mock.patch.object(errors, "render_page", side_effect=AssertionError):
                    self.assertEqual(self.client.get(asked).status_code, 301)
                self.assertFalse([each for each in asks if "LIMIT 6" in each["sql"]])

    def test_the_page_of_a_404_is_whole(self):
        page = self.client.get("/nowhere/")
        self.assertContains(page, "nowhere", status_code=404, html=False)
        self.assertEqual(page["Content-Length"], str(len(page.content)))
        self.assertEqual(page["Content-Type"], "text/html; charset=utf-8")
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Cache-Control"):
            self.assertIn(name, page)

    def test_the_desk_is_left_alone(self):
        self.assertEqual(self.client.get("/admin/Nowhere/").status_code, 302)

    def test_a_form_is_not_sent_elsewhere(self):
        self.assertEqual(self.client.post("/World/").status_code, 405)

    def test_no_collected_payload_leads_off_the_site(self):
        payloads = corpora.sample(corpora.redirects(), every=6)
        self.assertGreater(len(payloads), 40)
        for payload in payloads:
            for path in (f"/{payload}", f"/World/{payload}", f"/{payload}/../World"):
                with self.subTest(path):
                    response = self.client.get("/", PATH_INFO=path.encode(errors="replace").decode("latin-1"))
                    if 300 <= response.status_code < 400:
                        location = response["Location"].replace("\\", "/")
                        self.assertTrue(location.startswith("/") and not location.startswith("//"), location)
