"""Addresses with vowel signs and other marks, from what is typed at the desk to what stands on the shelf."""

from urllib.parse import quote, unquote

from django.test import TestCase

from articles.models import Section, Tag
from articles.press.shelf.addresses import has_place
from articles.publishing.article.content.named_rows import standing_names
from articles.publishing.tags import save_tag
from tests import factories

HINDI, THAI, BENGALI = "हिंदी में जानकारी", "ข่าววันนี้", "বাংলাদেশের"


class MarksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section(BENGALI)
        cls.author = factories.author(THAI)
        cls.article = factories.published_article(
            headline=HINDI, section=cls.section, authors=[cls.author], tags=(THAI,)
        )

    def test_stand_in_every_address(self):
        self.assertEqual(self.article.slug, "हिंदी-में-जानकारी")
        start = quote(f"/{BENGALI}/")
        for address in (
            self.article.get_absolute_url(),
            start,
            quote(f"/tag/{THAI}/"),
            quote(f"/author/{THAI}/"),
            quote(f"/tag/{THAI}/") + f"{self.article.publish_at:%Y/%m}/",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)
                self.assertTrue(has_place(unquote(address)))
        self.assertEqual(self.client.get(f"{start}feed/").status_code, 200)

    def test_are_taken_as_they_are_typed_at_the_desk(self):
        self.client.force_login(factories.editor())
        form = "/admin/articles/section/add/"
        self.client.post(form, {"name": HINDI, "slug": ""})
        self.client.post(form, {"name": "Cafe", "slug": "cafe\u0301"})
        slugs = Section.objects.values_list("slug", flat=True)
        self.assertEqual([*slugs], [BENGALI, "हिंदी-में-जानकारी", "café"])
        response = self.client.post(form, {"name": "Two", "slug": "two words"})
        self.assertContains(response, "Write letters, digits, hyphens and underscores only")

    def test_change_no_address_that_there_is(self):
        old = save_tag(Tag(name=HINDI, slug="हद-म-जनकर"))
        old.description = "Another sentence."
        save_tag(old)
        self.assertEqual(Tag.objects.get(pk=old.pk).slug, "हद-म-जनकर")

    def test_an_old_text_finds_the_tag_that_was_renamed_when_marks_were_left_out(self):
        old = save_tag(Tag(name=HINDI, slug="हद-म-जनकर"))
        old.name, old.slug = "Hindi", "hindi"
        save_tag(old)
        self.assertEqual(standing_names([HINDI]), ("Hindi",))
