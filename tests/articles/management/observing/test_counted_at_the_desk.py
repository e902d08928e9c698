"""What people do at the desk, as numbers."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.metrics.counts import counted
from tests import factories as make


class CountedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()

    def setUp(self):
        self.before = counted.all()

    def more(self, *key):
        return counted.all().get(key, 0) - self.before.get(key, 0)

    def test_log_ins_that_are_refused(self):
        User.objects.create_user("mara", password="right", is_staff=True)
        for _ in range(6):
            self.client.post(reverse("admin:login"), {"username": "mara", "password": "wrong"})
        self.assertEqual(self.more("log_ins_refused", "wrong password"), 4)
        self.assertEqual(self.more("log_ins_refused", "too many tries"), 2)

    def test_a_log_in_that_is_right_is_none(self):
        User.objects.create_user("mara", password="right", is_staff=True)
        self.client.get(reverse("admin:login"))
        answer = self.client.post(reverse("admin:login"), {"username": "mara", "password": "right"})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(counted.all(), self.before)

    def test_what_is_typed_is_kept(self):
        self.client.force_login(self.editor)
        sent = {"user": self.editor.pk, "uid": "0b8f8a44-2b0f-4f5d-9a57-0c8f6c1f7a11", "tab": "a"}
        sent |= {"version": 0, "number": 1, "fields": {"headline": "Typed"}}
        there = reverse("admin:articles_desk_unsaved")
        self.assertEqual(self.client.post(there, sent, content_type="application/json").status_code, 200)
        self.assertEqual(self.client.post(there, {}, content_type="application/json").status_code, 400)
        self.assertEqual(self.more("autosaves"), 1)
