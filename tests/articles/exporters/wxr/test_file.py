"""The file as other programs read it."""

import datetime
import json
import re
from xml.etree import ElementTree

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.conf import paper
from articles.exporters.wxr import names
from articles.importers.wordpress.reading.php import unserialised
from articles.models import Article, Image
from articles.publishing import BylineContent
from tests import factories
from tests.articles.exporters.exported import exported, folder_of

NAMES = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
AT = datetime.datetime(2020, 7, 1, 22, 30, tzinfo=datetime.UTC)
# What WordPress's own importer (0.8.x) looks for with a regular expression where there is no XML parser.
VERSION = re.compile(r"<wp:wxr_version>(\d+\.\d+)</wp:wxr_version>")
BASE = re.compile("<wp:base_(?:site|blog)_url>(.*?)</wp:base_(?:site|blog)_url>")
AUTHOR = re.compile("<wp:author>.*?<wp:author_login>(.*?)</wp:author_login>.*?</wp:author>")
CATEGORY = re.compile('<category domain="[^"]+?" nicename="[^"]+?">.+?</category>', re.DOTALL)


class FileTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("desk-login", email="desk@paper.test")
        cls.world = factories.section("World")
        cls.below = factories.section("Europe", parent=cls.world)
        cls.authors = [factories.author("Ana Ruiz", user=cls.editor), factories.author("Мария")]
        cls.image = factories.image("A wall", caption="At dusk", credit="Bo Lind")

    def article(self, **changes):
        lines = tuple(BylineContent(author.pk) for author in self.authors)
        given = {
            "section": self.below,
            "bylines": lines,
            "lead_image": self.image,
            "at": AT,
            "by": self.editor,
        }
        return factories.published_article(**given | changes)

    def channel(self, **options):
        self.folder = exported(folder_of(self), **options)
        self.text = (self.folder / "newsroom.xml").read_text()
        return ElementTree.fromstring(self.text).find("channel")  # noqa: S314 - ours

    def items(self, kind="post", **options):
        items = self.channel(**options).findall("item")
        return [item for item in items if item.findtext("wp:post_type", namespaces=NAMES) == kind]

    def text_of(self, item, name):
        return item.findtext(name, namespaces=NAMES)

    def metas(self, item):
        rows = item.findall("wp:postmeta", NAMES)
        return {self.text_of(row, "wp:meta_key"): self.text_of(row, "wp:meta_value") for row in rows}

    def test_an_article(self):
        article = self.article(
            headline="Walls & <ports>",
            slug="стена",
            standfirst="A & B",
            tags=("coast",),
            search_title="For search",
            search_description="About it",
            canonical_url="https://elsewhere.test/",
            noindex=True,
        )
        (item,) = self.items()
        of = lambda name: self.text_of(item, name)  # noqa: E731 - shorter lines
        self.assertEqual(of("title"), "Walls &amp; &lt;ports&gt;")
        self.assertEqual(of("link"), f"http://localhost:8000{article.get_absolute_url()}")
        self.assertEqual(of("guid"), article.uid.urn)
        self.assertEqual(of("dc:creator"), "ana-ruiz")
        self.assertEqual(of("excerpt:encoded"), "A &amp; B")
        self.assertEqual(of("wp:post_date"), "2020-07-01 23:30:00")
        self.assertEqual(of("wp:post_date_gmt"), "2020-07-01 22:30:00")
        self.assertEqual(of("wp:post_name"), "%d1%81%d1%82%d0%b5%d0%bd%d0%b0")
        self.assertEqual(of("wp:status"), "publish")
        labels = [(each.get("domain"), each.get("nicename"), each.text) for each in item.findall("category")]
        self.assertEqual(
            labels,
            [
                ("category", "europe", "Europe"),
                ("post_tag", "coast", "coast"),
                ("author", "cap-ana-ruiz", "ana-ruiz"),
                ("author", "cap-%d0%bc%d0%b0%d1%80%d0%b8%d1%8f", f"author-{self.authors[1].pk}"),
            ],
        )
        metas = self.metas(item)
        terms = {
            self.text_of(each, "wp:category_nicename"): self.text_of(each, "wp:term_id")
            for each in self.channel().findall("wp:category", NAMES)
        }
        self.assertEqual(metas["_yoast_wpseo_title"], "For search")
        self.assertEqual(metas["_yoast_wpseo_metadesc"], "About it")
        self.assertEqual(metas["_yoast_wpseo_canonical"], "https://elsewhere.test/")
        self.assertEqual(metas["_yoast_wpseo_meta-robots-noindex"], "1")
        self.assertEqual(metas["_yoast_wpseo_primary_category"], terms["europe"])

    def test_categories_stand_below_those_above_them(self):
        rows = self.channel().findall("wp:category", NAMES)
        found = [
            (self.text_of(each, "wp:category_nicename"), self.text_of(each, "wp:category_parent") or "")
            for each in rows
        ]
        self.assertEqual(found, [("world", ""), ("europe", "world")])

    def test_a_picture_is_an_attachment_that_the_article_names(self):
        self.article()
        (item,) = self.items("attachment", uploads="https://new.test/files")
        number = self.text_of(item, "wp:post_id")
        file = self.metas(item)["_wp_attached_file"]
        self.assertEqual(self.text_of(item, "wp:attachment_url"), f"https://new.test/files/{file}")
        self.assertTrue((self.folder / "uploads" / file).is_file())
        self.assertEqual(self.text_of(item, "wp:status"), "inherit")
        self.assertEqual(self.text_of(item, "excerpt:encoded"), "At dusk")
        self.assertEqual(self.metas(item)["_wp_attachment_image_alt"], "A wall")
        facts = unserialised(self.metas(item)["_wp_attachment_metadata"])
        self.assertEqual((facts["width"], facts["height"], facts["file"]), (1800, 1200, file))
        self.assertEqual(facts["image_meta"]["credit"], "Bo Lind")
        (post,) = self.items()
        self.assertEqual(self.metas(post)["_thumbnail_id"], number)

    def test_the_facts_of_a_picture_are_as_long_as_php_reads_them(self):
        caption = "Seen \x07from\r\nthe sea;\rat “dusk” ]]> "
        Image.objects.filter(pk=self.image.pk).update(caption=caption, credit="Bo\x85")
        (item,) = self.items("attachment")
        serialised = self.metas(item)["_wp_attachment_metadata"]
        for length, text in re.findall(r's:(\d+):"(.*?)";', serialised, re.DOTALL):
            self.assertEqual(int(length), len(text.encode()), text)
        facts = unserialised(serialised)
        wanted = {"caption": "Seen from\nthe sea;\nat “dusk” ]]> ", "credit": "Bo"}
        self.assertEqual(facts["image_meta"], wanted)
        self.assertNotIn("\r", (self.folder / "newsroom.xml").read_bytes().decode())

    def test_a_page_below_another_names_it_as_its_parent(self):
        about, team = factories.page("About"), factories.page("Team", path="about/team")
        items = {self.text_of(item, "wp:post_name"): item for item in self.items("page")}
        self.assertEqual(self.text_of(items["about"], "wp:post_parent"), "0")
        self.assertEqual(self.text_of(items["team"], "wp:post_parent"), str(names.post_id(about)))
        self.assertTrue(items["team"].findtext("link").endswith(team.get_absolute_url()))

    def test_is_read_line_by_line_where_php_has_no_xml_parser(self):
        """By the rules of WordPress's own importer: an author stands in one line, and what has several lines
        begins and ends a line. The attributes of a category have one order, and what a writer has typed is no
        tag."""
        article = self.article(headline="Wall", tags=("Stones & <more>",))
        Article.objects.update(kicker="</item>\n<wp:postmeta>", lead_caption="<item></wp:postmeta>")
        (item,) = self.items()
        own = json.loads(self.metas(item)["_newsroom"])
        article.refresh_from_db()
        self.assertEqual((own["kicker"], own["lead_caption"]), (article.kicker, article.lead_caption))
        self.assertEqual(set(BASE.findall(self.text)), {paper().url})
        lines = self.text.splitlines()
        logins = [found[1] for line in lines if (found := AUTHOR.search(line))]
        self.assertEqual(len(logins), self.text.count("<wp:author>"))
        self.assertIn("<![CDATA[ana-ruiz]]>", logins)
        for name in ("item", "wp:category", "wp:tag", "wp:term", "wp:postmeta"):
            self.assertEqual(self.text.count(f"<{name}>"), lines.count(f"<{name}>"), name)
            self.assertEqual(self.text.count(f"</{name}>"), lines.count(f"</{name}>"), name)
        self.assertEqual(len(CATEGORY.findall(self.text)), len(re.findall(r"<category\b", self.text)))

    def test_states(self):
        day = datetime.timedelta(days=1)
        now = timezone.now()
        factories.article(headline="draft")
        publishing.submit(factories.article(headline="pending"), by=self.editor)
        self.article(headline="future", at=now + day)
        publishing.withdraw(self.article(headline="withdrawn"), by=self.editor)
        over = self.article(headline="over")
        Article.objects.filter(pk=over.pk).update(expires_at=now - day)
        publishing.put_in_bin(self.article(headline="binned"), by=self.editor)
        items = {self.text_of(item, "title"): item for item in self.items()}
        states = {title: self.text_of(item, "wp:status") for title, item in items.items()}
        wanted = {
            "draft": "draft",
            "pending": "pending",
            "future": "future",
            "withdrawn": "draft",
            "over": "draft",
        }
        self.assertEqual(states, wanted)
        self.assertEqual(self.text_of(items["draft"], "wp:post_date_gmt"), "0000-00-00 00:00:00")

    def test_nothing_breaks_the_file(self):
        self.article(headline="a ]]> b", standfirst="bell", body="<p>]]&gt; \x00\x08 ￾ end</p>")
        Article.objects.update(kicker="a\x0bb ]]> c", standfirst="bell\x07 \ud7ff")
        (item,) = self.items()
        self.assertEqual(self.text_of(item, "title"), "a ]]&gt; b")
        self.assertEqual(self.text_of(item, "excerpt:encoded"), "bell \ud7ff")
        self.assertIn('"kicker": "ab ]]> c"', self.metas(item)["_newsroom"].replace("\\u000b", ""))
        self.assertEqual(VERSION.findall(self.text), ["1.2"])

    def test_notes_to_readers_stand_below_the_text(self):
        article = self.article()
        publishing.correct(article, by=self.editor, text="It is 4 < 5 metres.")
        (item,) = self.items()
        body = self.text_of(item, "content:encoded")
        self.assertRegex(body, r"<strong>Correction, \d+ \w+ \d{4}:</strong> It is 4 &lt; 5 metres\.</p>")
        self.assertTrue(body.endswith("<!-- /wp:group -->"))

    def test_former_slugs_and_days_are_told_as_wordpress_does(self):
        article = self.article(slug="wall")
        old = "/2020/07/01/stone-wall/", "/2020/06/30/wall/", "/elsewhere/", "/2020/06/30/other/"
        article.old_addresses.model.objects.bulk_create(
            article.old_addresses.model(path=path, article=article) for path in old
        )
        (item,) = self.items()
        metas = self.metas(item)
        self.assertEqual((metas["_wp_old_slug"], metas["_wp_old_date"]), ("stone-wall", "2020-06-30"))

    def test_no_accounts(self):
        self.article()
        self.channel()
        for secret in ("desk-login", "desk@paper.test", "md5$"):
            self.assertNotIn(secret, self.text)

    def test_none_is_taken_for_another_and_each_is_known_again(self):
        """WordPress leaves an item out if it has one of that type, title and date."""
        names_of_two = [factories.author("Zoe", slug="zoe"), factories.author("Zoe", slug="zoe-2")]
        pictures = [self.image, factories.image("Another"), factories.image("A third")]
        Image.objects.update(original_name="image.jpg", uploaded_at=AT)
        mark = ("wp:post_type", "title", "wp:post_date")
        items = [item for _ in range(2) for item in self.channel().findall("item")]
        marks = [tuple(self.text_of(item, name) for name in mark) for item in items]
        self.assertEqual(len(set(marks)), len(self.authors) + len(names_of_two) + len(pictures))
        self.assertEqual(len(marks), 2 * len(set(marks)))

    def test_numbers_stay_the_same_from_one_export_to_the_next(self):
        self.article()
        first = [self.text_of(item, "wp:post_id") for item in self.channel().findall("item")]
        factories.image("Another"), factories.page(), factories.author("Zoe")
        then = [self.text_of(item, "wp:post_id") for item in self.channel().findall("item")]
        self.assertLess(set(first), set(then))
        self.assertEqual(len(then), len(set(then)))
