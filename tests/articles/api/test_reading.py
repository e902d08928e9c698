import datetime
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.api import limits
from articles.models import Image
from articles.outbox.consumers import Followers
from articles.views.search.brake import Brake
from tests import factories as make

from .asking import Asks

HOUR = datetime.timedelta(hours=1)
NOON = timezone.now().replace(microsecond=123456) - datetime.timedelta(days=30)


class ReadingTests(Asks, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = make.section("World", description="All of it.")
        cls.asia = make.section("Asia", parent=cls.world)
        cls.portrait = make.image("A portrait")
        cls.mara = make.author("Mara Ellis", portrait=cls.portrait, links="https://example.org/mara")
        cls.jonas = make.author("Jonas Okafor")
        cls.lead, cls.figure = make.image("A harbour", credit="Ana Lind"), make.image("A wall")
        for number in range(5):
            # Two at each time, so that the number decides.
            cls.newest = cls.story(NOON + number // 2 * HOUR, f"Story {number}")
        cls.page = make.page("The team", path="about/team", body=cls.body(cls.figure))

    @classmethod
    def body(cls, image):
        return f'<p>See <a href="/about/team/">us</a>.</p><h2>Costs</h2><p>Much.</p><h2>Time</h2><p>Some.</p><h2>Who</h2><figure><img data-image="{image.pk}"></figure>'

    @classmethod
    def story(cls, at, headline, **more):
        given = {"section": cls.asia, "authors": [cls.mara, cls.jonas], "tags": ("coast", "sea")}
        given |= {"lead_image": cls.lead, "body": cls.body(cls.figure)}
        return make.published_article(at=at, headline=headline, **given | more)

    def names(self, path):
        return [item["headline"] for item in self.all_of(path)]

    def test_a_list_has_everything_once_however_short_its_pages_are(self):
        everything = [f"Story {number}" for number in (4, 3, 2, 1, 0)]
        for where in ("", "section=world", "section=world/asia", "tag=sea", "author=jonas-okafor"):
            for limit in (1, 2, 3, 100):
                with self.subTest(where, limit=limit):
                    self.assertEqual(self.names(f"/articles?{where}&limit={limit}"), everything)

    def test_a_page_after_something_new_goes_on_where_it_was(self):
        first = self.get("/articles?limit=2").json()
        self.story(timezone.now() - HOUR, "New")
        second = self.client.get(first["next"].removeprefix("http://localhost:8000")).json()
        self.assertEqual([item["headline"] for item in second["items"]], ["Story 2", "Story 1"])

    def test_times_narrow_a_list(self):
        since = (NOON + HOUR).isoformat().replace("+", "%2B")
        for where in ("", "section=world", "tag=sea", "author=jonas-okafor"):
            self.assertEqual(
                self.names(f"/articles?{where}&since={since}&limit=2"), ["Story 4", "Story 3", "Story 2"]
            )
            self.assertEqual(
                self.names(f"/articles?{where}&until={since}"), ["Story 3", "Story 2", "Story 1", "Story 0"]
            )

    def test_a_list_says_what_it_does_not_understand(self):
        for path, field in {
            "/articles?limit=0": "limit",
            "/articles?limit=101": "limit",
            "/articles?limit=many": "limit",
            "/articles?cursor=nonsense": "cursor",
            "/articles?cursor=MjAyNg": "cursor",
            "/articles?since=yesterday": "since",
            "/articles?since=2026-11-28T12:00:00": "since",
            "/articles?since=0001-01-01T00:00:00Z": "since",
            "/articles?tag=a%00b": "tag",
            "/articles?tag=sea&author=mara-ellis": "tag",
            "/tags?cursor=nonsense": "cursor",
            "/images/99999999999999999999": "id",
            "/search?q=wall&from=nonsense": "from",
            "/search?q=wall&tag=none": "tag",
            "/search?q=wall&order=worst": "order",
        }.items():
            with self.subTest(path):
                answer = self.get(path, 422)
                self.assertEqual([each["field"] for each in answer.json()["problems"]], [field])
                self.assertEqual(answer["Cache-Control"], "no-store")
        for path in (
            "/articles?section=none",
            "/articles?section=a/b/c",
            "/articles?tag=none",
            "/tags/none",
            "/none",
        ):
            self.assertIn("detail", self.get(path, 404).json())

    def test_an_article_has_its_text_with_whole_addresses(self):
        publishing.correct(self.newest, by=None, text="Four metres, not five.")
        found = self.get(f"/articles/{self.newest.uid}").json()
        self.assertEqual(found["headline"], "Story 4")
        self.assertEqual(found["section"]["path"], "world/asia")
        self.assertEqual([each["name"] for each in found["authors"]], ["Mara Ellis", "Jonas Okafor"])
        self.assertEqual([each["slug"] for each in found["tags"]], ["coast", "sea"])
        self.assertEqual(found["lead_image"]["credit"], "Ana Lind")
        self.assertEqual(found["contents"][0], {"id": "costs", "heading": "Costs"})
        self.assertIn('id="costs"', found["html"])
        self.assertEqual(found["corrections"][0]["text"], "Four metres, not five.")
        self.assertIn('href="http://localhost:8000/about/team/"', found["html"])
        self.assertIn('src="http://localhost:8000/media/renditions/', found["html"])
        self.assertEqual(self.client.get(found["url"]).status_code, 200)
        self.assertEqual(self.client.get(found["api_url"]).json()["id"], str(self.newest.uid))

    def test_what_was_taken_away_is_gone_and_what_never_was_is_not_found(self):
        publishing.withdraw(self.newest, by=None)
        self.get(f"/articles/{self.newest.uid}", 410)
        self.get(f"/articles/{make.article().uid}", 404)
        self.assertNotIn("Story 4", self.names("/articles"))

    def test_lists_have_what_readers_find(self):
        make.tag("unused"), make.author("Nobody Yet"), make.section("Empty")
        make.page("Hidden", published=False)
        unused = make.image("Unused")
        self.assertEqual([each["path"] for each in self.all_of("/sections")], ["world", "world/asia"])
        self.assertEqual([each["slug"] for each in self.all_of("/tags?limit=1")], ["coast", "sea"])
        self.assertEqual(
            [each["name"] for each in self.all_of("/authors?limit=1")], ["Mara Ellis", "Jonas Okafor"]
        )
        self.assertEqual([each["title"] for each in self.all_of("/pages?limit=1")], ["The team"])
        shown = {self.portrait.pk, self.lead.pk, self.figure.pk}
        self.assertEqual({each["id"] for each in self.all_of("/images?limit=1")}, shown)
        self.get(f"/images/{self.figure.pk}")
        self.get(f"/images/{unused.pk}", 404)
        self.assertEqual(self.get("/authors/mara-ellis").json()["portrait"]["alt"], "A portrait")
        self.assertEqual(self.get("/tags/sea").json()["name"], "sea")
        self.assertIn("/media/renditions/", self.get("/pages/about/team").json()["html"])

    def test_a_picture_that_only_unpublished_text_names_is_not_shown(self):
        early, later = make.image("Early"), make.image("Later")
        live = self.story(NOON, "Live", body=self.body(early))
        content = publishing.Content.of(live)
        publishing.save_draft(live, type(content)(**{**vars(content), "body": self.body(later)}), by=None)
        self.get(f"/images/{early.pk}")
        self.get(f"/images/{later.pk}", 404)
        Image.objects.filter(pk=early.pk).update(withheld=True)
        self.get(f"/images/{early.pk}", 404)

    def test_the_search_finds_what_its_page_finds(self):
        Followers().work_off()
        for number in range(3):
            self.assertEqual(len(self.all_of(f"/search?q=story&tag=sea&section=world&limit={number + 1}")), 5)
        self.assertEqual(self.names("/search?q=story&order=newest")[0], "Story 4")
        self.assertEqual(self.names("/search?q=story&author=mara-ellis&from=2999-01-01"), [])
        self.assertEqual(self.names("/search?q="), [])

    def test_what_is_the_same_is_not_sent_twice(self):
        for path in (f"/articles/{self.newest.uid}", "/articles", "/sections", "/search?q=wall"):
            answer = self.get(path)
            # Stores in front keep what says max-age=0 until the press tells them, which it does of pages alone.
            self.assertEqual(answer["Cache-Control"], "no-cache")
            again = self.get(path, 304, headers={"If-None-Match": answer["ETag"]})
            self.assertEqual(again.content, b"")
        first = f"/articles/{self.newest.uid}"
        etag = self.get(first)["ETag"]
        publishing.correct(self.newest, by=None, text="Four metres.")
        self.get(first, 200, headers={"If-None-Match": etag})

    def test_a_page_asks_as_little_for_hundred_as_for_one(self):
        Followers().work_off()
        for path, most in {
            "/articles?x": 3,
            "/articles?section=world/asia": 4,
            "/articles?tag=sea": 4,
            "/articles?author=jonas-okafor": 4,
            "/tags?x": 1,
            "/authors?x": 1,
            "/images?x": 1,
            "/pages?x": 1,
            "/sections?x": 1,
            "/search?q=story": 8,
        }.items():
            for limit in (1, 3, 100):
                with (
                    self.subTest(path, limit=limit),
                    CaptureQueriesContext(
                        connection,
                    ) as asked,
                ):
                    self.get(f"{path}&limit={limit}")
                self.assertLessEqual(len(asked), most, [each["sql"][:90] for each in asked])
        with self.assertNumQueries(5):
            self.get(f"/articles/{self.newest.uid}")

    def test_who_asks_too_often_waits(self):
        stopped = mock.patch("articles.views.search.brake.time", mock.Mock(monotonic=lambda: 1000.0))
        with mock.patch.object(limits, "BRAKE", Brake(at_once=2, seconds=60)), stopped:
            self.get("/sections"), self.get("/sections")
            answer = self.get("/sections", 429)
            self.assertEqual(int(answer["Retry-After"]), 60)
            self.assertIn("60 seconds", answer.json()["detail"])
            with self.assertNumQueries(0):
                self.get("/articles", 429, headers={"Authorization": "Bearer nr_guess"})

    def test_its_page_has_all_its_files_from_here(self):
        page = self.get("/docs")
        self.assertNotIn(b"//", page.content.replace(b"http://localhost:8000", b""))
        self.assertIn("script-src 'self'", page["Content-Security-Policy"])
        for file in ("swagger-ui-bundle.js", "swagger-ui-init.js", "swagger-ui.css"):
            self.assertContains(page, f"/static/ninja/{file.partition('.')[0]}")
        self.assertEqual(self.get("/openapi.json").json()["info"]["title"], "Newsroom")
