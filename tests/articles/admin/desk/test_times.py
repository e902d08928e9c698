"""Times that are typed: kept by every button, asked about when the clocks go back, refused at their field."""

import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, somebody
from tests.articles.admin.desk.filled_form import change_address, errors, fields, write

UNTIL = "2031-05-02T18:00"
AT = "2031-05-01T06:00"


class KeptTimes(DeskTestCase):
    def shown(self, article):
        sent = fields(self.client.get(change_address(article)))
        return sent.get("publish_at"), sent["expires_at"]

    def test_stay_in_the_form_after_every_button_that_does_not_use_them(self):
        cases = (
            ("_save_draft", make.article),
            ("_submit", make.article),
            ("_return", lambda: publishing.submit(make.article(), by=self.user)),
            ("_save_draft", make.published_article),
            ("_correct", make.published_article),
            ("_withdraw", make.published_article),
            ("_cancel", self.with_scheduled_changes),
        )
        for button, made in cases:
            with self.subTest(button):
                article = made()
                typed = {"publish_at": AT, "expires_at": UNTIL, button: "1"}
                note = {"correction_text": "Four."} if button == "_correct" else {}
                write(self.client, article, **typed, **note)
                self.assertEqual(self.shown(article), (AT, UNTIL))
                article = Article.objects.get(pk=article.pk)
                self.assertIsNone(article.expires_at)
                self.assertIn("until 2 May 2031, 18:00", article.acts.first().detail)

    def with_scheduled_changes(self):
        later = timezone.now() + datetime.timedelta(days=1)
        return publishing.schedule(make.published_article(), make.content(headline="New"), by=None, at=later)

    def test_stay_with_a_new_article(self):
        write(self.client, headline="New", expires_at=UNTIL, _save_draft="1")
        self.assertEqual(self.shown(Article.objects.get()), ("", UNTIL))

    def test_stay_with_a_text_that_is_merged(self):
        article = make.article(headline="One", body="<p>Two.</p>")
        sent = fields(self.client.get(change_address(article)), headline="Three", expires_at=UNTIL)
        write(self.client, article, body="<p>Four.</p>", _save_draft="1")
        self.client.post(change_address(article), sent | {"_save_draft": "1"})
        self.assertEqual(self.shown(article), ("", UNTIL))

    def test_count_when_it_is_published_and_are_kept_no_longer(self):
        article = make.published_article()
        write(self.client, article, expires_at=UNTIL, _save_draft="1")
        write(self.client, article, _publish="1")
        article.refresh_from_db()
        self.assertEqual(f"{timezone.localtime(article.expires_at):%Y-%m-%dT%H:%M}", UNTIL)
        self.assertIsNone(article.typed_times)

    def test_an_end_that_was_emptied_stays_empty_until_it_is_published(self):
        article = make.published_article(until=timezone.now() + datetime.timedelta(days=3))
        write(self.client, article, expires_at="", _save_draft="1")
        self.assertEqual(self.shown(article), ("", ""))
        self.assertIsNotNone(Article.objects.get().expires_at)
        write(self.client, article, _publish="1")
        self.assertIsNone(Article.objects.get().expires_at)

    def test_of_a_colleague_are_not_lost_under_an_older_form(self):
        article = make.published_article()
        sent = fields(self.client.get(change_address(article)))
        self.client.force_login(somebody("ben", "Publishers"))
        write(self.client, article, expires_at=UNTIL, _save_draft="1")
        self.client.force_login(self.user)
        saved = self.client.post(change_address(article), sent | {"headline": "New", "_save_draft": "1"})
        self.assertEqual(saved.status_code, 302)
        self.assertEqual(self.shown(article), ("", UNTIL))
        other = sent | {"expires_at": "2031-06-01T06:00", "_save_draft": "1", "headline": "New"}
        refused = self.client.post(change_address(article), other | {"version": "2"})
        self.assertIn("to 2 May 2031, 18:00", errors(refused)["expires_at"])
        again = fields(refused) | {"_save_draft": "1"}
        self.assertEqual(self.client.post(change_address(article), again).status_code, 302)
        self.assertEqual(self.shown(article), ("", "2031-06-01T06:00"))


@override_settings(TIME_ZONE="Europe/London")
class TheClocksTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        travel = time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC), tick=False)
        travel.start()
        self.addCleanup(travel.stop)
        self.article = make.article()

    def schedule(self, time, **more):
        return write(self.client, self.article, publish_at=time, _schedule="1", **more)

    def test_going_back_is_asked_about_and_each_of_the_two_can_be_chosen(self):
        for which, hour in (("before", 0), ("after", 1)):
            with self.subTest(which):
                refused = self.schedule("2026-10-25T01:30")
                self.assertIn("Choose which one", errors(refused)["publish_at"])
                self.assertContains(refused, "01:30, after the clocks go back", status_code=422)
                again = fields(refused) | {"publish_at_which": which, "_schedule": "1"}
                self.client.post(change_address(self.article), again)
                article = Article.objects.get()
                self.assertEqual(
                    article.publish_at, datetime.datetime(2026, 10, 25, hour, 30, tzinfo=datetime.UTC)
                )
                page = self.client.get(change_address(article))
                self.assertEqual(fields(page)["publish_at_which"], which)
                self.assertContains(page, f"01:30, {which} the clocks go back")
                # Saved as it is shown, it stays the one that it is.
                write(self.client, article, headline=f"{which} it", _save_draft="1")
                self.assertEqual(Article.objects.get().publish_at, article.publish_at)
                publishing.return_to_draft(article, by=self.user)

    def test_going_forward_leave_out_times_and_the_message_says_what_to_write(self):
        self.assertEqual(
            errors(self.schedule("2026-03-29T01:30"))["publish_at"],
            "The clocks go forward that night, and there is no 01:30: write 02:30.",
        )

    def test_a_year_of_five_digits_is_refused_at_its_field(self):
        for time in ("12026-03-29T01:30", "20266-03-29T01:30"):
            self.assertIn("publish_at", errors(self.schedule(time)))


class OneFormOfTimes(DeskTestCase):
    def test_in_lists_that_django_makes_too(self):
        at = datetime.datetime(2026, 11, 3, 16, 3, tzinfo=ZoneInfo("Europe/London"))
        publishing.begin(make.content(), by=self.user, when=at)
        self.user.is_superuser = True
        self.user.save()
        page = self.client.get(reverse("admin:articles_act_changelist"))
        self.assertContains(page, "3 Nov 2026, 16:03")
        self.assertNotContains(page, "p.m.")
