"""What holds for every page that a reader can be shown, whatever stands on it."""

import datetime
import re
from dataclasses import replace

import time_machine
from django.test import RequestFactory, TestCase
from html5lib import HTMLParser
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Article, Section
from articles.publishing import Content
from articles.publishing.notes.draft_links import make_link, write_comment
from articles.views import errors
from tests import factories

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
PARTS = "".join(f"<h2>Part {number}</h2><p>Words of it.</p>" for number in range(1, 5))
RICH = (
    "<h2>One &amp; two</h2><ul><li>a<ol><li>b</li></ol></li></ul><blockquote><p>Said.</p><p><cite>Ana</cite></p></blockquote>"
    "<table><caption>Metres</caption><thead><tr><th>Year</th><th>High</th></tr></thead><tbody><tr><td>2025</td><td>4</td></tr>"
    "</tbody></table><pre>if a &lt; b:\n  c</pre><hr><p>H<sub>2</sub>O, <code>x</code>, <a href='#one-two'>up</a></p>"
    "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"
)
LONG = "The commission that was asked to decide whether three harbour towns may keep their own time " * 2


def parse_errors(html):
    """Each with the line of the page where it is noticed."""
    parser = HTMLParser()
    parser.parse(html)
    lines = html.splitlines()
    return [(code, lines[line - 1][:200]) for (line, _), code, _ in parser.errors]


@time_machine.travel(NOON + datetime.timedelta(hours=1), tick=False)
class PagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World", description="Beyond the wall.")
        cls.letters = factories.section("Letters", parent=cls.world)
        cls.sport = factories.section("Sport")
        portrait = factories.image("Portrait of Mara Ellis")
        cls.mara = factories.author(
            "Mara Ellis",
            biography="Writes on coasts.",
            portrait=portrait,
            links="https://www.example.org/mara/",
        )
        cls.jonas = factories.author("Jonas Okafor")
        factories.page("About")
        before = NOON - datetime.timedelta(days=1)
        for section in (cls.world, cls.letters):
            factories.published_articles(
                14, newest=before, section=section, authors=[cls.mara, cls.jonas], tags=("coast",)
            )
        cls.full = factories.published_article(
            at=NOON,
            section=cls.letters,
            kicker="Letter from the coast",
            headline="Harbour towns weigh the price",
            authors=[cls.mara, cls.jonas],
            tags=("coast", "money"),
            lead_image=factories.image(caption="The wall", credit="Photograph: Ana Lind"),
            body=PARTS,
        )
        publishing.correct(cls.full, by=None, text="The wall is four metres high, not forty.")
        bare = {"section": cls.sport, "body": "<p>Fog.</p>", "standfirst": "", "headline": "Fog"}
        cls.bare = factories.published_article(at=NOON, **bare)
        cls.arabic = factories.published_article(
            at=NOON, section=cls.world, headline="بائع الماء الأخير", language="ar", body=PARTS
        )
        cls.long = factories.published_article(at=NOON, section=cls.world, headline=LONG.strip())
        cls.addresses = [
            "/",
            "/world/",
            "/world/letters/",
            "/sport/",
            "/tag/coast/",
            "/author/mara-ellis/",
            "/2026/06/",
            "/about/",
            *(each.get_absolute_url() for each in (cls.full, cls.bare, cls.arabic, cls.long)),
            "/no-such-page/",
        ]

    def pages(self):
        for address, html in self.sources(self.addresses):
            yield address, LexborHTMLParser(html)

    def sources(self, addresses):
        for address in addresses:
            yield address, self.client.get(address).content.decode()
        for view in (errors.gone, errors.server_error):
            yield view.__name__, view(RequestFactory().get("/gone/")).content.decode()

    def test_of_every_kind_is_html_without_an_error(self):
        ana = factories.editor("ana")
        rich = factories.published_article(at=NOON, headline="Rich & <rare>", body=RICH, by=ana)
        withdrawn = factories.published_article(at=NOON)
        publishing.withdraw(withdrawn, by=None)
        link, secret = make_link(
            publishing.save_draft(rich, replace(Content.of(rich), kicker="x"), by=ana), by=ana
        )
        write_comment(link, "Is it?", name="Vo")
        self.client.force_login(ana)
        more = [
            "/most-read/",
            "/archive/",
            "/2026/",
            "/2026/06/30/",
            "/search/",
            "/search/?q=price",
            "/search/?q=%3C",
        ]
        more += [rich.get_absolute_url(), withdrawn.get_absolute_url(), f"/embed/{rich.uid}/"]
        more += [f"/preview/{rich.uid}/", f"/preview/{secret}/", "/preview/" + "0" * 48 + "/"]
        for address, html in self.sources([*self.addresses, *more]):
            with self.subTest(address):
                self.assertEqual(parse_errors(html), [])
        self.assertTrue(parse_errors(html.replace("</main>", "")))

    def test_has_one_heading_of_the_first_level_and_skips_none(self):
        for address, page in self.pages():
            levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
            assert levels[0] == 1, address
            assert levels.count(1) == 1, address
            assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (
                address
            )

    def test_has_a_main_part_that_the_first_link_leads_to(self):
        for address, page in self.pages():
            assert page.css_first("body a").attributes["href"] == "#main", address
            assert [node.id for node in page.css("main")] == ["main"], address
            assert len(page.css("body > header")) == len(page.css("body > footer")) == 1, address

    def test_offers_all_three_site_versions_in_one_form(self):
        for address, page in self.pages():
            (nav,) = page.css("footer nav.site-version[aria-label][data-nosnippet]")
            (form,) = nav.css("form[method=post]")
            assert form.attributes["action"] == "/site-version/", address
            said = [button.attributes["value"] for button in form.css("button[name=version]")]
            assert said == ["desktop", "mobile", "automatic"], address
            assert form.css_first("input[name=next]").attributes["value"].startswith("/"), address
            assert not page.css("article .site-version, [hidden]"), address

    def test_names_every_link_and_every_place(self):
        for address, page in self.pages():
            for link in page.css("a"):
                assert link.text(strip=True), (address, link.html)
            for place in page.css("nav, aside, section"):
                named = place.attributes.get("aria-label") or place.attributes.get("aria-labelledby")
                assert named, (address, place.html[:80])

    def test_uses_each_id_once_and_points_at_none_that_is_missing(self):
        for address, page in self.pages():
            ids = [node.id for node in page.css("[id]")]
            assert len(ids) == len(set(ids)), address
            pointed = [node.attributes["aria-labelledby"] for node in page.css("[aria-labelledby]")]
            inside = [node.attributes["href"][1:] for node in page.css("a[href^='#']")]
            assert set(pointed + inside) <= set(ids), address

    def test_loads_at_most_one_picture_before_it_is_scrolled(self):
        for address, page in self.pages():
            images = page.css("main picture img")
            eager = [image for image in images if image.attributes.get("loading") != "lazy"]
            assert len(eager) <= 1, address
            assert all(image.attributes.get("width") for image in images), address

    def test_says_its_times_to_people_and_machines_alike(self):
        page = LexborHTMLParser(self.client.get(self.full.get_absolute_url()).content.decode())
        published = page.css_first(".bylines time")
        assert published.text() == "30 June 2026, 13:00 BST"
        assert datetime.datetime.fromisoformat(published.attributes["datetime"]) == NOON

    def test_speaks_of_an_update_only_after_one(self):
        assert "Updated" not in self.client.get(self.bare.get_absolute_url()).content.decode()

    def test_mirrors_an_article_that_runs_from_right_to_left(self):
        page = LexborHTMLParser(self.client.get(self.arabic.get_absolute_url()).content.decode())
        assert page.css_first("html").attributes.get("dir") is None
        assert page.css_first("main").attributes["dir"] == "rtl"
        assert page.css_first("main > article").attributes["lang"] == "ar"

    def test_marks_a_card_in_another_language(self):
        page = LexborHTMLParser(self.client.get("/world/").content.decode())
        (card,) = page.css("article[lang]")
        assert (card.attributes["lang"], card.attributes["dir"]) == ("ar", "rtl")

    def test_sets_a_very_long_headline_smaller(self):
        page = LexborHTMLParser(self.client.get(self.long.get_absolute_url()).content.decode())
        assert "story__headline--long" in page.css_first("h1").attributes["class"]

    def test_links_the_parts_in_the_contents_list(self):
        page = LexborHTMLParser(self.client.get(self.full.get_absolute_url()).content.decode())
        links = page.css("nav.contents a")
        assert [link.text() for link in links] == ["Part 1", "Part 2", "Part 3", "Part 4"]
        headings = {heading.id: heading.text() for heading in page.css(".prose h2")}
        assert all(headings[link.attributes["href"][1:]] == link.text() for link in links)

    def test_leaves_out_what_an_article_does_not_have(self):
        page = LexborHTMLParser(self.client.get(self.bare.get_absolute_url()).content.decode())
        missing = ".story__standfirst, .story__lead, .contents, .corrections, .tags, .about, .bylines__names"
        assert not page.css(missing)
        assert not re.search(r">\s*By\s*<", page.html)

    def test_says_so_where_there_is_nothing_yet(self):
        Article.objects.update(state="withdrawn")
        Section.objects.update(shown_without_stories=True)
        for address in ("/", "/world/"):
            page = LexborHTMLParser(self.client.get(address).content.decode())
            assert page.css_first("main .empty").text(strip=True), address
