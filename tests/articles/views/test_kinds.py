from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles.models import Author
from tests import factories


class KindsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mara = factories.author("Mara Ellis")
        Author.objects.filter(pk=cls.mara.pk).update(portrait=factories.image(width=600, height=600))
        cls.world = factories.section("World")

    def page(self, **values):
        article = factories.published_article(
            section=values.pop("section", self.world), authors=[self.mara], **values
        )
        return LexborHTMLParser(self.client.get(article.get_absolute_url()).text)

    def kicker(self, **values):
        return [node.text() for node in self.page(**values).css(".story__head .kicker > *")]

    def test_news_has_nothing_of_any_kind(self):
        page = self.page()
        self.assertEqual(page.css_first("main").attributes["class"].split()[:2], ["page", "story"])
        self.assertNotIn("story--opinion", page.html)
        self.assertEqual(page.css(".story__rating"), [])

    def test_another_kind_is_named_before_the_kicker(self):
        self.assertEqual(self.kicker(kind="interview", kicker="Coast"), ["World", "Interview", "Coast"])
        self.assertEqual(self.kicker(kind="explainer"), ["World", "Explained"])
        self.assertEqual(self.kicker(kind="pictures"), ["World", "In pictures"])

    def test_a_kicker_of_that_name_says_it_already(self):
        self.assertEqual(self.kicker(kind="review", kicker="Review"), ["World", "Review"])

    def test_a_section_of_that_name_says_it_already(self):
        opinion = factories.section("Opinion")
        self.assertEqual(self.kicker(kind="opinion", section=opinion), ["Opinion"])

    def test_lists_name_an_opinion_where_it_has_no_kicker_and_nothing_else(self):
        opinion = factories.section("Opinion")
        for number, (kind, section, kicker) in enumerate(
            [("opinion", self.world, ""), ("opinion", self.world, "Coast"), ("review", self.world, "")]
        ):
            factories.published_article(
                section=section, kind=kind, kicker=kicker, tags=("coast",), headline=f"Story {number}"
            )
        own = factories.published_article(
            section=opinion, kind="opinion", headline="Story 3", tags=("coast",)
        )
        for path, kickers in (
            ("/tag/coast/", ["Opinion", "World", "Coast", "Opinion"]),
            ("/opinion/", []),
            (f"/embed/{own.uid}/", ["Opinion"]),
        ):
            page = LexborHTMLParser(self.client.get(path).text)
            found = [node.text() for node in page.css("main .card .kicker, .embedded__kicker")]
            with self.subTest(path):
                self.assertEqual(found, kickers)

    def test_an_opinion_shows_its_author_large(self):
        self.assertIn("96px", self.page(kind="opinion").css_first(".bylines__portrait").html)
        self.assertIn("56px", self.page().css_first(".bylines__portrait").html)
        self.assertIn("story--opinion", self.page(kind="opinion").css_first("main").attributes["class"])

    def test_a_review_has_its_stars_in_words_too(self):
        rating = self.page(kind="review", reviewed="Fog", rating=4).css_first(".story__rating")
        self.assertEqual(rating.css_first("b").attributes["aria-hidden"], "true")
        self.assertEqual(rating.text().split(), ["★★★★★", "4", "out", "of", "5"])
        self.assertEqual(rating.css_first("i").text(), "★")

    def test_no_other_kind_has_stars_and_no_review_has_none(self):
        for values in ({"kind": "opinion", "rating": 4}, {"kind": "review"}):
            self.assertEqual(self.page(**values).css(".story__rating"), [])

    def test_pictures_of_a_picture_story_are_large(self):
        picture = factories.image(width=2000, height=1500)
        body = f'<p>Words.</p><figure><img data-image="{picture.pk}" alt="A wall"></figure>'
        news, story = (self.page(body=body, kind=kind) for kind in ("news", "pictures"))
        sizes = [page.css_first(".prose figure source").attributes["sizes"] for page in (news, story)]
        self.assertIn("656px", sizes[0])
        self.assertIn("990px", sizes[1])

    def test_a_list_beside_the_text_leaves_them_room(self):
        for number in range(3):
            factories.published_article(section=self.world, headline=f"Other {number}")
        picture = factories.image()
        body = f'<p>Words.</p><figure><img data-image="{picture.pk}" alt="A wall"></figure>'
        for kind, place in (("news", ["story--beside"]), ("pictures", ["story--pictures"])):
            classes = self.page(body=body, kind=kind).css_first("main").attributes["class"].split()
            self.assertEqual([name for name in classes if name.startswith("story--")], place)

    def test_the_box_is_headed_in_the_language_of_the_article(self):
        page = self.page(body='<aside class="facts"><p>900 Plätze</p></aside>', language="de")
        self.assertEqual(page.css_first(".facts h2").text(), "Fakten")
