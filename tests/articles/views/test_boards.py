import datetime

import time_machine
from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.publishing.boards import Filled, publish_board
from tests import factories

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


class BoardCase(TestCase):
    """Story 0 is the newest of forty; each third is of Harbours, and each third of Sport."""

    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(time_machine.travel(NOON, tick=False))
        picture, mara = factories.image(), factories.author()
        cls.world, cls.sport = factories.section("World"), factories.section("Sport")
        cls.harbours = factories.section("Harbours", parent=cls.world)
        cls.stories = [
            factories.published_article(
                at=NOON - number * HOUR,
                section=(cls.world, cls.harbours, cls.sport)[number % 3],
                authors=[mara],
                lead_image=picture if number % 2 else None,
                headline=f"Story {number}",
                kicker="",
            )
            for number in range(40)
        ]

    def board(self, *filled, section=None, layout="usual", **more):
        """Each filled with the number of a story, or with a pair of that and the values of its place."""
        pairs = [each if isinstance(each, tuple) else (each, {}) for each in filled]
        slots = [
            Filled(values.pop("place", place), self.stories[number].pk, **values)
            for place, (number, values) in enumerate(pairs)
        ]
        return publish_board(section, layout, slots, by=None, **more)

    def top(self, address="/"):
        context = self.client.get(address).context
        rows = context["front"].top if address == "/" else context["top"]
        return [card.headline for row in rows for card in row.cards]

    def headlines(self, address="/"):
        page = LexborHTMLParser(self.client.get(address).text)
        found = [node.text() for node in page.css("main article h2, main article h3, main .latest__item a")]
        return [headline for headline in found if headline.startswith("Story")]


class FrontTests(BoardCase):
    def test_puts_stories_where_an_editor_has_put_them(self):
        self.board(30, (20, {"place": 2}))
        self.assertEqual(self.top(), ["Story 30", "Story 0", "Story 20", "Story 1", "Story 2"])

    def test_shows_each_story_once_in_every_layout(self):
        for layout in ("usual", "big", "two", "quiet", "pictures"):
            with self.subTest(layout):
                self.board(1, 39, 2, layout=layout)
                shown = self.headlines()
                self.assertEqual(shown[:3], ["Story 1", "Story 39", "Story 2"])
                self.assertEqual(len(shown), len(set(shown)))

    def test_shows_its_blocks_in_the_order_that_was_chosen_and_no_hidden_one(self):
        culture = factories.section("Culture")
        factories.published_article(section=culture, at=NOON - 90 * HOUR)

        def names():
            return [block.section.name for block in self.client.get("/").context["front"].blocks]

        self.assertEqual(names(), ["World", "Sport", "Culture"])
        self.board(blocks=[(self.sport.pk, False), (self.world.pk, False)])
        self.assertEqual(names(), ["Sport", "World", "Culture"])
        self.board(blocks=[(culture.pk, False), (self.world.pk, True)])
        self.assertEqual(names(), ["Culture", "Sport"])

    def test_takes_six_queries(self):
        self.board(30, 31, 32, 33, 34, layout="pictures")
        self.client.get("/")
        with self.assertNumQueries(6):
            self.client.get("/")

    def test_shows_the_words_that_an_editor_has_given_a_place(self):
        self.board((30, {"headline": "Story <of> the day", "kicker": "Now"}))
        page = self.client.get("/")
        self.assertContains(page, "Story &lt;of&gt; the day", count=1)
        self.assertContains(page, '<p class="kicker">Now</p>', count=1)
        self.assertNotContains(page, "Story 30<")

    def test_shows_the_picture_that_an_editor_has_given_a_place(self):
        """Story 30 has none of its own."""
        picture = factories.image(width=900, height=600)
        self.board((30, {"image_id": picture.pk}))
        card = self.client.get("/").context["front"].lead
        self.assertEqual((card.headline, card.lead_image.image_id), ("Story 30", picture.pk))
        self.assertEqual(card.lead_image.alt, "")

    def test_a_place_ends_at_its_second(self):
        self.board((30, {"until": NOON + HOUR}))
        with time_machine.travel(NOON + HOUR - HOUR / 3600, tick=False):
            self.assertEqual(self.top()[0], "Story 30")
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertEqual(self.top()[0], "Story 1")

    def test_a_story_comes_and_goes_by_itself(self):
        self.board(30)
        publishing.withdraw(self.stories[30], by=None)
        self.assertEqual(self.top()[0], "Story 1")
        publishing.publish(self.stories[30], by=None)
        self.assertEqual(self.top()[0], "Story 30")
        publishing.put_in_bin(self.stories[30], by=None)
        self.assertEqual(self.top()[0], "Story 1")

    def test_one_that_is_not_out_yet_comes_at_its_second(self):
        later = factories.published_article(at=NOON + HOUR, section=self.world, headline="Story 40")
        self.stories.append(later)
        self.addCleanup(self.stories.pop)
        self.board(40)
        self.assertEqual(self.top()[0], "Story 1")
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertEqual(self.top()[0], "Story 40")

    def test_a_scheduled_board_comes_at_its_second(self):
        self.board(30)
        self.board(31, at=NOON + HOUR)
        self.assertEqual(self.top()[0], "Story 30")
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertEqual(self.top()[0], "Story 31")

    def test_an_hour_that_comes_twice_is_two_hours(self):
        """The clocks go back in Berlin at 3:00 on that day, which is 1:00 in UTC."""
        first = datetime.datetime(2027, 10, 31, 0, 30, tzinfo=datetime.UTC)
        self.board((30, {"until": first}))
        self.board((31, {"until": first + HOUR}), at=first)
        with time_machine.travel(first + HOUR / 2, tick=False):
            self.assertEqual(self.top()[0], "Story 31")
        with time_machine.travel(first + HOUR, tick=False):
            self.assertEqual(self.top()[0], "Story 1")

    def test_the_style_of_other_layouts_is_sent_with_them_alone(self):
        self.assertNotContains(self.client.get("/"), ".top__row")
        self.board(layout="two")
        self.assertContains(self.client.get("/"), ".top__row")

    def test_a_usual_day_with_an_empty_board_is_the_same_page_as_without(self):
        without = self.client.get("/").content
        self.board()
        self.assertEqual(self.client.get("/").content, without)

    def test_has_its_first_picture_sent_first(self):
        for layout in ("big", "two", "quiet", "pictures"):
            with self.subTest(layout):
                self.board(layout=layout)
                page = LexborHTMLParser(self.client.get("/").text)
                self.assertNotEqual(page.css_first("main img").attributes.get("loading"), "lazy")

    def test_a_strip_of_pictures_is_as_light_on_a_phone_as_other_cards(self):
        """A picture that is loaded late is chosen by the width of its place, whatever `sizes` says."""
        self.board(layout="pictures")
        pictures = LexborHTMLParser(self.client.get("/").text).css(".top__row--strip img")
        self.assertEqual(len(pictures), 4)
        self.assertEqual([node.attributes.get("loading") for node in pictures], [None] * 4)


class SectionTests(BoardCase):
    def test_has_a_board_of_its_own(self):
        self.board(36, section=self.world)
        self.assertEqual(self.top("/world/")[:2], ["Story 36", "Story 0"])
        self.assertEqual(self.top("/")[0], "Story 1")
        self.assertEqual(self.top("/world/harbours/")[0], "Story 1")

    def test_shows_no_story_of_another_section(self):
        self.board(2, 39, section=self.world)
        self.assertEqual(self.top("/world/")[:3], ["Story 0", "Story 39", "Story 1"])

    def test_a_department_shows_stories_of_its_subsections(self):
        self.board(37, section=self.world)
        self.assertEqual(self.top("/world/")[0], "Story 37")

    def test_takes_six_queries_at_most(self):
        self.board(36, 37, 39, section=self.world, layout="pictures")
        self.client.get("/world/")
        with self.assertNumQueries(6):
            self.client.get("/world/")

    def test_shows_each_story_once_in_every_layout_and_leads_on_to_what_it_does_not_show(self):
        for layout in ("usual", "big", "two", "quiet", "pictures"):
            with self.subTest(layout):
                self.board(39, 3, section=self.world, layout=layout)
                shown = self.headlines("/world/")
                self.assertEqual(len(shown), 24)
                self.assertEqual(len(set(shown)), 24)
                # Story 32 is of another section, and the newest of the others are shown.
                of_world = [f"Story {number}" for number in range(39) if number % 3 < 2]
                self.assertEqual(set(shown), {"Story 39", *of_world[:23]})

    def test_an_own_word_stands_for_a_story_that_is_among_the_newest_too(self):
        self.board((0, {"headline": "Story zero"}), section=self.world)
        self.assertEqual(self.headlines("/world/").count("Story zero"), 1)
        self.assertNotIn("Story 0", self.headlines("/world/"))

    def test_an_empty_board_is_the_same_page_as_without(self):
        without = self.client.get("/world/").content
        self.board(section=self.world)
        self.assertEqual(self.client.get("/world/").content, without)
