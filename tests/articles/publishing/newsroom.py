"""A small newsroom that the publishing tests share: one section, two authors, one editor."""

from django.contrib.auth import get_user_model
from django.test import TestCase

from articles.models import Author, Section
from articles.publishing import BylineContent, Content


class NewsroomTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = get_user_model().objects.create_user("editor")
        cls.world = Section.objects.create(name="World", slug="world")
        cls.harbours = Section.objects.create(name="Harbours", slug="harbours", parent=cls.world)
        cls.mara = Author.objects.create(name="Mara Ellis", slug="mara-ellis")
        cls.jonas = Author.objects.create(name="Jonas Okafor", slug="jonas-okafor")

    def content(self, **changes):
        written = {
            "headline": "Harbour towns weigh the price",
            "standfirst": "Engineers say the line is moving.",
            "body": "<h2>A line</h2><p>The wall is four metres high.</p>",
            "section_id": self.world.pk,
            "tags": ("coast", "money"),
            "bylines": (BylineContent(self.mara.pk), BylineContent(self.jonas.pk, "Photographs by")),
        }
        return Content(**(written | changes))
