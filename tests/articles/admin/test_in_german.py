"""The desk of a paper in another language: Django's words are in that language, ours are English, and nothing breaks by the
forms of its dates and numbers."""

import datetime
import re

from django.test import TestCase, override_settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, State
from tests import factories
from tests.articles.admin.desk.case import address
from tests.articles.admin.desk.filled_form import change_address, errors, fields, write
from tests.browser.desk_pages import furnished, pages

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
# What browsers and scripts read: a decimal comma there is no number.
NUMBERS = ("width", "height", "min", "max", "step", "maxlength", "size", "data-x", "data-y", "data-version")


PAPER = {"NAME": "Die Flut", "TAGLINE": "", "URL": "http://localhost:8000", "LANGUAGE": "de"}


@override_settings(LANGUAGE_CODE="de", NEWSROOM=PAPER)
class InGermanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        cls.article = furnished(cls.editor)

    def setUp(self):
        self.client.force_login(self.editor)

    def test_every_page_of_the_desk_is_there_and_django_speaks_german(self):
        for path in pages():
            with self.subTest(path):
                response = self.client.get(path, follow=True)
                self.assertEqual(response.status_code, 200)
                page = response.content.decode()
                self.assertIn("Abmelden", page)
                self.assertNotIn("Log out", page)
                self.assert_machines_read(LexborHTMLParser(page))

    def assert_machines_read(self, tree):
        for node in tree.css("input"):
            value = node.attributes.get("value") or ""
            if node.attributes.get("type") == "datetime-local" and value:
                self.assertRegex(value, TIME)
            if node.attributes.get("type") in ("number", "hidden"):
                self.assertNotRegex(value, r"\A\d+,\d+\Z")
        for node in tree.css("*"):
            for name in NUMBERS:
                self.assertNotIn(",", node.attributes.get(name) or "", node.html[:160])
            self.assertNotRegex(node.attributes.get("style") or "", r"\d,\d")

    def test_a_story_is_written_scheduled_mended_and_published(self):
        due = timezone.localtime() + datetime.timedelta(days=3)
        page = self.client.get(address("article_add"))
        sent = fields(page, headline="Häfen wägen die Mauer", body="<p>Fünf Meter hoch.</p>")
        sent |= {"section": self.article.section_id, "bylines": factories.author("Mara Ellis").name}
        sent |= {"publish_at": f"{due:%Y-%m-%dT%H:%M}", "_schedule": "1"}
        self.assertEqual(errors(self.client.post(address("article_add"), sent)), {})
        story = Article.objects.get(headline="Häfen wägen die Mauer")
        self.assertEqual(story.publish_at, due.replace(second=0, microsecond=0))
        form = self.client.get(change_address(story))
        self.assertContains(form, f'value="{due:%Y-%m-%dT%H:%M}"')
        write(self.client, story, standfirst="Noch ein Satz.")
        story.refresh_from_db()
        self.assertEqual((story.standfirst, story.is_scheduled), ("Noch ein Satz.", True))
        write(self.client, story, publish_at="", _publish="1")
        story.refresh_from_db()
        self.assertEqual((story.state, story.is_public()), (State.PUBLISHED, True))

    def test_what_is_wrong_is_said_at_its_field(self):
        page = write(self.client, self.article, canonical_url="kein Netz", publish_at="morgen", _schedule="1")
        self.assertContains(page, "Write the address of a web page", status_code=422)
        self.assertContains(page, "Write the day and the time like", status_code=422)
        self.assertContains(page, 'value="morgen"', status_code=422)
