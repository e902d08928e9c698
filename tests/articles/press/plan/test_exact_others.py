"""What is said anew of an author, a section, a tag or a picture is printed where it stands, and nowhere else."""

import time_machine

from articles.models import Author, Image, Section, Tag
from articles.publishing.authors import save_author
from articles.publishing.pictures import change_image
from articles.publishing.sections import save_section
from articles.publishing.tags import save_tag
from tests import factories
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly


class OthersTest(Exactly):
    def say_of_mara(self, **said):
        author = Author.objects.get(pk=self.mara.pk)
        for name, value in said.items():
            setattr(author, name, value)
        save_author(author)

    def test_a_role_without_a_biography_is_on_the_authors_page_alone(self):
        self.say_of_mara(role="Science editor")
        self.assertEqual(self.assert_exact(), {"/author/mara-ellis/"})

    def test_a_role_beside_a_biography_is_on_the_articles_too(self):
        self.say_of_mara(biography="Writes about water.")
        own = {story.get_absolute_url() for story in self.mara.articles.all()}
        self.assertEqual(self.assert_exact(), {"/author/mara-ellis/", *own})
        self.before = self.files()
        self.say_of_mara(role="Science editor")
        self.assertEqual(self.assert_exact(), {"/author/mara-ellis/", *own})

    def test_links_are_on_the_authors_page_alone(self):
        self.say_of_mara(links="https://mara.example/")
        self.assertEqual(self.assert_exact(), {"/author/mara-ellis/"})

    def test_a_sections_description_is_on_its_page_alone(self):
        section = Section.objects.get(pk=self.culture.pk)
        section.description = "Books, stages, pictures."
        save_section(section)
        self.assertEqual(self.assert_exact(), {"/culture/"})

    def test_a_tags_description_is_on_its_page_alone(self):
        tag = Tag.objects.get(name="coast")
        tag.description = "Where land ends."
        save_tag(tag)
        self.assertEqual(self.assert_exact(), {"/tag/coast/"})

    def test_a_credit_is_on_no_card_and_under_no_portrait(self):
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk)
        self.say_of_mara(portrait=image)
        self.rendered()
        self.before = self.files()
        change_image(image, credit="Photograph: Ana Lind", caption="At high tide.")
        self.assertEqual(self.assert_exact(), {self.story(0).get_absolute_url()})

    def test_an_alt_text_is_in_texts_and_on_the_page_of_whom_it_shows(self):
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk)
        self.say_of_mara(portrait=image)
        self.rendered()
        self.before = self.files()
        change_image(Image.objects.get(pk=image.pk), alt="A wall at dusk")
        self.assertEqual(self.assert_exact(), {self.story(0).get_absolute_url(), "/author/mara-ellis/"})

    def cut(self, crops, maybe=()):
        """What is printed if a picture gets these crops: it leads the front, and Mara is seen on it."""
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk)
        self.say_of_mara(portrait=image)
        self.rendered()
        self.before = self.files()
        change_image(Image.objects.get(pk=image.pk), crops=crops)
        return self.assert_exact(maybe=maybe)

    def test_a_crop_for_search_engines_or_other_sites_is_on_its_articles_page_alone(self):
        for crops in ("16:9 0 0 900", "16:9 0 0 900;40:21 0 0 900"):
            self.assertEqual(self.cut(crops), {self.story(0).get_absolute_url()})
            self.assertEqual(self.feeds, set())

    def test_a_crop_for_cards_is_where_they_are(self):
        # It may be in the list of those beside it, and so is looked at once more.
        own = self.story(0).get_absolute_url()
        found = self.cut("3:2 0 0 900", maybe=[own])
        self.assertLess({"/", "/world/", "/author/mara-ellis/", "/tag/coast/"}, found)
        self.assertNotIn(own, found)
        self.assertFalse([path for path in found if path.endswith("/06/")])
        self.assertEqual(self.feeds, set())

    def test_a_crop_for_small_cards_is_where_they_are(self):
        own = self.story(0).get_absolute_url()
        found = self.cut("4:3 0 0 900", maybe=["/"])
        self.assertLess({own, "/2026/06/", "/world/2026/06/"}, found)
        self.assertNotIn("/world/", found)
        self.assertEqual(self.feeds, set())

    def test_a_square_crop_is_beside_whom_it_shows(self):
        own = {story.get_absolute_url() for story in self.mara.articles.all()}
        found = self.cut("1:1 0 0 500")
        self.assertEqual(found, {"/author/mara-ellis/", self.story(0).get_absolute_url(), *own})

    def test_words_of_the_library_are_on_no_page_that_has_its_own(self):
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk, lead_credit="Our archive", lead_caption="")
        self.rendered()
        self.before = self.files()
        change_image(image, credit="Photograph: Ana Lind", caption="At high tide.")
        self.assertEqual(self.assert_exact(), set())

    def test_a_caption_of_the_articles_own_is_on_its_page_alone(self):
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk)
        self.rendered()
        self.before = self.files()
        with time_machine.travel(NOON + HOUR, tick=False):
            article = self.republished(0, lead_caption="At high tide.")
            self.assertEqual(self.assert_exact(), {article.get_absolute_url()})
            self.before = self.files()
            self.republished(0, lead_alt="A wall at dusk")
            self.assertEqual(self.assert_exact(), {article.get_absolute_url()})
