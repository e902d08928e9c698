import datetime

import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.people.links import password_link
from articles.models import ApiToken, AuditEntry
from articles.publishing.rights.tokens import end_token, make_token
from tests import factories as make

from .asking import Asks

LIST, ADD = (reverse(f"admin:articles_apitoken_{page}") for page in ("changelist", "add"))
ALL = ["read", "write", "pictures", "publish"]


def member(name, group):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


class TokenTests(Asks, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = member("ana", "Publishers")
        cls.token, cls.secret = make_token(cls.ana, name="Wire", scopes=ALL)
        cls.article = make.article(by=cls.ana)

    def ask(self, secret, expected, *, path="", **more):
        return self.get(
            f"/desk/articles/{self.article.uid}{path}",
            expected,
            headers={"Authorization": f"Bearer {secret}"},
            **more,
        )

    def test_opens_what_it_was_made_for(self):
        self.assertEqual(self.ask(self.secret, 200)["Cache-Control"], "no-store")
        _, other = make_token(self.ana, name="Writes", scopes=["write"])
        self.assertIn("without “read”", self.ask(other, 403).json()["detail"])

    def test_only_its_hash_is_kept(self):
        stored = str(list(ApiToken.objects.values()))
        self.assertNotIn(self.secret, stored)
        self.assertTrue(self.secret.startswith(self.token.beginning))

    def test_nothing_opens_without_it(self):
        for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Basic {self.secret}"}):
            answer = self.get(f"/desk/articles/{self.article.uid}", 401, headers=headers)
            self.assertIn("Bearer", answer["WWW-Authenticate"])
        self.ask("nr_guess", 401)

    def test_a_session_opens_nothing_and_takes_nothing(self):
        """So no page of another site can have a browser of an editor write here."""
        self.client.force_login(self.ana)
        self.get(f"/desk/articles/{self.article.uid}", 401)
        for path in ("", f"/{self.article.uid}/publish", f"/{self.article.uid}/withdraw"):
            answer = self.client.post(f"/api/v1/desk/articles{path}", {}, "application/json")
            self.assertEqual(answer.status_code, 401)
        # Nor does it lend its rights to somebody else's token.
        _, nobodys = make_token(User.objects.create_user("n", is_staff=True), name="N", scopes=ALL)
        self.ask(nobodys, 404)

    def test_is_dead_at_once_when_it_is_ended_or_expires(self):
        end_token(self.token, by=self.ana)
        self.assertIn("has been ended", self.ask(self.secret, 401).json()["detail"])
        _, short = make_token(self.ana, name="Short", scopes=ALL, days=1)
        self.ask(short, 200)
        with time_machine.travel(timezone.now() + datetime.timedelta(days=1, seconds=1)):
            self.assertIn("has expired", self.ask(short, 401).json()["detail"])

    def test_is_dead_at_once_and_for_good_when_its_owner_leaves(self):
        for mark in ("is_active", "is_staff"):
            with self.subTest(mark):
                _, secret = make_token(self.ana, name=mark, scopes=ALL)
                self.ask(secret, 200)
                # By a way of which no signal tells.
                User.objects.filter(pk=self.ana.pk).update(**{mark: False})
                self.ask(secret, 401)
                User.objects.filter(pk=self.ana.pk).update(**{mark: True})
                self.ask(secret, 200)
                self.ana.refresh_from_db()
                setattr(self.ana, mark, False)
                self.ana.save()
                self.ask(secret, 401)
                setattr(self.ana, mark, True)
                self.ana.save()
                self.assertIn("has been ended", self.ask(secret, 401).json()["detail"])

    def test_has_no_more_rights_than_its_owner_has_now(self):
        self.ana.groups.clear()
        self.article.bylines.all().delete()
        self.article.acts.all().delete()
        self.ask(self.secret, 404)

    def test_its_last_use_is_written_down_once_a_minute(self):
        with self.assertNumQueries(1):
            self.ask("nr_guess", 401)
        self.ask(self.secret, 200)
        used = ApiToken.objects.get(pk=self.token.pk).last_used_at
        self.assertIsNotNone(used)
        self.ask(self.secret, 200)
        self.assertEqual(ApiToken.objects.get(pk=self.token.pk).last_used_at, used)
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2)):
            self.ask(self.secret, 200)
        self.assertGreater(ApiToken.objects.get(pk=self.token.pk).last_used_at, used)

    def test_is_in_the_audit_log(self):
        end_token(self.token, by=self.ana)
        entries = AuditEntry.objects.filter(kind="token").values_list("name", "detail")
        self.assertEqual(
            list(entries), [("ana", "ended"), ("ana", "made; may: read, write, pictures, publish")]
        )


class DeskTests(Asks, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = member("ana", "Editors"), member("ben", "Contributors")
        cls.admin = member("root", "Administrators")

    def setUp(self):
        super().setUp()
        self.client.force_login(self.ana)

    def made(self, **more):
        said = {"name": "Wire", "scopes": ["read"], "days": "30"}
        return self.client.post(ADD, said | more)

    def test_a_token_is_shown_once(self):
        answer = self.made()
        secret = answer.context["token"]
        self.assertContains(answer, f'value="{secret}"')
        self.assertIn("no-store", answer["Cache-Control"])
        article = make.article(by=self.ana)
        self.get(f"/desk/articles/{article.uid}", headers={"Authorization": f"Bearer {secret}"})
        listed = self.client.get(LIST)
        self.assertContains(listed, "Wire")
        self.assertContains(listed, secret[:8])
        self.assertNotContains(listed, secret[:12])
        self.assertContains(listed, "0\xa0minutes ago")

    def test_takes_the_password_which_a_session_alone_has_not(self):
        self.ana.set_password("press-room")
        self.ana.save()
        self.client.force_login(self.ana)
        for typed in ("", "wrong"):
            answer = self.made(password=typed)
            self.assertIn("password", answer.context["adminform"].form.errors)
            self.assertContains(answer, 'value="Wire"')
        self.assertFalse(ApiToken.objects.exists())
        self.assertIn("token", self.made(password="press-room").context)
        self.assertContains(self.client.get(reverse("desk_log_ins")), "1 API token</a>")

    def test_a_form_that_cannot_be_taken_keeps_what_was_typed(self):
        for wrong, field in (({"scopes": []}, "scopes"), ({"days": "0"}, "days"), ({"days": "366"}, "days")):
            answer = self.made(**wrong)
            self.assertContains(answer, 'value="Wire"')
            self.assertIn(field, answer.context["adminform"].form.errors)
        self.assertFalse(ApiToken.objects.exists())

    def test_everybody_sees_and_ends_their_own_and_administrators_all(self):
        mine, _ = make_token(self.ana, name="Mine", scopes=["read"])
        his, _ = make_token(self.ben, name="His", scopes=["read"])
        self.assertContains(self.client.get(LIST), "Mine")
        self.assertNotContains(self.client.get(LIST), "His")
        self.end(mine, his)
        self.assertEqual(set(ApiToken.objects.open()), {his})
        self.client.force_login(self.admin)
        self.assertContains(self.client.get(LIST), "His")
        self.end(his)
        self.assertFalse(ApiToken.objects.open().exists())

    def end(self, *tokens):
        self.client.post(LIST, {"action": "end", "_selected_action": [token.pk for token in tokens]})

    def test_a_person_has_so_many_at_most(self):
        for number in range(50):
            make_token(self.ana, name=str(number), scopes=["read"])
        self.assertContains(self.made(), "end one first")


class NewPasswordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.token, _ = make_token(cls.ana, name="Wire", scopes=ALL)

    def setUp(self):
        self.client.force_login(self.ana)

    def is_open(self):
        return ApiToken.objects.open().exists()

    def change(self, **more):
        new = {"new_password1": "harbour-wall-9", "new_password2": "harbour-wall-9"}
        answer = self.client.post(
            reverse("admin:password_change"), {"old_password": "press-room", **new, **more}
        )
        self.assertRedirects(answer, reverse("admin:password_change_done"))

    def test_leaves_the_tokens_unless_their_owner_says_so(self):
        self.assertContains(self.client.get(reverse("admin:password_change")), "End my API tokens as well")
        self.change()
        self.assertTrue(self.is_open())

    def test_ends_them_if_their_owner_says_so(self):
        self.change(end_tokens="on")
        self.assertFalse(self.is_open())
        self.assertEqual(AuditEntry.objects.filter(kind="token", name="ana", detail="ended").count(), 1)

    def test_by_a_link_asks_too(self):
        address = "/" + password_link(self.ana).split("/", 3)[3]
        sent = {"new_password1": "harbour-wall-9", "new_password2": "harbour-wall-9", "end_tokens": "on"}
        browser = Client()
        page = browser.get(address, follow=True)
        self.assertContains(page, "End my API tokens as well")
        browser.post(page.request["PATH_INFO"], sent)
        self.assertFalse(self.is_open())

    def test_of_an_administrator_ends_them(self):
        self.client.force_login(make.editor("boss"))
        address = reverse("admin:auth_user_password_change", args=[self.ana.pk])
        self.assertContains(self.client.get(address), "API tokens of this person")
        said = {"password1": "harbour-wall-9", "password2": "harbour-wall-9", "usable_password": "true"}
        self.client.post(address, said | {"set-password": "1"})
        self.assertFalse(self.is_open())
        self.assertEqual(AuditEntry.objects.filter(kind="token", name="boss", detail="ended").count(), 1)
