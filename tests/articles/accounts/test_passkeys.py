"""What is refused of a passkey; that one works is seen in a browser: tests/browser/test_second_factor.py."""

import json
import subprocess
import sys

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.accounts import factors
from articles.models import Passkey
from tests import factories as make

LOG_IN, PAGE = reverse("admin:login"), reverse("desk_log_ins")
PASSWORD = "press-room"
NONSENSE = ("", "x", "[]", "{}", "null", '{"id": "a\\u0000b"}', '{"id": 5, "response": []}', "[" * 5_000)


class PasskeysTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.other = make.editor("ana"), make.editor("other")
        cls.key = cls.key_of(cls.ana, "mine")

    @staticmethod
    def key_of(person, name):
        return Passkey.objects.create(person=person, name=name, credential=f"{name}-id", public_key=b"")

    def first_step(self):
        return self.client.post(LOG_IN, {"username": "ana", "password": PASSWORD})

    def second_step(self, answer):
        return self.client.post(LOG_IN, {"second_step": "1", "second_passkey": answer})

    def answer(self, **more):
        said = {"id": "mine-id", "rawId": "mine-id", "type": "public-key", "clientExtensionResults": {}}
        parts = dict.fromkeys(("clientDataJSON", "authenticatorData", "signature"), "eyJ9")
        return json.dumps(said | {"response": parts} | more)

    def test_are_asked_for_with_those_that_the_person_has(self):
        self.key_of(self.other, "theirs")
        page = self.first_step()
        asked = json.loads(page.context["asked_passkey"])
        self.assertEqual([each["id"] for each in asked["allowCredentials"]], ["mine-id"])
        self.assertEqual(asked["rpId"], "localhost")
        self.assertNotContains(page, "the code that your app shows now")

    def test_let_nobody_in_with_an_answer_that_is_none(self):
        for said in (*NONSENSE, self.answer(), self.answer(id="theirs-id")):
            with self.subTest(said[:30]):
                self.first_step()
                self.assertIn(self.second_step(said).status_code, (200, 429))
                self.assertNotIn("_auth_user_id", self.client.session)

    def test_are_asked_anew_each_time(self):
        """An answer that was overheard is one to an old question."""
        asked = {json.loads(self.first_step().context["asked_passkey"])["challenge"] for _ in range(3)}
        self.assertEqual(len(asked), 3)
        self.second_step(self.answer())
        page = self.second_step(self.answer())
        self.assertNotIn(json.loads(page.context["asked_passkey"])["challenge"], asked)

    def test_are_no_way_around_for_whoever_has_only_an_app(self):
        Passkey.objects.all().delete()
        self.assertFalse(factors.has_any(self.ana))
        self.client.force_login(self.ana)
        for said in NONSENSE:
            sent = {"act": "add_passkey", "name": "x", "password": PASSWORD, "answer": said}
            self.assertContains(self.client.post(PAGE, sent), "not taken")
        self.assertFalse(Passkey.objects.exists())

    def test_are_removed_by_their_owner_with_the_password_and_a_factor(self):
        sent = {"act": f"remove_passkey:{self.key.pk}", "password": PASSWORD}
        self.client.force_login(self.other)
        self.client.post(PAGE, sent)
        self.assertTrue(Passkey.objects.exists())
        self.client.force_login(self.ana)
        code = factors.new_codes(self.ana)[0]
        for wrong in (
            {"password": "wrong", "code": code},
            {},
            {"code": "000000"},
            {"shown_passkey": self.answer()},
        ):
            self.assertContains(self.client.post(PAGE, sent | wrong), "errorlist")
            self.assertTrue(Passkey.objects.exists())
        self.client.post(PAGE, sent | {"code": code})
        self.assertFalse(Passkey.objects.exists())

    def test_are_asked_for_by_a_question_of_their_own_before_one_is_removed(self):
        """The page asks two things at once: to add a passkey, and to show one."""
        self.client.force_login(self.ana)
        page = self.client.get(PAGE)
        asked = [json.loads(page.context[name])["challenge"] for name in ("asked_passkey", "passkey_to_show")]
        self.assertNotEqual(*asked)
        self.assertEqual(self.client.session["desk_challenge"], asked[0])
        self.assertEqual(self.client.session["desk_challenge_confirming"], asked[1])

    def test_go_with_their_owner(self):
        User.objects.get(pk=self.ana.pk).delete()
        self.assertFalse(Passkey.objects.exists())


def test_nothing_of_it_is_loaded_before_somebody_uses_one():
    """It would take 25 MB of each process."""
    script = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings'; django.setup();"
        "import newsroom.urls; print('webauthn' in sys.modules, 'cryptography' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.split()[0] == "False"
