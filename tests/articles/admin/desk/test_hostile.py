"""Strings that break things, in every field of the lists' own forms: text or dropped, never a 500."""

from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin.article.search import find_articles
from articles.models import Article, Image, Section, Tag
from tests import corpora
from tests import factories as make

from .case import DeskTestCase, address

MARK = "<script>alert('x')</script>"


class HostileTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.strings = [
            *corpora.sample(corpora.strings(), every=20),
            "\x00",
            "a\x00b",
            "\u202e",
            "x" * 5_000,
            MARK,
        ]
        self.some = corpora.sample(self.strings, every=2)

    def fill(self, form, *fields, strings=None, **rest):
        for text in strings or self.strings:
            with self.subTest(form=form, text=text[:60]):
                answer = self.client.post(address(f"{form}_add"), rest | dict.fromkeys(fields, text))
                self.assertIn(answer.status_code, (200, 302))
                if answer.status_code == 200:
                    self.assertTrue(answer.context["errors"], "no error, and not saved")
                    self.assertNotContains(answer, MARK)

    def test_in_sections(self):
        for text in self.strings:
            self.fill("section", "name", "description", strings=[text], slug="", parent="")
            # Each is shown in the form of the next, so a few hundred of them would take minutes.
            if len(Section.objects.all()) > len(self.some):
                Section.objects.all().delete()
        self.fill("section", "slug", strings=self.some, name="Plain", parent="", description="")
        self.assertNotContains(self.client.get(address("section_changelist")), MARK)

    def test_in_authors(self):
        self.fill(
            "author", "name", "role", "biography", strings=self.some, slug="", user="", portrait="", links=""
        )
        self.fill(
            "author",
            "links",
            "slug",
            strings=self.some,
            name="Plain",
            role="",
            biography="",
            user="",
            portrait="",
        )
        self.assertNotContains(self.client.get(address("author_changelist")), MARK)

    def test_in_tags(self):
        self.fill("tag", "name", "description", slug="")
        self.assertNotContains(self.client.get(address("tag_changelist")), MARK)

    def test_in_pages(self):
        self.fill(
            "page", "title", "body", strings=self.some, path="", language="en-gb", order="0", published="on"
        )
        self.assertNotContains(self.client.get(address("page_changelist")), MARK)

    def test_in_the_searches(self):
        for text in self.strings:
            with self.subTest(text=text[:60]):
                list(find_articles(Article.objects.all(), text.replace("\0", "")))
        for text in self.some:
            for name in ("article", "section", "author", "tag", "page", "image"):
                self.search(name, text)

    def search(self, name, text):
        with self.subTest(name=name, text=text[:60]):
            answer = self.client.get(address(f"{name}_changelist"), {"q": text})
            self.assertEqual(answer.status_code, 200)
            self.assertNotContains(answer, MARK)

    def test_in_a_picture(self):
        image = make.image()
        for text in self.some:
            with self.subTest(text=text[:60]):
                words = dict.fromkeys(("alt", "caption", "credit"), text)
                data = words | {"focus_x": "50", "focus_y": "50"}
                answer = self.client.post(address("image_change", image.pk), data)
                self.assertIn(answer.status_code, (200, 302))
        self.assertNotContains(self.client.get(address("image_changelist")), MARK)

    def test_as_the_name_of_a_file(self):
        data = make.picture_bytes(60, 60, seed=1)
        # A longer name is refused by Django's own reading of the request.
        for text in [*self.some, "y" * 900 + ".jpg"]:
            if len(text) > 1_000:
                continue
            with self.subTest(text=text[:60]):
                Image.objects.all().delete()
                file = SimpleUploadedFile("x.jpg", data)
                file._name = text
                answer = self.client.post(address("image_add"), {"files": [file]})
                self.assertIn(answer.status_code, (200, 302))

    def test_as_a_tag_for_many(self):
        article = make.article()
        for text in self.some:
            with self.subTest(text=text[:60]):
                self.assertEqual(self.act("add_tag", article, tag=text).status_code, 200)

    def test_as_xss_in_names(self):
        texts = corpora.sample(corpora.payloads(), every=9)
        Tag.objects.bulk_create(
            Tag(name=text[:90] + str(number), slug=f"t{number}") for number, text in enumerate(texts)
        )
        Section.objects.create(name=MARK, slug="mark")
        page = self.client.get(address("tag_changelist"))
        self.assertNotContains(page, "<img src=x")
        self.assertNotContains(page, "<svg onload")
        self.assertNotContains(self.act("move_to_section", make.article()), MARK)
