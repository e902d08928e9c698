"""An article is sent with the sheets and scripts for what it shows, and with no other."""

import datetime

from django.test import TestCase

from articles import publishing
from articles.page_assets import page_assets
from tests import factories

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
TEXT = "<p>The wall is four metres high.</p>"
TABLE = "<table><tbody><tr><td>Height</td><td>4 m</td></tr></tbody></table>"
VIDEO = "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"
PARTS = "".join(f"<h2>Part {number}</h2>{TEXT}" for number in range(1, 5))
KINDS = [f"kind_{name}" for name in ("opinion", "review", "interview", "pictures")]
OPTIONAL = {
    *"contents boxes table figure gallery embed corrections tags about_authors series more breaking".split(),
    *KINDS,
}
SCRIPTS = {"contents", "embeds"}


class UnusedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.picture = factories.image()
        cls.figure = f'<figure><img data-image="{cls.picture.pk}"></figure>'
        cls.writer = factories.author("Mara Ellis", biography="Writes on coasts.")
        cls.jonas = factories.author("Jonas Okafor")

    def sent(self, **changes):
        """The optional sheets and the scripts of the article's page."""
        values = {"body": TEXT, "section": factories.section(f"Of {len(changes)} {sorted(changes)}")}
        article = factories.published_article(at=NOON, **(values | changes))
        return self.names(self.client.get(article.get_absolute_url()))

    def names(self, response):
        html, assets = response.content.decode(), page_assets("article")
        sheets = {name for name, text in assets.sheets.items() if text in html}
        self.assertLessEqual(set(assets.sheets) - OPTIONAL, sheets)
        scripts = {name for name, text in assets.enhancements.items() if text in html}
        return sheets & OPTIONAL, scripts & SCRIPTS

    def test_a_short_article_is_sent_with_none_of_them(self):
        self.assertEqual(self.sent(authors=[self.jonas]), (set(), set()))

    def test_each_part_is_sent_with_its_own(self):
        for name, changes, sheets, scripts in (
            ("table", {"body": TEXT + TABLE}, {"table"}, set()),
            ("video", {"body": TEXT + VIDEO}, {"embed", "figure"}, {"embeds"}),
            ("parts", {"body": PARTS}, {"contents"}, {"contents"}),
            ("lead picture", {"lead_image": self.picture}, {"figure"}, set()),
            (
                "picture",
                {"body": TEXT + self.figure},
                {"figure"},
                set(),
            ),
            (
                "pictures that belong together",
                {"body": f'{TEXT}<figure class="gallery">{self.figure * 2}</figure>'},
                {"figure", "gallery"},
                set(),
            ),
            (
                "two beside each other",
                {"body": f'<figure class="pair">{self.figure * 2}</figure>'},
                {"figure", "gallery"},
                set(),
            ),
            ("tags", {"tags": ("coast",)}, {"tags"}, set()),
            ("author", {"authors": [self.writer]}, {"about_authors"}, set()),
            ("facts", {"body": f'<aside class="facts">{TEXT}</aside>'}, {"boxes"}, set()),
            ("points", {"body": f'{TEXT}<aside class="summary">{TEXT}</aside>'}, {"boxes"}, set()),
            *((name, {"kind": name.removeprefix("kind_")}, {name}, set()) for name in KINDS),
            ("explainer", {"kind": "explainer"}, set(), set()),
        ):
            with self.subTest(name):
                self.assertEqual(self.sent(section=factories.section(name), **changes), (sheets, scripts))

    def test_notes_and_other_stories_are_sent_with_theirs(self):
        section = factories.section("World")
        for day in (29, 30):
            article = factories.published_article(at=NOON.replace(day=day), section=section, body=TEXT)
        publishing.correct(article, by=None, text="Four metres, not forty.")
        response = self.client.get(article.get_absolute_url())
        self.assertEqual(self.names(response), ({"corrections", "more"}, set()))

    def test_what_is_left_out_styles_nothing_on_the_page(self):
        """The class that each of these sheets is about is on no page that goes without it."""
        article = factories.published_article(at=NOON, body=TEXT, authors=[self.jonas])
        html = self.client.get(article.get_absolute_url()).content.decode().partition("</style>")[2]
        for sign in (
            "contents",
            "table",
            "embed",
            "corrections",
            "tags",
            "about",
            "more",
            "figure",
            "credit",
            "facts",
            "summary",
        ):
            with self.subTest(sign):
                self.assertNotRegex(html, rf'class="[^"]*\b{sign}\b')
