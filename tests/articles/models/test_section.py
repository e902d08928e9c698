from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import TestCase

from articles.models import Page, Section
from articles.models.addresses.paths import RESERVED
from tests import factories


class SlugTests(TestCase):
    def refusal(self, row):
        with self.assertRaises(ValidationError) as caught:
            row.full_clean()
        return " ".join(caught.exception.messages)

    def test_a_word_of_the_sites_own_is_refused_for_sections_and_pages(self):
        for word in sorted(RESERVED):
            with self.subTest(word):
                self.assertIn("an address of the site itself", self.refusal(Section(name="x", slug=word)))
                self.assertIn("an address of the site itself", self.refusal(Page(title="x", path=word)))
        self.assertIn("an address of the site itself", self.refusal(Section(name="x", slug="Admin")))

    def test_a_number_is_refused(self):
        self.assertIn("taken for a year", self.refusal(Section(name="x", slug="2026")))

    def test_a_word_of_another_script_is_welcome(self):
        Section(name="Мир", slug="мир").full_clean()

    def test_a_section_and_a_page_cannot_have_one_address(self):
        world, about = factories.section("World"), factories.page("About")
        self.assertIn("The page “About” has", self.refusal(Section(name="x", slug="about")))
        self.assertIn("The section “World” has", self.refusal(Page(title="x", path="world")))
        for stands in (world, about, Section(name="x", slug="about", parent=world)):
            with self.subTest(str(stands)):
                stands.full_clean()

    def test_neither_can_what_stands_below_them(self):
        world = factories.section("World")
        coast = factories.section("Coast", parent=world)
        page = factories.page("Maps", path="world/maps")
        self.assertIn("The section “World › Coast” has", self.refusal(Page(title="x", path="world/coast")))
        self.assertIn("The page “Maps” has", self.refusal(Section(name="x", slug="maps", parent=world)))
        factories.page("Lights", path="sea/coast")
        self.assertIn("The page “Lights” has", self.refusal(Section(pk=world.pk, name="x", slug="sea")))
        for stands in (world, coast, page, Page(title="x", path="world/coast/maps")):
            with self.subTest(str(stands)):
                stands.full_clean()

    def test_a_page_below_others_has_words_between_single_slashes(self):
        for path in ("a//b", "/a", "a/", "a b/c", "a/../b", "a.b/c"):
            with self.subTest(path):
                self.assertIn("with a slash between two", self.refusal(Page(title="x", path=path)))
        self.assertIn("7 words at most", self.refusal(Page(title="x", path="a/b/c/d/e/f/g/h")))
        self.assertIn("too long", self.refusal(Page(title="x", path=f"a/{'𠀀' * 70}")))

    def test_a_page_below_others_takes_no_address_of_the_sites_own(self):
        for path in ("tag/x", "2026/x", "a/feed", "a/b/feed", "a/feed/atom", "a/2026/05", "a/b/2026/05/07"):
            with self.subTest(path):
                self.assertRegex(self.refusal(Page(title="x", path=path)), "choose another|a year")
        for path in ("a/2026", "a/2026/05/x", "a/tag/x", "a/feeder"):
            with self.subTest(path):
                Page(title="x", path=path).full_clean()

    def test_two_sections_cannot_have_one_slug_nor_two_subsections_of_one(self):
        world, sport = factories.section("World"), factories.section("Sport")
        factories.section("Coast", parent=world)
        factories.section("Coast", parent=sport)
        for section in (Section(name="x", slug="world"), Section(name="x", slug="coast", parent=world)):
            with self.subTest(section.slug):
                with self.assertRaises(IntegrityError), transaction.atomic():
                    section.save()
                self.assertIn("has this slug", self.refusal(section))


class LevelsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.coast = factories.section("Coast", parent=cls.world)

    def test_sections_go_two_levels_deep(self):
        with self.assertRaisesMessage(ValidationError, "two levels deep"):
            Section(name="Harbours", slug="harbours", parent=self.coast).clean()

    def test_a_section_cannot_be_part_of_itself(self):
        self.world.parent = self.world
        with self.assertRaisesMessage(ValidationError, "two levels deep"):
            self.world.clean()

    def test_a_section_with_subsections_cannot_become_one(self):
        self.world.parent = factories.section("Sport")
        with self.assertRaisesMessage(ValidationError, "has subsections"):
            self.world.clean()

    def test_knows_its_department_and_its_address(self):
        self.assertEqual((self.coast.department, self.world.department), (self.world, self.world))
        self.assertEqual(self.coast.get_absolute_url(), "/world/coast/")

    def test_one_in_use_is_not_deleted(self):
        factories.published_article(section=self.coast)
        for section in (self.coast, self.world):
            with self.subTest(section.name), self.assertRaises(ProtectedError):
                section.delete()
