from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles.views.shared.templates import iso
from tests import factories


class FrontTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        picture = factories.image()
        cls.world, cls.sport = factories.section("World"), factories.section("Sport")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        mara = factories.author()
        cls.articles = []
        for number in range(36):
            section = (cls.world, cls.harbours, cls.sport)[number % 3]
            lead = picture if number % 2 else None
            cls.articles += factories.published_articles(
                1, section=section, authors=[mara], lead_image=lead, headline=f"Story {number}"
            )
        factories.article(headline="A draft nobody may see")

    def page(self):
        return LexborHTMLParser(self.client.get("/").text)

    def test_takes_six_queries_however_many_stories(self):
        with self.assertNumQueries(6):
            self.client.get("/")

    def test_leads_with_the_newest_story_that_has_a_picture(self):
        front = self.client.get("/").context["front"]
        self.assertEqual(front.lead.headline, "Story 35")

    def test_shows_each_story_once(self):
        links = [node.attributes["href"] for node in self.page().css("main h2 a, main h3 a, main li a")]
        stories = [link for link in links if link.startswith("/20")]
        self.assertEqual(len(stories), len(set(stories)))
        self.assertGreater(len(stories), 20)

    def test_has_a_block_for_each_section_with_its_subsections_stories(self):
        blocks = {block.section.name: block for block in self.client.get("/").context["front"].blocks}
        self.assertEqual(list(blocks), ["World", "Sport"])
        self.assertIn("Harbours", {card.section.name for card in blocks["World"].cards})

    def test_names_who_wrote_each_story(self):
        self.assertEqual(self.client.get("/").context["front"].lead.author_names, "Mara Ellis")

    def test_reads_out_headlines_and_no_pictures_beside_them(self):
        pictures = self.page().css("main img")
        self.assertGreater(len(pictures), 5)
        self.assertEqual({node.attributes["alt"] for node in pictures}, {""})

    def test_says_since_when_the_lead_and_the_stories_beside_it_are_out(self):
        cards = self.page().css(".package article")
        shown = [node.css_first("time").attributes["datetime"] for node in cards]
        front = self.client.get("/").context["front"]
        self.assertEqual(shown, [iso(card.publish_at) for card in (front.lead, *front.seconds)])

    def test_shows_no_draft(self):
        self.assertNotContains(self.client.get("/"), "nobody may see")

    def test_has_one_heading_of_the_first_rank(self):
        self.assertEqual(len(self.page().css("h1")), 1)


class EmptyFrontTests(TestCase):
    def test_is_a_page_all_the_same(self):
        response = self.client.get("/")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "The Newsroom")
