"""Who guesses passwords is stopped after a few tries; who knows theirs gets in, there or elsewhere."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.db import connection
from django.test import RequestFactory, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.http.client_address import forwarded_address, own_address
from tests import factories
from tests.articles.admin.desk.filled_form import add_address, fields

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
BEHIND_PROXY = override_settings(AXES_CLIENT_IP_CALLABLE="articles.http.client_address.forwarded_address")
TRIES = 5
PASSWORD = "press-room"


class BrakeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        factories.editor("jonas")

    def setUp(self):
        self.clock = time_machine.travel(NOON, tick=False)
        self.now = self.clock.start()
        self.addCleanup(self.clock.stop)

    def log_in(self, password=PASSWORD, *, name="ana", address=HERE, forwarded=None):
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        return self.client.post(
            reverse("admin:login"),
            {"username": name, "password": password, "next": "/admin/"},
            REMOTE_ADDR=address,
            headers=headers,
        )

    def guess(self, times=TRIES, **how):
        for number in range(times):
            answer = self.log_in(f"guess {number}", **how)
        return answer

    def assert_in(self, answer):
        self.assertRedirects(answer, "/admin/", fetch_redirect_response=False)

    def test_stops_who_guesses(self):
        self.assertEqual(self.guess(TRIES - 1).status_code, 200)
        self.assertEqual(self.guess(1).status_code, 429)
        self.assertEqual(self.log_in().status_code, 429)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_says_at_the_form_what_to_do_and_when(self):
        told = self.guess().context["form"].non_field_errors()
        self.assertEqual(len(told), 1)
        self.assertIn("Try again after 12:15:00 (Europe/London)", told[0])

    def test_says_nothing_of_it_before(self):
        self.assertNotContains(self.guess(TRIES - 1), "Too many")

    def test_lets_the_same_person_in_from_elsewhere(self):
        self.guess()
        self.assert_in(self.log_in(address=ELSEWHERE))

    def test_lets_others_in_from_the_same_address(self):
        self.guess()
        self.assert_in(self.log_in(name="jonas"))

    def test_opens_again_at_the_time_that_it_said(self):
        self.guess()
        self.now.move_to(NOON + datetime.timedelta(minutes=14, seconds=59))
        self.assertEqual(self.log_in().status_code, 429)
        self.now.move_to(NOON + datetime.timedelta(minutes=15, seconds=1))
        self.assert_in(self.log_in())

    def test_is_not_put_off_by_tries_while_it_is_shut(self):
        self.guess()
        self.now.move_to(NOON + datetime.timedelta(minutes=10))
        self.assertContains(self.guess(), "after 12:15:00", status_code=429)
        self.now.move_to(NOON + datetime.timedelta(minutes=15, seconds=1))
        self.assert_in(self.log_in())

    def test_counts_anew_after_the_right_password(self):
        self.guess(TRIES - 1)
        self.assert_in(self.log_in())
        self.client.logout()
        self.assertEqual(self.guess(TRIES - 1).status_code, 200)

    def test_does_not_care_which_browser_guesses(self):
        for number in range(TRIES):
            self.client.defaults["HTTP_USER_AGENT"] = f"Browser {number}"
            self.guess(1)
        self.assertEqual(self.log_in().status_code, 429)

    def test_takes_no_address_from_a_header_that_anybody_can_send(self):
        for number in range(TRIES):
            answer = self.log_in("guess", forwarded=f"203.0.113.{number}")
        self.assertEqual(answer.status_code, 429)

    @BEHIND_PROXY
    def test_tells_clients_of_a_proxy_apart(self):
        self.guess(forwarded=HERE)
        self.assertEqual(self.log_in(forwarded=HERE).status_code, 429)
        self.assert_in(self.log_in(forwarded=ELSEWHERE))

    @BEHIND_PROXY
    def test_believes_only_what_the_proxy_itself_has_added(self):
        for number in range(TRIES):
            answer = self.log_in("guess", forwarded=f"203.0.113.{number}, {HERE}")
        self.assertEqual(answer.status_code, 429)

    def test_forgets_old_notes(self):
        self.guess(2)
        self.now.move_to(NOON + datetime.timedelta(hours=1))
        self.assert_in(self.log_in(name="jonas"))
        self.assertEqual(AccessAttempt.objects.count() + AccessLog.objects.count(), 0)

    def test_never_notes_what_else_was_in_the_form(self):
        sent = {"_desk_login": "1", "username": "ana", "password": "guess", "headline": "A secret story"}
        for _ in range(2):
            self.client.post(add_address(), sent)
        noted = AccessAttempt.objects.values().get()
        self.assertEqual((noted["get_data"], noted["post_data"]), ("", ""))
        self.assertNotIn("guess", str(noted))

    def test_stops_guessing_at_the_desks_own_form_and_keeps_the_text(self):
        self.client.force_login(self.editor)
        typed = fields(self.client.get(add_address()), headline="As typed")
        self.client.logout()
        self.guess()
        sent = typed | {"_desk_login": "1", "username": "ana", "password": PASSWORD}
        answer = self.client.post(add_address(), sent, REMOTE_ADDR=HERE)
        self.assertContains(answer, "Try again after", status_code=429)
        self.assertContains(answer, "As typed", status_code=429)
        self.now.move_to(NOON + datetime.timedelta(minutes=16))
        back = self.client.post(add_address(), sent, REMOTE_ADDR=HERE)
        self.assertEqual(fields(back)["headline"], "As typed")

    def test_takes_any_name(self):
        for name in ("", "\x00", "a\x00b", "x" * 5_000, "ana\n", "’; --", "\u202e"):
            with self.subTest(name):
                self.assertIn(self.guess(TRIES + 1, name=name).status_code, (200, 429))

    def test_costs_readers_nothing(self):
        self.guess()
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get("/", REMOTE_ADDR=HERE)
        self.assertEqual(answer.status_code, 200)
        self.assertFalse([query for query in asked.captured_queries if "axes" in query["sql"]])
        self.assertFalse(answer.cookies)


def asked_by(remote, forwarded=None):
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


class TestAddresses:
    @pytest.mark.parametrize(
        ("remote", "counted"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
            ("fe80::1%eth0", "fe80::"),
            ("", None),
            ("/run/newsroom.sock", None),
        ],
    )
    def test_are_those_of_one_connection(self, remote, counted):
        assert own_address(asked_by(remote)) == counted

    @pytest.mark.parametrize(
        ("said", "counted"),
        [
            ("198.51.100.7", "198.51.100.7"),
            ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("2001:db8:1:2::5", "2001:db8:1:2::"),
            ("", "192.0.2.1"),
            ("unknown", "192.0.2.1"),
            ("\x00, <script>", "192.0.2.1"),
        ],
    )
    def test_behind_a_proxy_are_the_last_that_it_names(self, said, counted):
        assert forwarded_address(asked_by("192.0.2.1", said)) == counted
