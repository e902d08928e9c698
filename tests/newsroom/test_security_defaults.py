"""What a site takes over from Django and relies on: how passwords are judged and kept, and keys of sessions.

docs/security-verification.md names these tests. A setting or a release of Django that changes one of them is noticed here.
"""

from django.conf import global_settings, settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

import newsroom.settings
from tests import factories as make

LOG_IN = reverse("admin:login")
FROM_HERE = {"referer": f"https://testserver{LOG_IN}"}
ENOUGH = 600_000  # rounds of PBKDF2 with SHA-256


class PasswordsTest(TestCase):
    def comes_in_with(self, password):
        client = Client()
        client.post(LOG_IN, {"username": "ana", "password": password})
        return client.get(reverse("admin:index")).status_code == 200

    def test_are_hashed_slowly(self):
        """By a site, which says nothing of it; tests have a quick hasher."""
        self.assertFalse(hasattr(newsroom.settings, "PASSWORD_HASHERS"))
        with self.settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
            hasher = get_hasher()
        self.assertEqual(hasher.algorithm, "pbkdf2_sha256")
        self.assertGreaterEqual(hasher.iterations, ENOUGH)

    def test_have_eight_characters_at_least_and_may_have_very_many(self):
        with self.assertRaises(ValidationError):
            validate_password("kü7 w!r")
        for length in (8, 64, 1000):
            validate_password(("kü7 w!r " * 200)[:length])

    def test_that_are_common_are_refused(self):
        known = [password for password in CommonPasswordValidator().passwords if len(password) >= 8]
        self.assertGreaterEqual(len(known), 3000)
        for each in known[:20]:
            with self.assertRaises(ValidationError):
                validate_password(each)

    def test_that_are_little_more_than_words_of_the_paper_are_refused(self):
        paper = settings.NEWSROOM | {"NAME": "The Harbour Gazette", "URL": "https://gazette.example.org"}
        with self.settings(NEWSROOM=paper):
            for each in (
                "Harbour-Gazette1",
                "the harbour gazette",
                "gazette.example",
                "Publisher2026!",
                "admin_editor_1",
            ):
                with self.subTest(each), self.assertRaisesMessage(ValidationError, "little more than"):
                    validate_password(each)
            for each in ("harbour fog at dawn", "kÜ7 w!r zz", "editor of nothing much"):
                validate_password(each)

    def test_of_one_kind_of_letters_are_taken(self):
        for each in ("harbourwallsinfog", "HARBOURWALLSINFOG", "гаванивтумане", "8402917365501"):
            validate_password(each)

    def test_are_taken_exactly_as_they_were_typed(self):
        password = " Große Häfen im Nebel " * 5
        ana = make.editor("ana")
        ana.set_password(password)
        ana.save()
        for typed in (password.strip(), password.lower(), password[:72]):
            self.assertFalse(self.comes_in_with(typed))
        self.assertTrue(self.comes_in_with(password))

    def test_are_typed_into_a_field_that_hides_them(self):
        page = LexborHTMLParser(self.client.get(LOG_IN).content)
        [field] = page.css("input[name=password]")
        self.assertEqual(field.attributes["type"], "password")
        self.assertEqual(field.attributes["autocomplete"], "current-password")
        self.assertFalse({"onpaste", "readonly", "maxlength"} & set(field.attributes))


HOST_ALONE = {
    **{"SESSION_COOKIE_NAME": "__Host-sessionid", "CSRF_COOKIE_NAME": "__Host-csrftoken"},
    **{"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True},
}


class SessionTest(TestCase):
    @override_settings(**HOST_ALONE)
    def test_cookies_of_a_public_site_let_in_who_sends_them_back(self):
        make.editor("ana")
        client = Client(enforce_csrf_checks=True)
        client.get(LOG_IN, secure=True)
        sent = {"username": "ana", "password": "press-room"}
        self.assertEqual(client.post(LOG_IN, sent, secure=True, headers=FROM_HERE).status_code, 403)
        sent |= {"csrfmiddlewaretoken": client.cookies["__Host-csrftoken"].value}
        self.assertEqual(client.post(LOG_IN, sent, secure=True, headers=FROM_HERE).status_code, 302)
        self.assertEqual(client.get(reverse("admin:index"), secure=True).status_code, 200)
        for name in ("__Host-sessionid", "__Host-csrftoken"):
            cookie = client.cookies[name]
            self.assertTrue(cookie["secure"])
            self.assertEqual((cookie["path"], cookie["domain"]), ("/", ""))

    def test_keys_are_random_and_new_with_each_log_in(self):
        make.editor("ana")
        client, keys = Client(), []
        for _ in range(2):
            client.post(LOG_IN, {"username": "ana", "password": "press-room"})
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            self.assertTrue(cookie["httponly"])
            keys.append(cookie.value)
        self.assertNotEqual(*keys)
        for key in keys:
            # 36 to the 32nd: 165 bits.
            self.assertRegex(key, r"\A[0-9a-z]{32}\Z")
        self.assertEqual(list(Session.objects.values_list("session_key", flat=True)), keys[1:])
