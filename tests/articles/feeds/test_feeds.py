"""What feeds say of articles, in each of the three formats."""

import datetime
import json
import uuid

import feedparser
from django.conf import settings
from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.feeds import feed as feeds
from articles.models import Article, Section
from articles.models.addresses.paths import FEED_TYPES, feed_address, feed_addresses
from articles.publishing import BylineContent, Content
from articles.publishing.sections import save_section
from tests import corpora, factories
from tests.articles.feeds.rules import broken_rules

NOON = datetime.datetime(2026, 6, 10, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SITE = "http://localhost:8000"
STARTS = ("/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/")
HOSTILE = (
    "]]>",
    "a\x00b\x0bc\x1f",
    "AT&T <b>now</b>",
    "\u202eabc\u202c",
    "سد البحر",
    "\ufffe\uffff",
    "𝒳 &amp;",
)


class Newspaper(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        cls.mara, cls.jonas = factories.author("Mara Ellis"), factories.author("Jonas Okafor")
        cls.picture = factories.image(
            width=1800, height=1200, caption="At high tide.", credit="Photograph: Ana Lind"
        )
        cls.body = (
            f'{factories.BODY}<figure><img data-image="{cls.picture.pk}"><figcaption>The wall</figcaption></figure>'
            '<p>See <a href="/about/">about us</a>, <a href="#what-it-costs">the price</a> and '
            '<a href="https://other.example/?a=1&amp;b=2">others</a>.</p>'
            "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"
        )
        cls.article = cls.published()

    @classmethod
    def published(cls, **changes):
        values = {
            "at": NOON,
            "headline": "The wall",
            "body": cls.body,
            "section": cls.harbours,
            "tags": ("coast", "law"),
            "lead_image": cls.picture,
            "bylines": (BylineContent(cls.mara.pk), BylineContent(cls.jonas.pk, "Photographs by")),
        }
        return factories.published_article(**values | changes)

    def several_pictures(self):
        """A body with a gallery of three, and a pair."""
        pictures = [factories.image(width=1200, height=800, alt=f"Alt {number}") for number in range(5)]
        figures = [
            f'<figure><img data-image="{picture.pk}"><figcaption>Caption {number} <cite>Ana</cite></figcaption></figure>'
            for number, picture in enumerate(pictures)
        ]
        gallery, pair = "".join(figures[:3]), "".join(figures[3:])
        return f'<p>Before.</p><figure class="gallery">{gallery}</figure><figure class="pair">{pair}</figure>'

    def text(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        return response.content.decode()

    def entries(self, start="/"):
        """The first entry as each format has it: two as feedparser reads it, and the JSON."""
        rss, atom, own = (self.text(address) for address in feed_addresses(start))
        return feedparser.parse(rss).entries, feedparser.parse(atom).entries, json.loads(own)["items"]


class EveryFeedTests(Newspaper):
    def test_is_well_formed_and_keeps_the_rules_of_its_format(self):
        self.published(
            headline="Without anything", lead_image=None, bylines=(), tags=("coast",), body="<p>Text.</p>"
        )
        publishing.correct(self.article, by=None, text="Five metres.\nNot four.")
        for start in STARTS:
            for address in feed_addresses(start):
                with self.subTest(address):
                    self.assertEqual(broken_rules(self.client.get(address), SITE + address), [])

    def test_hostile_words_leave_it_so(self):
        words = [*HOSTILE, *corpora.sample([*corpora.payloads(), *corpora.strings()], every=60)]
        for word in words:
            factories.published_article(
                at=NOON,
                headline=f"x {word}",
                standfirst=word,
                body=f"<p>x {word}</p>",
                tags=(f"t {word}"[:90],),
            )
        for address in feed_addresses("/"):
            with self.subTest(address):
                self.assertEqual(broken_rules(self.client.get(address), SITE + address), [])
        titles = {entry["title"] for entry in json.loads(self.text("/feed/json/"))["items"]}
        self.assertIn("x ]]>", titles)
        self.assertIn("x AT&T <b>now</b>", titles)

    def test_that_has_no_story_is_a_feed_too(self):
        factories.section("Fog", shown_without_stories=True)
        for address in feed_addresses("/fog/"):
            with self.subTest(address):
                self.assertEqual(broken_rules(self.client.get(address), SITE + address), [])

    def test_is_named_in_the_heads_of_its_pages(self):
        self.published(section=self.world)
        pages = [*((start, start) for start in STARTS), ("/world/2026/06/", "/world/"), ("/2026/06/", "/")]
        for page, start in [*pages, (self.article.get_absolute_url(), "/")]:
            html = self.text(page)
            for form, kind in FEED_TYPES.items():
                with self.subTest(page, form=form):
                    self.assertIn(f'type="{kind}"', html)
                    self.assertIn(f'href="{SITE}{feed_address(start, form)}"', html)

    def test_holds_nothing_that_readers_do_not_have(self):
        canary = "canary4711"
        factories.article(headline=canary, section=self.harbours, authors=[self.mara], tags=("coast",))
        soon = datetime.datetime.now(datetime.UTC) + DAY
        kept = {"section": self.harbours, "authors": [self.mara], "tags": ("coast",)}
        factories.published_article(at=soon, headline=canary, **kept)
        publishing.withdraw(self.published(headline=canary), by=None)
        factories.published_article(at=NOON, until=NOON + DAY, headline=canary, **kept)
        newest = Content.newest(self.article)
        publishing.save_draft(self.article, Content(**vars(newest) | {"headline": canary}), by=None)
        for start in STARTS:
            for address in feed_addresses(start):
                with self.subTest(address):
                    text = self.text(address)
                    self.assertIn("The wall", text)
                    self.assertNotIn(canary, text)

    def test_is_answered_with_304_while_it_is_the_same(self):
        for address in feed_addresses("/world/"):
            with self.subTest(address):
                etag = self.client.get(address)["ETag"]
                self.assertEqual(self.client.get(address, HTTP_IF_NONE_MATCH=etag).status_code, 304)

    def test_asks_as_little_for_fifty_stories_as_for_one(self):
        factories.published_articles(
            55, newest=NOON, section=self.harbours, authors=[self.mara, self.jonas], tags=("coast", "law")
        )
        for start, most in (
            ("/", 5),
            ("/world/", 6),
            ("/world/harbours/", 6),
            ("/tag/coast/", 6),
            ("/author/mara-ellis/", 6),
        ):
            with self.subTest(start), self.assertNumQueries(most):
                self.client.get(feed_address(start))

    def test_has_fifty_stories_or_twenty(self):
        factories.published_articles(
            55, newest=NOON, section=self.harbours, authors=[self.mara], tags=("coast",)
        )
        for start, count in zip(STARTS, (50, 50, 50, 20, 20), strict=True):
            with self.subTest(start):
                self.assertEqual(len(self.entries(start)[0]), count)

    def test_takes_fewer_stories_if_they_are_long_and_cuts_none(self):
        self.addCleanup(setattr, feeds, "LARGEST", feeds.LARGEST)
        feeds.LARGEST = 40_000
        factories.published_article(
            at=NOON + DAY, headline="Alone too long", body=f"<p>{'word ' * 10_000}</p>"
        )
        for number in range(6):
            factories.published_article(at=NOON + number * DAY / 10, body=f"<p>{'word ' * 2000}end</p>")
        for address in feed_addresses("/"):
            with self.subTest(address):
                text = self.text(address)
                self.assertLess(len(text.encode()), feeds.LARGEST + 100)
                self.assertEqual(text.count("word end"), 3)
                self.assertNotIn("Alone too long", text)


class EntryTests(Newspaper):
    def test_has_the_whole_text_with_absolute_addresses(self):
        own = SITE + self.article.get_absolute_url()
        for entries, html in self.each_html():
            with self.subTest(entries):
                self.assertIn("eleven kilometres long", html)
                self.assertIn(f"<p>{Content.of(self.article).standfirst}</p>", html)
                self.assertIn(f'href="{SITE}/about/"', html)
                self.assertIn(f'href="{own}#what-it-costs"', html)
                self.assertIn('href="https://other.example/?a=1&amp;b=2"', html)
                self.assertIn(f'src="{SITE}/media/renditions/', html)
                self.assertIn(f'srcset="{SITE}/media/renditions/', html)
                self.assertIn(f",{SITE}/media/renditions/", html)
                self.assertNotIn('"/media', html)
                self.assertNotIn("after you tap", html)
                self.assertNotIn("data-frame", html)
                self.assertIn("youtube.com/watch?v=dQw4w9WgXcQ", html)

    def test_has_all_pictures_of_a_gallery_and_of_a_pair_in_their_order_with_their_words(self):
        article = self.published(headline="Pictures", at=NOON + DAY, body=self.several_pictures())
        for entries, html in self.each_html():
            with self.subTest(entries):
                body = html.partition("Before.")[2]
                alts = [img.attributes["alt"] for img in LexborHTMLParser(body).css("img")]
                self.assertEqual(alts, [f"Alt {number}" for number in range(5)])
                captions = [each.text() for each in LexborHTMLParser(body).css("figcaption")]
                self.assertEqual(captions, [f"Caption {number} Ana" for number in range(5)])
                # Nothing scrolls there.
                self.assertIn('<figure class="gallery"><figure class="figure">', html)
                self.assertIn('<figure class="pair"><figure class="figure">', html)
                for ours in ("tabindex", "aria-label", "role="):
                    self.assertNotIn(ours, html)
        named = set(self.client.get("/feed/").facts.pictures)
        shown = LexborHTMLParser(self.client.get(article.get_absolute_url()).text).css(
            ".gallery img, .pair img"
        )
        self.assertEqual(len(shown), 5)
        self.assertLessEqual({img.attributes["src"].removeprefix("/media/") for img in shown}, named)

    def test_says_what_kind_of_article_it_is_and_the_stars_of_a_review(self):
        self.published(headline="Fog", at=NOON + DAY, kind="review", rating=4, section=self.world, tags=())
        rss, atom, own = (self.text(address) for address in feed_addresses("/"))
        tags = [[tag.term for tag in feedparser.parse(text).entries[0].tags] for text in (rss, atom)]
        for found in (*tags, json.loads(own)["items"][0]["tags"]):
            self.assertEqual(found, ["World", "Review"])
        for _, html in self.each_html():
            self.assertIn("<p>★★★★☆ 4 out of 5</p>", html)

    def each_html(self):
        rss, atom, own = (self.text(address) for address in feed_addresses("/"))
        yield (
            "rss",
            feedparser.parse(rss, sanitize_html=False, resolve_relative_uris=False)
            .entries[0]
            .content[0]
            .value,
        )
        yield (
            "atom",
            feedparser.parse(atom, sanitize_html=False, resolve_relative_uris=False)
            .entries[0]
            .content[0]
            .value,
        )
        yield "json", json.loads(own)["items"][0]["content_html"]

    def test_names_everybody_and_everything(self):
        rss, atom, own = (entries[0] for entries in self.entries())
        self.assertEqual([each.name for each in rss.authors], ["Mara Ellis", "Jonas Okafor"])
        self.assertEqual([each.name for each in atom.authors], ["Mara Ellis"])
        self.assertEqual([each.name for each in atom.contributors], ["Jonas Okafor"])
        self.assertEqual([each["name"] for each in own["authors"]], ["Mara Ellis", "Jonas Okafor"])
        for tags in ([tag.term for tag in rss.tags], [tag.term for tag in atom.tags], own["tags"]):
            self.assertEqual(tags, ["Harbours", "coast", "law"])
        for entry in (rss, atom):
            self.assertEqual(entry.link, SITE + self.article.get_absolute_url())

    def test_shows_its_picture_with_size_words_and_credit(self):
        rss, atom, own = (entries[0] for entries in self.entries())
        for entry in (rss, atom):
            [media] = entry.media_content
            self.assertEqual((media["width"], media["height"], media["medium"]), ("1080", "720", "image"))
            self.assertTrue(media["url"].startswith(f"{SITE}/media/renditions/"))
            self.assertEqual(entry.media_credit[0]["content"], "Photograph: Ana Lind")
        self.assertIn("<media:description>A harbour at dusk</media:description>", self.text("/feed/"))
        self.assertEqual(own["_media"]["alt"], "A harbour at dusk")
        self.assertEqual(own["image"], own["_media"]["url"])

    def test_shows_corrections_and_when_it_was_changed(self):
        publishing.correct(self.article, by=None, text="The wall is five metres high.", when=NOON + DAY)
        for form, html in self.each_html():
            with self.subTest(form):
                self.assertIn("<strong>Correction, 11 June 2026, 13:00:</strong> The wall is five", html)
        rss, atom, own = (entries[0] for entries in self.entries())
        for entry in (rss, atom):
            self.assertEqual(entry.published_parsed[:5], (2026, 6, 10, 12, 0))
            self.assertEqual(entry.updated_parsed[:5], (2026, 6, 11, 12, 0))
        self.assertEqual(own["date_published"], "2026-06-10T13:00:00+01:00")
        self.assertEqual(own["date_modified"], "2026-06-11T13:00:00+01:00")

    def test_keeps_its_id_whatever_becomes_of_it(self):
        before = [entries[0]["id"] for entries in self.entries()]
        self.assertEqual(before, [f"urn:uuid:{self.article.uid}"] * 3)
        content = Content(**vars(Content.newest(self.article)) | {"slug": "another", "headline": "Another"})
        publishing.publish(self.article, content, by=None)
        self.assertEqual([entries[0]["id"] for entries in self.entries()], before)

    def test_that_was_imported_keeps_the_id_that_it_had(self):
        for guid, in_atom in (
            ("https://old.example/?p=7", "https://old.example/?p=7"),
            ("7 & more", uuid.uuid5(uuid.NAMESPACE_URL, "7 & more").urn),
        ):
            with self.subTest(guid):
                article = publishing.begin(factories.content(), by=None, guid=guid)
                publishing.publish(article, by=None)
                rss, atom, own = (entries[0] for entries in self.entries())
                self.assertEqual((rss["id"], atom["id"], own["id"]), (guid, in_atom, guid))

    def test_in_another_direction_says_so(self):
        Article.objects.filter(pk=self.article.pk).update(language="ar")
        for form, html in self.each_html():
            with self.subTest(form):
                self.assertIn('<div lang="ar" dir="rtl">', html[:40])

    def test_that_another_version_prepared_is_prepared_anew(self):
        Article.objects.filter(pk=self.article.pk).update(prepared_with="", prepared_body="<p>of before</p>")
        for form, html in self.each_html():
            with self.subTest(form):
                self.assertNotIn("of before", html)


class AddressTests(Newspaper):
    def test_the_addresses_of_other_sites_lead_to_those_of_today(self):
        for old, new in {
            "/?feed=rss2": "/feed/",
            "/?feed=rss": "/feed/",
            "/?feed=rdf": "/feed/",
            "/?feed=atom": "/feed/atom/",
            "/world/?utm=1&feed=rss2": "/world/feed/",
            "/feed/rss2/": "/feed/",
            "/feed/rss/": "/feed/",
            "/feed/rdf/": "/feed/",
            "/rss/": "/feed/",
            "/feed": "/feed/",
            "/world/feed/rss2/": "/world/feed/",
            "/world/harbours/feed/rdf/": "/world/harbours/feed/",
            "/tag/coast/feed/rss2/": "/tag/coast/feed/",
            "/author/mara-ellis/feed/rss2/": "/author/mara-ellis/feed/",
        }.items():
            with self.subTest(old):
                response = self.client.get(old)
                self.assertEqual((response.status_code, response["Location"]), (301, new))

    def test_comments_had_feeds_that_lead_to_what_they_were_on(self):
        own = self.article.get_absolute_url()
        for address in ("/comments/feed/", "/comments/feed/atom/", "/?feed=comments-rss2"):
            with self.subTest(address), self.assertNumQueries(0):
                response = self.client.get(address)
                self.assertEqual((response.status_code, response["Location"]), (301, "/feed/"))
        for address in (f"{own}feed/", f"{own}feed/atom/", f"{own}?feed=rss2"):
            with self.subTest(address):
                response = self.client.get(address)
                self.assertEqual((response.status_code, response["Location"]), (301, own))

    def test_other_parameters_are_not_touched(self):
        for address in ("/?feed=other", "/?newsfeed=rss2", "/?feed"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)

    def test_what_moves_takes_its_feeds_along(self):
        section = Section.objects.get(pk=self.harbours.pk)
        before = [entries[0]["id"] for entries in self.entries("/world/harbours/")]
        ids = feedparser.parse(self.text("/world/harbours/feed/atom/")).feed.id
        section.slug, section.name = "ports", "Ports"
        save_section(section)
        for form in FEED_TYPES:
            old = self.client.get(feed_address("/world/harbours/", form))
            self.assertEqual((old.status_code, old["Location"]), (301, feed_address("/world/ports/", form)))
        self.assertEqual([entries[0]["id"] for entries in self.entries("/world/ports/")], before)
        self.assertEqual(feedparser.parse(self.text("/world/ports/feed/atom/")).feed.id, ids)

    def test_what_is_nowhere_has_none(self):
        for start in ("/nowhere/", "/world/nowhere/", "/harbours/", "/tag/none/", "/author/none/"):
            with self.subTest(start):
                self.assertEqual(self.client.get(feed_address(start)).status_code, 404)


class HubTests(Newspaper):
    def test_a_feed_names_the_hub_that_is_told_of_it(self):
        hub = "https://hub.example/?a=1&b=2"
        with self.settings(TELLING={**settings.TELLING, "HUB": hub}):
            for address in feed_addresses("/"):
                response = self.client.get(address)
                self.assertEqual(broken_rules(response, SITE + address), [])
                if address.endswith("json/"):
                    self.assertEqual(response.json()["hubs"], [{"type": "WebSub", "url": hub}])
                else:
                    links = feedparser.parse(response.content).feed.links
                    self.assertEqual([link["href"] for link in links if link["rel"] == "hub"], [hub])

    def test_a_feed_of_which_nobody_is_told_names_none(self):
        for address in feed_addresses("/"):
            self.assertNotIn("hub", self.text(address).partition("The wall")[0])
