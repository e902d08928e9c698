"""What people without an account get who have a link to an article."""

import datetime
import re
from dataclasses import replace

import time_machine
from django.contrib.auth.models import Group
from django.test import Client, TestCase
from django.utils import timezone

from articles import publishing
from articles.models import DraftLink, Note
from articles.publishing import Content
from articles.publishing.notes.draft_links import MOST_IN_AN_HOUR, end_link, make_link
from articles.publishing.notes.writing import LONGEST
from articles.views.shared.templates import iso
from tests import factories as make
from tests.articles.admin.desk.case import somebody

DAY = datetime.timedelta(days=1)
FORM = {"name": "Dr. Vo", "text": "The second figure is wrong."}


class LinkTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.article = make.article(headline="Not out yet", body="<h2>One</h2><p>secretword</p>", by=cls.ana)
        cls.link, cls.secret = make_link(cls.article, by=cls.ana)

    def setUp(self):
        self.client = Client(enforce_csrf_checks=True)

    @property
    def address(self):
        return f"/preview/{self.secret}/"

    def assert_ended(self, address=None):
        response = self.client.get(address or self.address)
        self.assertContains(response, "This link has ended", status_code=404)
        self.assertNotContains(response, "secretword", status_code=404)
        self.assertIn("no-store", response["Cache-Control"])

    def write(self, **changes):
        return self.client.post(self.address, FORM | changes)


class ReadingTests(LinkTestCase):
    def test_shows_the_newest_saved_version(self):
        self.assertContains(self.client.get(self.address), "secretword")
        publishing.save_draft(
            self.article, replace(Content.of(self.article), body="<p>newerword</p>"), by=self.ana
        )
        self.assertContains(self.client.get(self.address), "newerword")

    def test_shows_the_working_copy_of_a_live_article(self):
        live = publishing.publish(self.article, by=self.ana)
        publishing.save_draft(live, replace(Content.of(live), body="<p>copyword</p>"), by=self.ana)
        self.assertContains(self.client.get(self.address), "copyword")
        self.assertNotContains(self.client.get(live.get_absolute_url()), "copyword")

    def test_says_that_it_is_a_draft_and_when_it_was_saved(self):
        saved = timezone.now() - 2 * DAY
        self.article.revisions.update(at=saved)
        self.assertContains(self.client.get(self.address), f'Draft, saved <time datetime="{iso(saved)}">')
        live = publishing.publish(self.article, by=self.ana)
        page = self.client.get(self.address)
        self.assertContains(page, f'Published <time datetime="{iso(live.publish_at)}">')
        self.assertNotContains(page, "Draft, saved")
        live = publishing.save_draft(live, replace(Content.of(live), body="<p>copyword</p>"), by=self.ana)
        page = self.client.get(self.address)
        self.assertContains(page, f'Draft, saved <time datetime="{iso(live.working_copy.at)}">')
        self.assertNotContains(page, "Published <time")

    def test_is_kept_by_nobody(self):
        for response in (self.client.get(self.address), self.client.get("/preview/" + "0" * 48 + "/")):
            self.assertEqual(response["Cache-Control"], "no-store, private")
            self.assertEqual(response["X-Robots-Tag"], "noindex, nofollow, noarchive")
            self.assertEqual(response["Referrer-Policy"], "no-referrer")
            self.assertEqual(response["X-Frame-Options"], "DENY")
            self.assertNotIn("ETag", response)
            self.assertFalse(response.cookies)
        self.assertContains(self.client.get(self.address), '<meta name="robots" content="noindex')

    def test_says_nothing_of_the_article_to_messengers(self):
        page = self.client.get(self.address).content.decode()
        for name in ("og:image", "og:description", "article:published_time", "ld+json", "oembed"):
            self.assertNotIn(name, page)

    def test_takes_eight_queries(self):
        with self.assertNumQueries(8):
            self.client.get(self.address)

    def test_ends_with_its_time(self):
        with time_machine.travel(timezone.now() + 7 * DAY - datetime.timedelta(minutes=1)):
            self.assertEqual(self.client.get(self.address).status_code, 200)
        with time_machine.travel(timezone.now() + 7 * DAY + datetime.timedelta(minutes=1)):
            self.assert_ended()

    def test_ends_when_somebody_ends_it(self):
        end_link(self.article, self.link.pk)
        self.assert_ended()
        self.assertEqual(self.write().status_code, 404)
        self.assertFalse(Note.objects.exists())

    def test_ends_with_the_right_of_its_maker(self):
        for change in ({"is_active": False}, {"is_staff": False}, {"is_superuser": False}):
            with self.subTest(change):
                type(self.ana).objects.filter(pk=self.ana.pk).update(**change)
                self.assert_ended()
                type(self.ana).objects.filter(pk=self.ana.pk).update(
                    is_active=True, is_staff=True, is_superuser=True
                )
        self.assertEqual(self.client.get(self.address).status_code, 200)
        self.ana.delete()
        self.assert_ended()

    def test_ends_with_a_group_that_is_taken_away(self):
        ben = somebody("ben", "Publishers")
        _, secret = make_link(self.article, by=ben)
        self.assertEqual(self.client.get(f"/preview/{secret}/").status_code, 200)
        ben.groups.remove(Group.objects.get(name="Publishers"))
        self.assert_ended(f"/preview/{secret}/")

    def test_ends_for_good_in_the_bin(self):
        publishing.put_in_bin(self.article, by=self.ana)
        self.assert_ended()
        publishing.take_out_of_bin(self.article, by=self.ana)
        self.assert_ended()

    def test_its_secret_is_nowhere_in_the_database(self):
        self.assertFalse(DraftLink.objects.filter(hashed=self.secret).exists())
        self.assertEqual(len(self.link.hashed), 64)
        self.assertTrue(re.fullmatch("[0-9a-f]{48}", self.secret))


class WritingTests(LinkTestCase):
    def test_a_comment_is_a_note_at_the_desk(self):
        response = self.write()
        self.assertEqual((response.status_code, response["Location"]), (303, f"{self.address}?sent#comments"))
        self.assertContains(self.client.get(f"{self.address}?sent"), "The newsroom has your comment")
        (note,) = Note.objects.all()
        self.assertEqual((note.article, note.by, note.who), (self.article, None, "Dr. Vo"))
        self.assertEqual(note.text, FORM["text"])

    def test_sent_twice_it_is_one(self):
        self.write()
        self.assertEqual(self.write().status_code, 303)
        self.assertEqual(Note.objects.count(), 1)

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self):
        for wrong, told in (
            ({"name": " "}, "Write your name"),
            ({"text": ""}, "Write your name"),
            ({"text": "x" * (LONGEST + 1)}, "at most 5000 characters"),
        ):
            with self.subTest(told):
                response = self.write(**wrong)
                self.assertContains(response, told, status_code=422)
                self.assertContains(response, (FORM | wrong)["text"], status_code=422)
                self.assertEqual(response["Cache-Control"], "no-store, private")
        self.assertFalse(Note.objects.exists())

    def test_more_than_a_form_is_not_read(self):
        self.assertContains(self.write(text="x" * 70_000), "at most 5000 characters", status_code=422)
        self.assertFalse(Note.objects.exists())

    def test_so_many_are_taken_in_an_hour(self):
        for number in range(MOST_IN_AN_HOUR):
            Note.objects.create(article=self.article, name="Vo", text=str(number))
        self.assertContains(self.write(), "none is taken for an hour", status_code=422)
        Note.objects.update(at=timezone.now() - DAY)
        self.assertEqual(self.write().status_code, 303)

    def test_hostile_words_are_words(self):
        hostile = "<script>alert(1)</script>\x00\u202e"
        self.assertEqual(self.write(name=hostile, text=hostile).status_code, 303)
        response = self.write(name='"><script>', text="")
        self.assertNotContains(response, '"><script>', status_code=422)
