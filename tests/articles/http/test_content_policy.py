import dataclasses
from unittest import mock

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import TestCase, override_settings
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.body import FRAME_HOSTS
from articles.http.content_policy import HEADER, OF_FILES, OF_PAGES, OF_PREVIEWS
from articles.middleware.headers import DESK_POLICY
from articles.press.serve.pictures import StoredPictures
from tests import factories
from tests.articles.own_policy import hashes_in, own_policy

VIDEO = "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"


class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        world = factories.section("World")
        harbours = factories.section("Harbours", parent=world)
        factories.page("About")
        factories.page("Film", body=VIDEO)
        mara = factories.author(biography="Writes on coasts.")
        cls.plain = factories.published_article(
            section=harbours, authors=[mara], tags=("coast",), body="<p>The wall is four metres high.</p>"
        )
        parts = "".join(f"<h2>Part {number}</h2><p>It stands.</p>" for number in range(6))
        cls.rich = factories.published_article(section=world, body=f"{parts}{VIDEO}")
        cls.withdrawn = factories.published_article(section=world)
        publishing.withdraw(cls.withdrawn, by=None)
        cls.moved = factories.published_article(section=world)
        cls.old_address = cls.moved.get_absolute_url()
        elsewhere = dataclasses.replace(publishing.Content.newest(cls.moved), slug="elsewhere")
        publishing.publish(cls.moved, elsewhere, by=None)
        cls.draft = factories.article(section=world)
        cls.editor = factories.editor()

    def pages(self):
        """Name → answer, of each kind of page there is."""
        month = f"/{self.plain.address_date:%Y/%m}/"
        self.client.raise_request_exception = False
        addresses = {
            "front": "/",
            "section": "/world/",
            "subsection": "/world/harbours/",
            "own page": "/about/",
            "own page with a video": "/film/",
            "tag": "/tag/coast/",
            "author": "/author/mara-ellis/",
            "month": month,
            "day": f"{month}{self.plain.address_date:%d}/",
            "month of a section": f"/world{month}",
            "article": self.plain.get_absolute_url(),
            "article with parts and a video": self.rich.get_absolute_url(),
            "moved": self.old_address,
            "withdrawn": self.withdrawn.get_absolute_url(),
            "not there": "/nowhere/",
        }
        answers = {name: self.client.get(address) for name, address in addresses.items()}
        answers["bad request"] = self.client.get("/", headers={"host": "evil.example"})
        with mock.patch("articles.views.front.planned", side_effect=ZeroDivisionError):
            answers["our fault"] = self.client.get("/")
        with connection.execute_wrapper(database_away), self.assertLogs("django.request", "ERROR"):
            answers["away"] = self.client.get("/world/")
        self.client.force_login(get_user_model().objects.create_user("guest"))
        answers["not allowed"] = self.client.get(f"/preview/{self.draft.uid}/")
        self.client.force_login(self.editor)
        answers["preview"] = self.client.get(f"/preview/{self.draft.uid}/")
        answers["not there, under the desk's address"] = self.client.get("/admin/nowhere/")
        return answers

    def test_carries_the_hashes_of_its_own_scripts_and_style_and_no_other(self):
        seen = set()
        for name, response in self.pages().items():
            with self.subTest(name):
                page = LexborHTMLParser(response.content.decode())
                policy, (scripts, styles) = own_policy(page), hashes_in(page)
                # Its script loads the one that shows breaking news.
                asks = [f"{settings.SITE_URL}/breaking.js"] if "/breaking.js" in response.text else []
                self.assertEqual(policy["script-src"], scripts + asks)
                self.assertEqual(policy["style-src"], styles)
                self.assertEqual((len(styles), len(page.css("[style]"))), (1, 0))
                self.assertEqual(response[HEADER], OF_PREVIEWS if name == "preview" else OF_PAGES)
                seen.add(response.status_code)
        self.assertEqual(seen, {200, 301, 400, 403, 404, 410, 500, 503})

    def test_forbids_all_else(self):
        strict = {
            "default-src": ["'none'"],
            "img-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
            "manifest-src": ["'self'"],
        }
        with_frames = {"own page with a video", "article with parts and a video", "preview"}
        for name, response in self.pages().items():
            with self.subTest(name):
                policy = own_policy(LexborHTMLParser(response.content.decode()))
                del policy["script-src"], policy["style-src"]
                frames = {"frame-src": list(FRAME_HOSTS)} if name in with_frames else {}
                self.assertEqual(policy, strict | frames)

    def test_is_unchanged_with_the_same_header(self):
        """A browser puts the headers of a 304 in the place of those that it has kept."""
        first = self.client.get("/world/")
        again = self.client.get("/world/", headers={"if-none-match": first["ETag"]})
        self.assertEqual((again.status_code, again[HEADER]), (304, first[HEADER]))


class EverythingElseTests(TestCase):
    def test_may_load_and_run_nothing(self):
        image = factories.image(width=400, height=300)
        factories.published_article(lead_image=image)
        front = LexborHTMLParser(self.client.get("/").text)
        picture = front.css_first("main img").attributes["src"]
        answers = {
            "robots.txt": self.client.get("/robots.txt"),
            "health": self.client.get("/health/live"),
            "picture": self.client.get(picture),
            "picture that is not there": self.client.get("/media/renditions/1/x/1x1.jpg"),
            "not allowed here": self.client.post("/robots.txt"),
            "redirect to the clean address": self.client.get("/world/?amp=1"),
            "redirect after the choice": self.client.post("/site-version/", {"version": "mobile"}),
            "redirect to the log-in": self.client.get("/preview/00000000-0000-0000-0000-000000000000/"),
            "redirect to the last slash": self.client.get("/world"),
        }
        self.assertEqual(answers["picture"]["Content-Type"].partition("/")[0], "image")
        for name, response in answers.items():
            with self.subTest(name):
                self.assertEqual(response[HEADER], OF_FILES)
                self.assertNotIn("<", response.content.decode("latin-1")[:1])

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_nor_may_the_redirect_to_https(self):
        response = self.client.get("/world/")
        self.assertEqual((response.status_code, response[HEADER]), (301, OF_FILES))

    def test_nor_may_a_picture_that_comes_from_its_file(self):
        image = factories.image(width=400, height=300)
        factories.published_article(lead_image=image)
        path = LexborHTMLParser(self.client.get("/").text).css_first("main img").attributes["src"]
        self.client.get(path)
        said = {}
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        StoredPictures(WSGIHandler())(environ, lambda status, headers: said.update(headers, status=status))
        self.assertEqual((said["status"], said[HEADER]), ("200 OK", OF_FILES))


class TheDeskTests(TestCase):
    def test_keeps_its_policy_in_the_header(self):
        response = self.client.get("/admin/login/")
        self.assertEqual(response[HEADER], DESK_POLICY)
        self.assertIsNone(LexborHTMLParser(response.text).css_first("meta[http-equiv]"))


def database_away(*args, **kwargs):
    raise OperationalError("the server closed the connection")
