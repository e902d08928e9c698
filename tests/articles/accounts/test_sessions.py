"""Log-ins that last: their owner sees and ends them, and an account that is shut ends all of them at once."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.accounts import agents, sessions
from articles.models import AuditEntry, DeskSession
from articles.publishing.notes.draft_links import make_link
from tests import factories as make

PAGE = reverse("desk_log_ins")
DESK = reverse("admin:index")
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class SessionsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.boss = make.editor("boss")

    def logged_in(self, agent=LAPTOP, address="192.0.2.1", name="ana"):
        client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
        client.post(reverse("admin:login"), {"username": name, "password": "press-room"})
        self.assertTrue(self.is_in(client))
        return client

    def is_in(self, client):
        return client.get(DESK).status_code == 200


class AgeTest(SessionsCase):
    def use_for(self, client, days):
        """Once a day, so that it never ends for want of use."""
        now = timezone.now()
        for day in range(1, days + 1):
            with time_machine.travel(now + datetime.timedelta(days=day)):
                last = self.is_in(client)
        return last

    def test_ends_a_log_in_that_is_used_every_day(self):
        client = self.logged_in()
        self.assertTrue(self.use_for(client, 29))
        self.assertFalse(self.use_for(client, 31))
        with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
            self.assertEqual(list(sessions.of(self.ana)), [])
            self.assertTrue(self.is_in(self.logged_in()))

    @override_settings(LOG_IN_DAYS=0)
    def test_ends_none_where_the_setting_says_so(self):
        self.assertTrue(self.use_for(self.logged_in(), 40))

    def test_begins_now_for_a_log_in_of_before_there_was_a_limit(self):
        client = self.logged_in()
        session = client.session
        del session[sessions.BEGUN]
        session.save()
        self.assertTrue(self.use_for(client, 29))
        self.assertFalse(self.use_for(client, 32))

    def test_costs_no_query_more(self):
        client = self.logged_in()
        self.is_in(client)
        counts = []
        for days in (0, 30):
            with override_settings(LOG_IN_DAYS=days), CaptureQueriesContext(connection) as asked:
                self.is_in(client)
            counts.append(len(asked))
        self.assertEqual(*counts)


class OwnersTest(SessionsCase):
    def setUp(self):
        self.laptop, self.phone = self.logged_in(), self.logged_in(PHONE, "198.51.100.7")

    def test_see_where_they_are_logged_in(self):
        page = self.laptop.get(PAGE)
        self.assertContains(page, "<strong>Firefox on Linux</strong> (here)")
        self.assertContains(page, "<strong>Safari on iPhone</strong>")
        self.assertContains(page, "198.51.100.7")
        self.assertNotContains(self.logged_in(name="boss").get(PAGE), "iPhone")

    def test_end_one(self):
        number = DeskSession.objects.get(address="198.51.100.7").pk
        self.laptop.post(PAGE, {"act": "end", "number": number})
        self.assertFalse(self.is_in(self.phone))
        self.assertTrue(self.is_in(self.laptop))
        self.assertNotContains(self.laptop.get(PAGE), "iPhone")

    def test_end_all_others(self):
        self.laptop.post(PAGE, {"act": "end_others"})
        self.assertEqual([self.is_in(each) for each in (self.laptop, self.phone)], [True, False])
        self.assertEqual(AuditEntry.objects.filter(kind="session", name="ana", detail="1 ended").count(), 1)

    def test_end_nobody_elses(self):
        stranger = self.logged_in(name="boss")
        number = DeskSession.objects.get(address="198.51.100.7").pk
        for sent in ({"act": "end", "number": number}, {"act": "end_others"}, {"act": "end", "number": "x"}):
            stranger.post(PAGE, sent)
        self.assertTrue(self.is_in(self.phone))

    def test_see_none_that_was_ended_by_logging_out_or_by_time(self):
        self.phone.post(reverse("admin:logout"))
        self.assertNotContains(self.laptop.get(PAGE), "iPhone")
        Session.objects.update(expire_date=timezone.now())
        self.assertFalse(sessions.of(self.ana).exists())

    def test_end_the_others_with_a_new_password(self):
        sent = {
            "old_password": "press-room",
            "new_password1": "another-room-9",
            "new_password2": "another-room-9",
        }
        self.laptop.post(reverse("admin:password_change"), sent)
        self.assertEqual([self.is_in(each) for each in (self.laptop, self.phone)], [True, False])
        page = self.laptop.get(PAGE)
        self.assertContains(page, "(here)")
        self.assertNotContains(page, "iPhone")

    def test_are_shown_when_a_log_in_was_last_used_without_a_write_for_each_request(self):
        with self.assertNumQueries(2):
            self.phone.get(reverse("admin:jsi18n"))
        with time_machine.travel(timezone.now() + timezone.timedelta(hours=1)):
            self.phone.get(DESK)
            seen = DeskSession.objects.get(address="198.51.100.7").seen_at
            self.assertLess((timezone.now() - seen).total_seconds(), 60)

    def test_may_log_in_once_more_over_a_session_as_themselves_and_as_somebody_else(self):
        for name in ("ana", "boss"):
            sent = {"username": name, "password": "press-room", "next": DESK}
            answer = self.laptop.post(reverse("admin:login"), sent)
            self.assertRedirects(answer, DESK, fetch_redirect_response=False)
        self.assertContains(self.laptop.get(PAGE), "(here)")
        self.assertEqual(DeskSession.objects.filter(address="192.0.2.1").count(), 1)

    def test_see_a_log_in_from_before_there_was_a_list(self):
        DeskSession.objects.all().delete()
        session = self.phone.session
        del session[sessions.SEEN]
        session.save()
        self.phone.get(DESK)
        self.assertContains(self.phone.get(PAGE), "<strong>Safari on iPhone</strong> (here)")


class ShutAccountsTest(SessionsCase):
    """From that second on, and for good: a session does not live again with the account."""

    def setUp(self):
        self.client = self.logged_in()
        self.article = make.article(by=self.ana)
        self.preview = reverse("preview", args=[self.article.uid])
        self.shared = make_link(self.article, by=self.ana)[1]
        self.assertEqual(self.client.get(self.preview).status_code, 200)
        self.link = reverse("draft_link", args=[self.shared])
        self.assertEqual(Client().get(self.link).status_code, 200)

    def shut(self, **fields):
        for name, value in fields.items():
            setattr(self.ana, name, value)
        self.ana.save()

    def assert_shut(self):
        self.assertFalse(self.is_in(self.client))
        self.assertNotEqual(self.client.get(self.preview).status_code, 200)
        self.assertNotEqual(Client().get(self.link).status_code, 200)
        self.assertFalse(DeskSession.objects.filter(person=self.ana).exists())

    def test_that_are_made_inactive(self):
        self.shut(is_active=False)
        self.assert_shut()
        self.shut(is_active=True)
        self.assertFalse(self.is_in(self.client))

    def test_that_lose_their_staff_mark(self):
        self.shut(is_staff=False)
        self.assert_shut()
        self.shut(is_staff=True)
        self.assertFalse(self.is_in(self.client))

    def test_that_are_shut_by_an_administrator(self):
        sent = {"username": "ana", "is_superuser": "on"}
        self.logged_in(name="boss").post(reverse("admin:auth_user_change", args=[self.ana.pk]), sent)
        self.assertFalse(User.objects.get(pk=self.ana.pk).is_active)
        self.assert_shut()

    def test_that_are_deleted(self):
        self.ana.delete()
        self.assertFalse(self.is_in(self.client))


class ReadersTest(TestCase):
    def test_get_no_cookie_and_no_session(self):
        with self.assertNumQueries(0):
            answer = self.client.get(reverse("robots"))
        self.assertFalse(answer.cookies)
        self.assertNotIn("Cookie", self.client.get("/").get("Vary", ""))
        self.assertFalse(DeskSession.objects.exists())


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (LAPTOP, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge on Windows",
        ),
        ("<script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_browsers_are_named_in_words(agent, words):
    assert agents.in_words(agent) == words
