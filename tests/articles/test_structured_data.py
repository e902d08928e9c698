import datetime
import json
from io import BytesIO

import pytest
from django.test import TestCase, override_settings
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.structured_data import json_ld, machine_time, news_article
from tests import factories


class TestJsonLd:
    @pytest.mark.parametrize(
        "text", ["</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "\u2028", '"\\']
    )
    def test_nothing_ends_its_element(self, text):
        written = json_ld({"headline": text})
        assert not set("<>&\u2028") & set(written)
        assert json.loads(written) == {"headline": text}


class TestMachineTime:
    def test_is_of_the_sites_zone_to_the_second(self):
        moment = datetime.datetime(2026, 6, 30, 12, 0, 0, 999, tzinfo=datetime.UTC)
        assert machine_time(moment) == "2026-06-30T13:00:00+01:00"


class NewsArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(authors=[factories.author()], lead_image=factories.image())

    def facts(self):
        return news_article(
            self.article,
            list(self.article.bylines.select_related("author")),
            list(self.article.tags.all()),
            list(self.article.corrections.all()),
            address="https://paper.example/a/",
            images=["https://paper.example/a.jpg"],
        )

    def test_says_what_the_page_says(self):
        facts = self.facts()
        self.assertEqual(facts["headline"], self.article.headline)
        self.assertEqual(facts["datePublished"], machine_time(self.article.publish_at))
        self.assertEqual(facts["dateModified"], machine_time(self.article.publish_at))
        self.assertEqual(
            facts["author"],
            [{"@type": "Person", "name": "Mara Ellis", "url": "http://localhost:8000/author/mara-ellis/"}],
        )
        self.assertEqual(facts["image"], ["https://paper.example/a.jpg"])
        self.assertEqual((facts["articleSection"], facts["inLanguage"]), ("World", "en-gb"))
        self.assertIs(facts["isAccessibleForFree"], True)

    def test_says_which_kind_it_is(self):
        kinds = [("news", "NewsArticle"), ("opinion", "OpinionNewsArticle"), ("interview", "NewsArticle")]
        for kind, name in (*kinds, ("explainer", "BackgroundNewsArticle"), ("pictures", "NewsArticle")):
            self.article.kind, self.article.reviewed, self.article.rating = kind, "Fog", 3
            with self.subTest(kind):
                facts = self.facts()
                self.assertEqual(facts["@type"], name)
                self.assertEqual({"itemReviewed", "reviewRating"} & set(facts), set())

    def test_a_review_says_of_what_and_how_many_stars_it_gives(self):
        self.article.kind, self.article.reviewed, self.article.rating = "review", "Fog", 3
        facts = self.facts()
        self.assertEqual(facts["@type"], "ReviewNewsArticle")
        self.assertEqual(facts["itemReviewed"], {"@type": "Thing", "name": "Fog"})
        stars = {"@type": "Rating", "ratingValue": 3, "bestRating": 5, "worstRating": 1}
        self.assertEqual(facts["reviewRating"], stars)
        self.article.rating = None
        self.assertNotIn("reviewRating", self.facts())
        # What is about nothing that has a name is no review for machines.
        self.article.reviewed, self.article.rating = "", 3
        self.assertEqual(self.facts()["@type"], "NewsArticle")
        self.assertNotIn("reviewRating", self.facts())

    def test_was_not_changed_before_it_was_published(self):
        """Its publish time may have been changed after its last update."""
        self.article.updated_at = self.article.publish_at - datetime.timedelta(hours=1)
        self.assertEqual(self.facts()["dateModified"], machine_time(self.article.publish_at))
        self.article.updated_at = self.article.publish_at + datetime.timedelta(hours=1)
        self.assertEqual(self.facts()["dateModified"], machine_time(self.article.updated_at))

    def test_those_with_a_role_have_contributed(self):
        self.article.bylines.create(author=factories.author("Pim Oduya"), role="Photographs", order=2)
        facts = self.facts()
        self.assertEqual([each["name"] for each in facts["author"]], ["Mara Ellis"])
        self.assertEqual([each["name"] for each in facts["contributor"]], ["Pim Oduya"])

    def test_one_who_is_alone_with_a_role_is_the_author(self):
        self.article.bylines.update(role="Interview")
        self.assertEqual([each["name"] for each in self.facts()["author"]], ["Mara Ellis"])

    def test_names_tags_and_corrections(self):
        self.article.tags.add("coast")
        publishing.correct(self.article, by=None, text="Five metres.")
        facts = self.facts()
        self.assertEqual(facts["keywords"], ["coast"])
        [note] = facts["correction"]
        self.assertEqual((note["@type"], note["text"]), ("CorrectionComment", "Five metres."))

    def test_an_article_without_byline_is_the_papers(self):
        self.article.bylines.all().delete()
        self.assertEqual(self.facts()["author"]["name"], "The Newsroom")


class OnPagesTests(TestCase):
    """What each kind of page says of itself to search engines and to sites that link to it."""

    @classmethod
    def setUpTestData(cls):
        world = factories.section("World", description="From abroad.")
        cls.harbours = factories.section("Harbours", parent=world)
        cls.mara = factories.author("Mara Ellis", biography="Writes </script> about <b>water</b>.")
        cls.article = factories.published_article(
            headline='Sea "walls" & </script>', section=cls.harbours, authors=[cls.mara], tags=("coast",),
            lead_image=factories.image(alt='A "grey" wall'),
        )  # fmt: skip
        cls.about = factories.page("About")

    def read(self, address):
        """(structured data, the properties and names of <meta>) of the page."""
        page = LexborHTMLParser(self.client.get(address).content)
        facts = [json.loads(each.text()) for each in page.css("script[type='application/ld+json']")]
        metas = [each.attributes for each in page.css("meta[content]")]
        self.assertIn("The Newsroom", page.css_first("title").text())
        named = {each.get("property") or each.get("name"): each["content"] for each in metas}
        return facts, named

    def test_an_article_names_itself_and_the_way_to_it(self):
        (article, way), metas = self.read(self.article.get_absolute_url())
        self.assertEqual((article["@type"], article["headline"]), ("NewsArticle", self.article.headline))
        self.assertEqual(
            [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]],
            [
                (1, "The Newsroom", "http://localhost:8000/"),
                (2, "World", "http://localhost:8000/world/"),
                (3, "Harbours", "http://localhost:8000/world/harbours/"),
            ],
        )
        wanted = {
            "og:type": "article",
            "og:title": self.article.headline,
            "og:site_name": "The Newsroom",
            "og:locale": "en_GB",
            "og:image:alt": 'A "grey" wall',
            "article:section": "Harbours",
            "article:tag": "coast",
            "robots": "max-image-preview:large",
            "article:published_time": machine_time(self.article.publish_at),
        }
        self.assertEqual({name: metas.get(name) for name in wanted}, wanted)
        self.assertEqual(metas["og:description"], metas["description"])
        self.assertGreater(int(metas["og:image:width"]), int(metas["og:image:height"]))

    def test_an_article_has_its_picture_in_three_ratios_and_waits_for_none(self):
        page = self.client.get(self.article.get_absolute_url())
        (article, _), _ = self.read(self.article.get_absolute_url())
        paths = [address.removeprefix("http://localhost:8000/media/") for address in article["image"]]
        self.assertFalse(set(paths) & set(page.facts.pictures))
        ratios = []
        for path in paths:
            picture = self.client.get(f"/media/{path}")
            self.assertEqual(picture["Content-Type"], "image/jpeg")
            with Image.open(BytesIO(picture.content)) as opened:
                ratios.append(round(opened.width / opened.height, 2))
        self.assertEqual(ratios, [1.78, 1.33, 1.0])

    def test_an_article_without_a_picture_has_a_drawn_one_to_share(self):
        bare = factories.published_article(headline='Bare "words" & </script>')
        (article, _), metas = self.read(bare.get_absolute_url())
        self.assertNotIn("image", article)
        self.assertEqual((metas["og:image:width"], metas["og:image:height"]), ("1200", "630"))
        self.assertEqual(metas["og:image:alt"], 'The Newsroom: Bare "words" & </script>')
        drawn = self.client.get(metas["og:image"].removeprefix("http://localhost:8000"))
        with Image.open(BytesIO(drawn.content)) as opened:
            self.assertEqual((opened.format, opened.size), ("JPEG", (1200, 630)))

    def test_an_article_that_is_kept_from_search_engines_says_so(self):
        hidden = factories.published_article(noindex=True)
        self.assertEqual(self.read(hidden.get_absolute_url())[1]["robots"], "noindex")

    def test_the_archive_has_addresses_and_titles(self):
        day = self.article.address_date
        for address in (f"/{day:%Y/%m}/", f"/{day:%Y}/", "/archive/", f"/world/{day:%Y/%m}/"):
            with self.subTest(address):
                _, metas = self.read(address)
                self.assertEqual(metas["og:url"], f"http://localhost:8000{address}")
                self.assertEqual((metas["og:type"], metas["og:site_name"]), ("website", "The Newsroom"))
                self.assertTrue(metas["og:title"])
                self.assertIn("The Newsroom", metas["description"])
                self.assertEqual(metas["og:description"], metas["description"])
                self.assertEqual(metas["robots"], "max-image-preview:large")

    def test_a_month_is_described_by_its_headlines(self):
        day = self.article.address_date
        factories.published_article(headline="A " + "very " * 80 + "long one", section=self.harbours)
        description = self.read(f"/world/{day:%Y/%m}/")[1]["description"]
        self.assertTrue(description.startswith(f"World, {day:%B %Y} – The Newsroom: A very very"))
        self.assertLessEqual(len(description), 200)
        self.assertIn('Sea "walls" & </script>', self.read(f"/tag/coast/{day:%Y/%m}/")[1]["description"])

    def test_years_and_the_archive_say_what_they_hold(self):
        day = self.article.address_date
        wanted = {
            f"/{day:%Y}/": f"{day:%Y} – The Newsroom: {day:%B}",
            "/archive/": f"Archive – The Newsroom: {day:%B %Y}",
        }
        for address, description in wanted.items():
            self.assertEqual(self.read(address)[1]["description"], description)

    @override_settings(POLICIES={"correctionsPolicy": "/about/#corrections", "masthead": "/about/"})
    def test_the_publisher_names_its_policies(self):
        wanted = {
            "correctionsPolicy": "http://localhost:8000/about/#corrections",
            "masthead": "http://localhost:8000/about/",
        }
        for address, name in (
            (self.article.get_absolute_url(), "publisher"),
            ("/", "publisher"),
            (self.about.get_absolute_url(), "about"),
        ):
            with self.subTest(address):
                facts = self.read(address)[0][0][name]
                self.assertEqual({key: facts[key] for key in wanted}, wanted)

    def test_a_publisher_without_policies_names_none(self):
        facts = self.read("/")[0][0]["publisher"]
        self.assertEqual(set(facts), {"@type", "name", "url", "logo"})

    def test_pages_with_something_to_say_have_a_description(self):
        role = factories.author("Pim Oduya", role="Photographer")
        factories.published_article(authors=[role], section=self.harbours)
        page = factories.page("Imprint", body="<h2>Us</h2><p>We print the paper.</p>")
        for owner, wanted in (
            (self.mara, "Writes </script> about <b>water</b>."),
            (role, "Photographer"),
            (page, "We print the paper."),
        ):
            self.assertEqual(self.read(owner.get_absolute_url())[1]["description"], wanted)

    def test_the_front_is_the_site(self):
        [facts], metas = self.read("/")
        self.assertEqual((facts["@type"], facts["name"]), ("WebSite", "The Newsroom"))
        self.assertEqual(facts["publisher"]["logo"]["url"], "http://localhost:8000/icon-512.png")
        address = facts["potentialAction"]["target"]["urlTemplate"].removeprefix("http://localhost:8000")
        self.assertContains(self.client.get(address.format(search_term_string="wall")), 'value="wall"')
        self.assertEqual((metas["og:type"], metas["description"]), ("website", "News, plainly told"))

    def test_a_section_and_a_tag_are_collections(self):
        [facts], metas = self.read("/world/")
        self.assertEqual((facts["@type"], facts["description"]), ("CollectionPage", "From abroad."))
        self.assertEqual((metas["og:title"], metas["description"]), ("World", "From abroad."))
        facts, way = self.read("/world/harbours/")[0]
        self.assertEqual((facts["name"], way["@type"]), ("Harbours", "BreadcrumbList"))
        self.assertEqual(self.read("/tag/coast/")[0][0]["@type"], "CollectionPage")

    def test_an_author_has_a_profile(self):
        [facts], _ = self.read(self.mara.get_absolute_url())
        self.assertEqual(facts["@type"], "ProfilePage")
        self.assertEqual(facts["mainEntity"]["description"], self.mara.biography)

    def test_a_page_of_the_papers_own_is_about_it(self):
        [facts], _ = self.read(self.about.get_absolute_url())
        self.assertEqual((facts["@type"], facts["about"]["name"]), ("AboutPage", "The Newsroom"))
