from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

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

    def test_takes_four_queries_however_many_stories(self):
        with self.assertNumQueries(4):
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

    def test_shows_no_draft(self):
        self.assertNotContains(self.client.get("/"), "nobody may see")

    def test_has_one_heading_of_the_first_rank(self):
        self.assertEqual(len(self.page().css("h1")), 1)


class EmptyFrontTests(TestCase):
    def test_is_a_page_all_the_same(self):
        response = self.client.get("/")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "The Newsroom")
