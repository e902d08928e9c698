import datetime

import time_machine
from django.test import TestCase
from django.utils import timezone

from articles.fronts.breaking import Line
from articles.models import Section
from articles.publishing.breaking_line import put_out
from articles.views.shared.navigation import Navigation, read_navigation
from tests import factories


class NavigationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sport = factories.section("Sport", order=2)
        cls.world = factories.section("World", order=1, description="From everywhere.")
        cls.coast = factories.section("Coast", parent=cls.world, order=9)
        cls.harbours = factories.section("Harbours", parent=cls.world, order=3)
        for section in (cls.sport, cls.coast, cls.harbours):
            factories.published_article(section=section)
        factories.section("Empty", order=5)
        factories.section("Empty below", parent=cls.world, order=6)
        factories.page("Contact", order=2)
        factories.page("About", order=1)

    def test_is_one_query_with_all_that_pages_show_of_it(self):
        with self.assertNumQueries(1):
            navigation = read_navigation()
            names = [
                (item.name, item.url, [part.url for part in item.subsections]) for item in navigation.sections
            ]
            pages = [(page.title, page.url) for page in navigation.pages]
            section = navigation.section("world", "harbours")
            self.assertEqual(section.parent.description, "From everywhere.")
            self.assertIsNone(section.parent.parent)
        self.assertEqual(
            names, [("World", "/world/", ["/world/harbours/", "/world/coast/"]), ("Sport", "/sport/", [])]
        )
        self.assertEqual(pages, [("About", "/about/"), ("Contact", "/contact/")])

    def test_finds_sections_by_their_slugs(self):
        navigation = read_navigation()
        self.assertEqual(navigation.section("world"), self.world)
        self.assertEqual(navigation.section("world", "coast"), self.coast)
        others = (("world", "sport"), ("nothing", "coast"), ("",), ("empty",), ("world", "empty-below"))
        for slugs in (("coast",), ("sport", "coast"), *others):
            with self.subTest(slugs):
                self.assertIsNone(navigation.section(*slugs))

    def test_lists_a_subsection_under_its_department(self):
        navigation = read_navigation()
        self.assertEqual(navigation.listed(self.harbours).name, "World")
        self.assertEqual(navigation.listed(self.sport).name, "Sport")

    def test_knows_the_section_of_a_story_that_has_come_meanwhile(self):
        navigation = read_navigation()
        empty = Section.objects.get(slug="empty")
        self.assertEqual(navigation.section_by_pk(empty.pk), empty)
        self.assertIsNone(navigation.listed(empty))

    def test_has_the_breaking_news_in_the_same_query_until_it_ends(self):
        self.assertIsNone(read_navigation().line)
        until = timezone.now() + datetime.timedelta(hours=1)
        line = put_out("It rains", "/world/", until, by=None)
        with self.assertNumQueries(1):
            navigation = read_navigation()
        self.assertEqual(navigation.line, Line(line.ends, line.since, "It rains", "/world/"))
        self.assertEqual([page.title for page in navigation.pages], ["About", "Contact"])
        self.assertEqual([item.name for item in navigation.sections], ["World", "Sport"])
        with time_machine.travel(line.until, tick=False):
            self.assertIsNone(read_navigation().line)

    def test_may_be_empty(self):
        self.assertEqual(
            (Navigation().sections, Navigation().pages, Navigation().section("world")), ((), (), None)
        )
