"""The page on which a live article gets another publish time."""

import datetime

import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, OldAddress
from tests import factories as make

from .case import DeskTestCase, somebody
from .filled_form import change_address, errors
from .test_session import login_form

NOON = datetime.datetime(2026, 11, 10, 12, 0, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


class PublishTimeTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with time_machine.travel(NOON, tick=False):
            cls.article = make.published_article(slug="wall")

    def setUp(self):
        super().setUp()
        travel = time_machine.travel(NOON + DAY, tick=False)
        travel.start()
        self.addCleanup(travel.stop)
        self.address = reverse("admin:articles_article_publish_time", args=[self.article.pk])

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def shown(self):
        """What the page has besides the time."""
        return {"seen": self.client.get(self.address).context["form"]["seen"].value()}

    def send(self, typed, **sent):
        return self.client.post(self.address, {**self.shown(), "publish_at": typed, **sent})

    def test_the_form_leads_to_it_and_it_says_beforehand_what_it_changes(self):
        later = timezone.now() + DAY
        publishing.schedule(self.article, make.content(headline="Scheduled"), by=None, at=later)
        form = self.client.get(change_address(self.article))
        self.assertContains(form, "Published on Tuesday 10 November 2026, 12:00 (Europe/London).")
        self.assertContains(form, f'href="{self.address}"')
        page = self.client.get(self.address)
        self.assertContains(page, 'value="2026-11-10T12:00"')
        self.assertContains(page, "/2026/11/10/wall/</span>, then leads there.")
        self.assertContains(page, "scheduled for Thursday 12 November 2026, 12:00 (Europe/London) go out")

    def test_is_changed_at_once_and_the_editor_is_told_the_address(self):
        told = self.told(self.client.get(self.send("2026-11-08T09:30").url))
        self.assertIn("Sunday 8 November 2026, 09:30 (Europe/London) as its publish time now.", told[0])
        self.assertIn("Its address is /2026/11/08/wall/; the one before leads there.", told[0])
        self.assertEqual(timezone.localtime(self.now().publish_at).isoformat(), "2026-11-08T09:30:00+00:00")
        self.assertEqual(OldAddress.objects.get().path, "/2026/11/10/wall/")

    def test_sent_as_it_is_shown_or_twice_changes_nothing_more(self):
        self.send("2026-11-10T12:00")
        self.assertEqual(self.now().publish_at, NOON)
        self.send("2026-11-08T09:30")
        acts = self.article.acts.count()
        self.send("2026-11-08T09:30")
        self.assertEqual(self.article.acts.count(), acts)

    def test_what_is_wrong_is_said_at_its_field_and_stays_typed(self):
        for typed, said in (
            ("2026-12-01T09:30", "cannot be still to come"),
            ("", "Write the day and the time"),
            ("soon", "like 2026-11-23 06:00"),
            ("1887-11-08T09:30", "1887 cannot be meant"),
        ):
            with self.subTest(typed):
                page = self.send(typed)
                self.assertIn(said, errors_of(page))
                self.assertEqual(page.context["form"]["publish_at"].value(), typed)
        self.assertEqual(self.now().publish_at, NOON)

    def test_of_a_time_that_comes_twice_it_is_asked_which_one(self):
        asked = self.send("2026-10-25T01:30")
        self.assertIn("comes twice. Choose which one.", errors_of(asked))
        self.assertContains(asked, "01:30, after the clocks go back", status_code=422)
        self.send("2026-10-25T01:30", publish_at_which="after")
        self.assertEqual(self.now().publish_at, datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC))

    def test_a_colleagues_decision_is_told_and_nothing_is_done_before_a_second_press(self):
        seen = self.shown()
        publishing.change_publish_time(self.article, by=somebody("ben", "Publishers"), at=NOON - 3 * DAY)
        sent = seen | {"publish_at": "2026-11-08T09:30"}
        refused = self.client.post(self.address, sent)
        self.assertContains(refused, "ben changed its publish time at", status_code=409)
        self.assertEqual(self.now().publish_at, NOON - 3 * DAY)
        again = {"seen": refused.context["form"]["seen"].value(), "publish_at": "2026-11-08T09:30"}
        self.assertEqual(self.client.post(self.address, again).status_code, 302)
        self.assertNotEqual(self.now().publish_at, NOON - 3 * DAY)

    def test_an_open_form_is_told_of_it(self):
        form = self.client.get(change_address(self.article))
        sent = {name: form.context["form"][name].value() for name in ("uid", "version", "seen")}
        self.send("2026-11-08T09:30")
        refused = self.client.post(change_address(self.article), sent | {"_withdraw": "1"})
        self.assertContains(refused, "changed its publish time", status_code=409)
        self.assertTrue(self.now().is_public())

    def test_what_was_typed_comes_through_a_new_log_in(self):
        sent = self.shown() | {"publish_at": "2026-11-08T09:30"}
        self.client.logout()
        asked = self.client.post(self.address, sent)
        back = self.client.post(
            self.address, login_form(asked) | {"username": "editor", "password": "press-room"}
        )
        self.assertContains(back, "not saved yet")
        self.assertContains(back, 'value="2026-11-08T09:30"')
        self.assertEqual(self.now().publish_at, NOON)

    def test_what_readers_do_not_have_gets_none(self):
        waiting = make.published_article(at=timezone.now() + DAY)
        for article in (make.article(), waiting, publishing.withdraw(self.article, by=None)):
            with self.subTest(article.state):
                address = reverse("admin:articles_article_publish_time", args=[article.pk])
                self.assertRedirects(self.client.get(address), change_address(article))
                self.assertNotContains(self.client.get(change_address(article)), "Change the publish time")

    def test_is_for_those_who_may_publish(self):
        self.client.force_login(somebody("rita", "Editors"))
        self.assertEqual(self.client.get(self.address).status_code, 403)
        self.assertEqual(self.client.post(self.address, {"publish_at": "2026-11-08T09:30"}).status_code, 403)
        form = self.client.get(change_address(self.article))
        self.assertContains(form, "Published on Tuesday 10 November 2026")
        self.assertNotContains(form, "Change the publish time")


def errors_of(page):
    return errors(page).get("publish_at", "")
