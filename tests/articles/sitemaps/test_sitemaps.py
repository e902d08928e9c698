"""Sitemaps: every public address, none that is not, in the form that the schema asks for."""

import re
from unittest import mock
from xml.etree import ElementTree

import time_machine
from django.test import TestCase

from articles import publishing
from articles.press.press import NEWS_EVERY
from articles.publishing import Content
from articles.sitemaps import files
from tests import factories
from tests.articles.press.printed_newsroom import DAY, HOUR, NOON, PrintedNewsroom

SITE = "http://localhost:8000"
MAP, IMAGE, NEWS = (f"{{{name}}}" for name in (files.SCHEMA, files.IMAGES, files.NEWS_SCHEMA))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
# What the schemas of sitemaps.org and of search engines let an address hold, in their order.
IN_URL = [f"{MAP}loc", f"{MAP}lastmod", f"{IMAGE}image", f"{NEWS}news"]


def broken_rules(content):
    """A sentence for each rule of the schemas that the file breaks."""
    root = ElementTree.fromstring(content)  # noqa: S314 - our own file
    if len(root) > 50_000 or len(content) > 50 * 1024 * 1024:
        yield "too large"
    if root.tag not in (f"{MAP}urlset", f"{MAP}sitemapindex"):
        yield root.tag
    addresses = [each.findtext(f"{MAP}loc") for each in root]
    if len(addresses) != len(set(addresses)):
        yield "an address twice"
    for each, address in zip(root, addresses, strict=True):
        names = [child.tag for child in each]
        if names != sorted(names, key=IN_URL.index) or len(names) != len(set(names)):
            yield f"elements: {names}"
        if not address.startswith(f"{SITE}/") or not address.isascii() or len(address) >= 2048:
            yield address
        moments = [*each.findall(f"{MAP}lastmod"), *each.iter(f"{NEWS}publication_date")]
        if not all(TIME.fullmatch(moment.text) for moment in moments):
            yield "lastmod"
        for image in each.iter(f"{IMAGE}loc"):
            if not image.text.startswith(f"{SITE}/media/"):
                yield image.text
        for news in each.findall(f"{NEWS}news"):
            if [child.tag for child in news] != [
                f"{NEWS}{name}" for name in ("publication", "publication_date", "title")
            ]:
                yield "news"
            if not re.fullmatch("[a-z]{2,3}|zh-cn|zh-tw", news.findtext(f"{NEWS}publication/{NEWS}language")):
                yield "language"
            if not news.findtext(f"{NEWS}title") or not news.findtext(f"{NEWS}publication/{NEWS}name"):
                yield "title or name"


class SitemapsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(time_machine.travel(NOON, tick=False))
        cls.world = factories.section("World")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        factories.page("About")
        factories.page("Hidden", published=False)
        factories.tag("empty")
        factories.author("Nobody Yet")
        cls.mara = factories.author("Mara Ellis")
        kept = {"section": cls.harbours, "authors": [cls.mara], "tags": ("küste",)}
        cls.new = factories.published_article(
            at=NOON - HOUR, headline="New ]]> & <b>", lead_image=factories.image(), language="zh-hans", **kept
        )
        cls.old = factories.published_article(at=NOON - 40 * DAY, headline="Old", slug="küste", **kept)

    def setUp(self):
        self.enterContext(time_machine.travel(NOON, tick=False))

    def read(self, address):
        """The addresses of the file, each with its element."""
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        self.assertEqual(response["Content-Type"], "application/xml; charset=utf-8")
        self.assertEqual(list(broken_rules(response.content)), [])
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own file
        return {each.findtext(f"{MAP}loc").removeprefix(SITE): each for each in root}

    def test_the_index_names_a_file_for_each_month_with_its_last_change(self):
        publishing.correct(self.old, by=None, text="Five metres.", when=NOON - 5 * DAY)
        found = self.read("/sitemap.xml")
        self.assertEqual(list(found), ["/sitemap-pages.xml", "/sitemap-2026-06.xml", "/sitemap-2026-05.xml"])
        changed = {path: each.findtext(f"{MAP}lastmod") for path, each in found.items()}
        self.assertEqual(changed["/sitemap-2026-06.xml"], "2026-06-10T12:00:00+01:00")
        self.assertEqual(changed["/sitemap-2026-05.xml"], "2026-06-05T13:00:00+01:00")

    def test_a_month_has_its_articles_with_their_picture_and_last_change(self):
        [(path, each)] = self.read("/sitemap-2026-06.xml").items()
        self.assertEqual(path, self.new.get_absolute_url())
        self.assertEqual(each.findtext(f"{MAP}lastmod"), "2026-06-10T12:00:00+01:00")
        [picture] = each.iter(f"{IMAGE}loc")
        self.assertEqual(self.client.get(picture.text.removeprefix(SITE)).status_code, 200)
        self.assertEqual(list(self.read("/sitemap-2026-05.xml")), [self.old.get_absolute_url()])

    def test_lists_are_in_a_file_of_their_own(self):
        wanted = ["/", "/world/", "/world/harbours/", "/about/", "/tag/k%C3%BCste/", "/author/mara-ellis/"]
        self.assertEqual(list(self.read("/sitemap-pages.xml")), wanted)

    def test_news_are_those_of_two_days(self):
        [(path, each)] = self.read("/sitemap-news.xml").items()
        self.assertEqual(path, self.new.get_absolute_url())
        self.assertEqual(each.findtext(f"{NEWS}news/{NEWS}title"), "New ]]> & <b>")
        self.assertEqual(each.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language"), "zh-cn")
        with time_machine.travel(NOON + 48 * HOUR, tick=False):
            self.assertEqual(self.read("/sitemap-news.xml"), {})

    def test_no_file_has_what_readers_do_not_have_or_what_stands_elsewhere(self):
        hidden = [
            factories.article(section=self.world, slug="hidden-draft"),
            factories.published_article(at=NOON + HOUR, slug="hidden-to-come"),
            factories.published_article(
                at=NOON - HOUR, slug="hidden-elsewhere", canonical_url="https://other.example/"
            ),
            factories.published_article(at=NOON - HOUR, slug="hidden-from-search-engines", noindex=True),
            factories.published_article(at=NOON - 3 * HOUR, until=NOON - HOUR, slug="hidden-over"),
            publishing.withdraw(
                factories.published_article(at=NOON - HOUR, slug="hidden-withdrawn"), by=None
            ),
        ]
        newest = Content.newest(self.new)
        publishing.save_draft(self.new, Content(**vars(newest) | {"slug": "hidden-copy"}), by=None)
        self.assertEqual(len(hidden), 6)
        for address in ("/sitemap-2026-06.xml", "/sitemap-news.xml", "/sitemap-pages.xml"):
            with self.subTest(address):
                self.assertNotIn("hidden", " ".join(self.read(address)))

    def test_a_full_month_goes_on_in_parts_that_stay_as_they_are(self):
        factories.published_articles(4, newest=NOON - 2 * HOUR, section=self.world)
        with mock.patch.object(files, "PER_FILE", 2):
            index = [path for path in self.read("/sitemap.xml") if "06" in path]
            self.assertEqual(
                index, ["/sitemap-2026-06.xml", "/sitemap-2026-06-2.xml", "/sitemap-2026-06-3.xml"]
            )
            before = [list(self.read(path)) for path in index]
            self.assertEqual([len(paths) for paths in before], [2, 2, 1])
            factories.published_article(at=NOON, section=self.world)
            self.assertEqual([list(self.read(path)) for path in index[:2]], before[:2])
            self.assertEqual(len(self.read(index[2])), 2)
            lists = [path for path in self.read("/sitemap.xml") if "pages" in path]
            self.assertEqual(lists, ["/sitemap-pages.xml", "/sitemap-pages-2.xml", "/sitemap-pages-3.xml"])
            self.assertEqual(sum(len(self.read(path)) for path in lists), 6)

    def test_files_of_nothing_are_not_there(self):
        for address in (
            "/sitemap-2025-01.xml",
            "/sitemap-2026-13.xml",
            "/sitemap-2026-00.xml",
            "/sitemap-2026-06-2.xml",
            "/sitemap-pages-2.xml",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_ask_as_little_for_many_articles_as_for_few(self):
        factories.published_articles(
            30, newest=NOON, section=self.world, tags=("law",), lead_image=factories.image()
        )
        for address, most in (
            ("/sitemap.xml", 6),
            ("/sitemap-pages.xml", 4),
            ("/sitemap-2026-06.xml", 1),
            ("/sitemap-news.xml", 1),
        ):
            with self.subTest(address), self.assertNumQueries(most):
                self.client.get(address)


class PrintedSitemapsTest(PrintedNewsroom):
    def test_a_new_story_is_in_all_that_list_it(self):
        article = self.publish(tags=("new-here",))
        changed = self.printed()
        self.assertLessEqual(
            {"/sitemap.xml", "/sitemap-2026-06.xml", "/sitemap-news.xml", "/sitemap-pages.xml"}, changed
        )
        self.assertNotIn("/sitemap-2026-05.xml", changed)
        self.assertIn(article.get_absolute_url().encode(), self.shelf.read("/sitemap-2026-06.xml").body)
        self.assert_true_to_the_site()
        publishing.withdraw(article, by=None)
        self.printed()
        self.assertNotIn(article.get_absolute_url().encode(), self.shelf.read("/sitemap-2026-06.xml").body)
        self.assert_true_to_the_site()

    def test_a_correction_is_its_last_change(self):
        publishing.correct(self.story(1), by=None, text="Five metres.")
        changed = self.printed()
        self.assertLessEqual({"/sitemap.xml", f"/sitemap-{self.story(1).address_date:%Y-%m}.xml"}, changed)
        self.assert_true_to_the_site()

    def test_that_of_news_is_printed_again_when_a_story_has_grown_too_old(self):
        self.publish(headline="Two days at most")
        self.printed()
        self.assertIn(b"Two days at most", self.shelf.read("/sitemap-news.xml").body)
        with time_machine.travel(NOON + 49 * HOUR, tick=False):
            self.press._news._last -= NEWS_EVERY
            self.printed()
        self.assertNotIn(b"Two days at most", self.shelf.read("/sitemap-news.xml").body)
