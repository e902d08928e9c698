"""A log-in with a browser that was never used for it is told to the account's owner, and no other is."""

import threading

from django.core import mail
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from articles.accounts.devices import COOKIE
from articles.models import KnownDevice
from tests import factories as make

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


PASSWORD = "press-room"


@override_settings(EMAIL_HOST="mail.example.org")
class NewDeviceTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana", email="ana@example.org")
        cls.bea = make.editor("bea", email="bea@example.org")

    def log_in(self, client, name="ana", password=PASSWORD):
        client.post(reverse("admin:login"), {"username": name, "password": password}, REMOTE_ADDR="192.0.2.1")
        for thread in threading.enumerate():
            if thread.name == "device e-mail":
                thread.join()
        return client

    def test_is_told_with_what_and_from_where(self):
        self.log_in(Client())
        self.assertEqual(mail.outbox, [])
        self.log_in(Client(headers={"user-agent": PHONE}))
        (email,) = mail.outbox
        self.assertEqual(email.to, ["ana@example.org"])
        self.assertIn("Safari on iPhone, from 192.0.2.1, on", email.body)
        self.assertIn("http://localhost:8000/admin/me/log-ins/", email.body)

    def test_is_known_the_next_time(self):
        client = self.log_in(Client())
        for _ in range(2):
            client.post(reverse("admin:logout"))
            self.log_in(client)
        self.assertEqual((len(mail.outbox), KnownDevice.objects.count()), (0, 1))

    def test_is_new_again_after_a_new_password_but_for_the_one_that_has_set_it(self):
        own, thief = self.log_in(Client()), self.log_in(Client())
        mail.outbox.clear()
        sent = {"old_password": PASSWORD, "new_password1": "harbour-9-x", "new_password2": "harbour-9-x"}
        self.assertEqual(own.post(reverse("admin:password_change"), sent).status_code, 302)
        for client, told in ((own, 0), (thief, 1), (thief, 1)):
            client.post(reverse("admin:logout"))
            self.log_in(client, password="harbour-9-x")
            self.assertEqual(client.get(reverse("admin:index")).status_code, 200)
            self.assertEqual(len(mail.outbox), told)

    def test_is_new_for_each_person(self):
        client = self.log_in(self.log_in(Client()), "bea")
        self.assertEqual(mail.outbox, [])
        self.log_in(Client(), "bea")
        self.assertEqual([each.to for each in mail.outbox], [["bea@example.org"]])
        client.post(reverse("admin:logout"))
        self.log_in(client, "bea")
        self.assertEqual(len(mail.outbox), 1)

    def test_is_known_by_a_cookie_of_the_desk_alone(self):
        cookie = self.log_in(Client()).cookies[COOKIE]
        self.assertEqual((cookie["path"], cookie["httponly"], cookie["samesite"]), ("/admin/", True, "Lax"))
        self.assertNotIn(cookie.value, str(list(KnownDevice.objects.values())))

    def test_takes_any_cookie(self):
        self.log_in(Client())
        for value in ("x", "y" * 3_000, "ÿ"):
            client = Client()
            client.cookies[COOKIE] = value
            self.log_in(client)
            self.assertEqual(client.get(reverse("admin:index")).status_code, 200)
        self.assertEqual(len(mail.outbox), 3)

    @override_settings(EMAIL_HOST="")
    def test_is_told_nobody_where_the_site_sends_no_e_mail(self):
        self.log_in(Client())
        self.log_in(Client())
        self.assertEqual(mail.outbox, [])
