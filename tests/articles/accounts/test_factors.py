"""A second factor is asked for wherever somebody comes in, and nothing typed is lost meanwhile."""

import datetime
import io
import re

import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.accounts import factors
from articles.models import AuditEntry
from tests import factories as make
from tests.articles.admin.desk.filled_form import change_address, fields
from tests.articles.admin.desk.test_session import login_form

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
LOG_IN, DESK, PAGE = reverse("admin:login"), reverse("admin:index"), reverse("desk_log_ins")
KEY = "3132333435363738393031323334353637383930"
PASSWORD = "press-room"


class FactorCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")

    def setUp(self):
        clock = time_machine.travel(NOON, tick=False)
        self.now = clock.start()
        self.addCleanup(clock.stop)

    def has_app(self):
        TOTPDevice.objects.create(user=self.ana, key=KEY)

    def later(self, **much):
        self.now.shift(datetime.timedelta(**much))

    def code(self, key=KEY):
        return f"{totp(bytes.fromhex(key)):06}"

    def first_step(self, client=None, address=LOG_IN, **more):
        sent = {"username": "ana", "password": PASSWORD, "next": DESK, **more}
        return (client or self.client).post(address, sent)

    def second_step(self, code, **more):
        return self.client.post(LOG_IN, {"second_step": "1", "second_code": code, "next": DESK, **more})

    def log_in(self):
        self.first_step()
        return self.second_step(self.code())

    def is_in(self, client=None):
        return (client or self.client).get(DESK).status_code == 200


class LogInTest(FactorCase):
    def setUp(self):
        super().setUp()
        self.has_app()

    def test_needs_the_code_after_the_password(self):
        answer = self.first_step()
        self.assertContains(answer, "type the code that your app shows now")
        self.assertFalse(self.is_in())
        self.assertRedirects(self.second_step(self.code()), DESK, fetch_redirect_response=False)
        self.assertTrue(self.is_in())
        entry = AuditEntry.objects.get(kind="log_in")
        self.assertEqual((entry.name, entry.detail), ("ana", "with code"))

    def test_takes_a_code_once(self):
        self.log_in()
        self.client.logout()
        self.first_step()
        self.assertContains(self.second_step(self.code()), "not right")
        self.assertFalse(self.is_in())

    def test_takes_one_of_half_a_minute_ago_and_with_spaces(self):
        self.first_step()
        code = self.code()
        self.later(seconds=30)
        self.second_step(f" {code[:3]} {code[3:]} ")
        self.assertTrue(self.is_in())

    def test_takes_no_code_without_the_password(self):
        self.assertContains(self.second_step(self.code()), "longer than ten minutes")
        self.assertFalse(self.is_in())

    def test_takes_no_code_of_a_password_that_was_given_long_ago_or_has_changed(self):
        self.first_step()
        self.later(minutes=11)
        self.assertContains(self.second_step(self.code()), "longer than ten minutes")
        self.first_step()
        self.ana.set_password("another")
        self.ana.save()
        self.second_step(self.code())
        self.assertFalse(self.is_in())

    def test_takes_no_code_of_an_account_that_was_shut_meanwhile(self):
        self.first_step()
        User.objects.update(is_active=False)
        self.second_step(self.code())
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_is_not_asked_of_whoever_has_none(self):
        TOTPDevice.objects.all().delete()
        self.assertRedirects(self.first_step(), DESK, fetch_redirect_response=False)

    def test_takes_anything_that_is_typed(self):
        self.first_step()
        for typed in ("", "\x00", "١٢٣٤٥٦", "12345", "x" * 5_000, "’; --", "-" * 30):
            with self.subTest(typed):
                self.assertIn(self.second_step(typed).status_code, (200, 429))
        self.assertFalse(self.is_in())

    def test_of_a_new_password_is_by_the_log_in_page_and_so_with_the_code(self):
        from articles.admin.people.links import password_link

        address = "/" + password_link(self.ana).split("/", 3)[3]
        form = self.client.get(address, follow=True).request["PATH_INFO"]
        sent = {"new_password1": "harbour-wall-9", "new_password2": "harbour-wall-9"}
        self.assertRedirects(self.client.post(form, sent), LOG_IN)
        self.assertFalse(self.is_in())
        self.assertContains(self.first_step(password="harbour-wall-9"), "type the code")


class WrongCodesTest(FactorCase):
    def setUp(self):
        super().setUp()
        self.has_app()

    def test_are_stopped_as_wrong_passwords_are(self):
        self.first_step()
        for _ in range(5):
            self.later(minutes=1)
            answer = self.second_step("000000")
        self.assertContains(answer, "Too many wrong passwords or codes", status_code=429)
        self.assertEqual(self.first_step().status_code, 429)
        self.assertEqual(AuditEntry.objects.filter(kind="refused", detail="wrong code").count(), 5)

    def test_a_thousand_of_them_from_many_addresses_are_looked_at_a_few_times(self):
        """Whoever knows the password and has many addresses is slowed down by the account's own count."""
        looked_at = 0
        for number in range(1000):
            self.later(seconds=1)
            client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
            if number % 100 == 0:
                self.first_step(client)
                client.post(LOG_IN, {"second_step": "1", "second_code": "000000"})
            else:
                try:
                    factors.takes(self.ana, f"{number:06}")
                except factors.Wait:
                    continue
                looked_at += 1
        self.assertLessEqual(looked_at, 12)
        self.assertLessEqual(TOTPDevice.objects.get().throttling_failure_count, 12)

    def test_say_until_when_to_wait(self):
        for _ in range(3):
            try:
                factors.takes(self.ana, "000000")
            except factors.Wait:
                break
        self.first_step()
        self.assertContains(self.second_step(self.code()), "Try again after 22 November, 12:00:01")
        self.later(minutes=1)
        self.second_step(self.code())
        self.assertTrue(self.is_in())


class RecoveryCodesTest(FactorCase):
    def setUp(self):
        super().setUp()
        self.has_app()
        self.codes = factors.new_codes(self.ana)

    def test_let_in_once_each(self):
        self.first_step()
        self.second_step(self.codes[0].upper())
        self.assertTrue(self.is_in())
        self.client.logout()
        self.first_step()
        self.second_step(self.codes[0])
        self.assertFalse(self.is_in())
        self.assertEqual(factors.codes_left(self.ana), 9)

    def test_are_nobody_elses(self):
        other = make.editor("other")
        factors.new_codes(other)
        self.assertEqual(factors.takes(other, self.codes[0]), "")

    def test_are_kept_as_hashes(self):
        kept = " ".join(StaticToken.objects.values_list("token", flat=True))
        for code in self.codes:
            self.assertNotIn(code, kept)
            self.assertNotIn(code.replace("-", ""), kept)

    def test_are_told_of_when_few_are_left(self):
        StaticToken.objects.filter(pk__in=StaticToken.objects.values("pk")[:8]).delete()
        self.log_in()
        self.assertContains(self.client.get(DESK), "only 2 recovery codes left")


class InPlaceTest(FactorCase):
    """The session has ended while somebody wrote."""

    def setUp(self):
        super().setUp()
        self.article = make.article(headline="As saved", section=make.section("World"))
        self.address = change_address(self.article)
        self.client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        self.client.force_login(self.ana)
        page = self.client.get(self.address)
        self.sent = fields(page, headline="As typed & “quoted”") | {"_publish": "1"}
        self.sent["csrfmiddlewaretoken"] = page.context["csrf_token"]
        self.client.cookies.pop("sessionid")

    def answer(self, page, **typed):
        return self.client.post(self.address, login_form(page) | typed)

    def test_brings_back_all_words_after_both_steps_and_a_wrong_code(self):
        self.has_app()
        asked = self.client.post(self.address, self.sent)
        step = self.answer(asked, username="ana", password=PASSWORD)
        self.assertContains(step, "type the code that your app shows now")
        wrong = self.answer(step, second_code="000000")
        self.assertContains(wrong, "not right")
        self.assertNotIn("_auth_user_id", self.client.session)
        self.later(minutes=1)
        back = self.answer(wrong, second_code=self.code())
        self.assertContains(back, "not saved yet")
        self.assertEqual(fields(back)["headline"], "As typed & “quoted”")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "As saved")

    def test_brings_them_back_when_the_second_step_took_too_long(self):
        self.has_app()
        step = self.answer(self.client.post(self.address, self.sent), username="ana", password=PASSWORD)
        self.later(minutes=11)
        again = self.answer(step, second_code=self.code())
        self.assertContains(again, "longer than ten minutes")
        step = self.answer(again, username="ana", password=PASSWORD)
        self.assertEqual(
            fields(self.answer(step, second_code=self.code()))["headline"], self.sent["headline"]
        )

    def test_sets_up_an_app_in_place_where_the_role_needs_one(self):
        with override_settings(SECOND_FACTOR_FOR=frozenset({"everybody"})):
            step = self.answer(self.client.post(self.address, self.sent), username="ana", password=PASSWORD)
            self.assertContains(step, "your role needs a second factor")
            code = self.code(self.client.session["desk_new_key"])
            back = self.answer(step, second_code=code)
            self.assertEqual(fields(back)["headline"], self.sent["headline"])
        self.assertTrue(factors.has_app(self.ana))


@override_settings(SECOND_FACTOR_FOR=frozenset({"Publishers"}))
class RequiredTest(FactorCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.pia = User.objects.create_user("pia", password=PASSWORD, is_staff=True)
        cls.pia.groups.add(Group.objects.get(name="Publishers"))

    def test_of_its_groups_and_of_superusers_and_of_nobody_else(self):
        cora = User.objects.create_user("cora", is_staff=True)
        cora.groups.add(Group.objects.get(name="Contributors"))
        self.assertEqual(
            [factors.is_required(each) for each in (self.pia, self.ana, cora)], [True, True, False]
        )

    def test_is_set_up_at_the_log_in(self):
        step = self.first_step(username="pia")
        self.assertContains(step, "your role needs a second factor")
        self.assertContains(step, "<svg")
        self.assertFalse(self.is_in())
        self.assertContains(self.second_step("000000"), "not right")
        self.second_step(self.code(self.client.session["desk_new_key"]))
        self.assertContains(self.client.get(DESK), "You have no recovery codes")

    def test_whoever_came_in_without_one_is_nobody_on_any_page(self):
        article = make.article(by=self.pia)
        self.client.force_login(self.pia)
        self.assertFalse(self.is_in())
        self.assertNotEqual(self.client.get(reverse("preview", args=[article.uid])).status_code, 200)
        self.assertEqual(self.client.get("/").status_code, 200)

    def test_a_group_that_the_setting_names_keeps_its_name(self):
        boss = User.objects.create_user("boss", is_staff=True)
        boss.groups.add(Group.objects.get(name="Administrators"))
        self.client.force_login(boss)
        group = Group.objects.get(name="Publishers")
        other = Group.objects.create(name="Others")
        for row, stays in ((group, True), (other, False)):
            page = self.client.post(reverse("admin:auth_group_change", args=[row.pk]), {"name": f"{row}!"})
            self.assertEqual(page.status_code, 200 if stays else 302)
            self.client.post(reverse("admin:auth_group_delete", args=[row.pk]), {"post": "yes"})
            sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            self.client.post(reverse("admin:auth_group_changelist"), sent)
            self.assertEqual(Group.objects.filter(pk=row.pk).exists(), stays)
        self.assertTrue(factors.is_required(self.pia))

    def test_the_last_one_is_not_removed(self):
        step = self.first_step(username="pia")
        self.assertContains(step, "<svg")
        self.second_step(self.code(self.client.session["desk_new_key"]))
        self.later(minutes=1)
        code = self.code(TOTPDevice.objects.get().key)
        page = self.client.post(PAGE, {"act": "remove_app", "password": PASSWORD, "code": code})
        self.assertContains(page, "set up another one first")
        self.assertTrue(factors.has_app(self.pia))


class OwnPageTest(FactorCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.ana)

    def set_up(self, **typed):
        page = self.client.get(PAGE, {"set_up": ""})
        self.assertContains(page, "<svg")
        sent = {
            "act": "set_up_app",
            "password": PASSWORD,
            "code": self.code(self.client.session["desk_new_key"]),
        }
        return self.client.post(PAGE, sent | typed)

    def test_sets_up_an_app_and_shows_the_recovery_codes_once(self):
        elsewhere = Client()
        elsewhere.force_login(self.ana)
        page = self.set_up()
        self.assertEqual(len(re.findall(r"<code>\w{4}-\w{4}-\w{4}</code>", page.content.decode())), 10)
        self.assertNotContains(self.client.get(PAGE), "<code>")
        self.assertTrue(self.is_in())
        self.assertFalse(self.is_in(elsewhere))
        said = set(AuditEntry.objects.filter(kind="factor").values_list("name", "what", "detail"))
        self.assertIn(("ana", "user ana", "app for codes set up"), said)

    def test_needs_the_password_and_the_right_code_and_keeps_what_was_typed(self):
        self.assertContains(self.set_up(password="wrong"), "not your password")
        page = self.set_up(code="000000")
        self.assertContains(page, "not the code that the app shows")
        self.assertContains(page, 'value="000000"')
        self.assertFalse(factors.has_app(self.ana))

    def confirmed(self, act, **typed):
        """The codes of the last half minutes were used already."""
        self.later(minutes=1)
        key = TOTPDevice.objects.get().key
        return self.client.post(PAGE, {"act": act, "password": PASSWORD, "code": self.code(key), **typed})

    def test_removes_the_app_with_the_password_and_a_code(self):
        self.set_up()
        self.assertContains(self.confirmed("remove_app", password="wrong"), "not your password")
        for code in ("", "000000", "xxxx-xxxx-xxxx"):
            self.assertContains(
                self.confirmed("remove_app", code=code), "Type the code that your app shows now"
            )
        self.assertTrue(factors.has_app(self.ana))
        self.assertEqual(AuditEntry.objects.filter(kind="refused", detail="wrong code").count(), 2)
        self.later(minutes=20)
        self.confirmed("remove_app")
        self.assertFalse(factors.has_app(self.ana))

    def test_removes_a_lost_app_with_a_recovery_code(self):
        self.set_up()
        code = factors.new_codes(self.ana)[0]
        self.confirmed("remove_app", code=code)
        self.assertFalse(factors.has_app(self.ana))

    def test_looks_at_no_code_while_somebody_has_to_wait(self):
        self.set_up()
        self.confirmed("remove_app", code="000000")
        sent = {"act": "remove_app", "password": PASSWORD, "code": "000000"}
        self.assertContains(self.client.post(PAGE, sent), "Too many wrong codes")

    def test_shows_another_key_each_time_and_keeps_it_while_its_code_is_typed(self):
        keys = []
        for _ in range(2):
            self.client.get(PAGE, {"set_up": ""})
            keys.append(self.client.session["desk_new_key"])
        self.assertNotEqual(*keys)
        self.client.post(PAGE, {"act": "set_up_app", "password": PASSWORD, "code": "000000"})
        self.assertEqual(self.client.session["desk_new_key"], keys[1])

    def test_takes_the_recovery_codes_along_with_the_last_factor(self):
        self.set_up()
        code = factors.new_codes(self.ana)[0]
        self.confirmed("remove_app")
        self.assertEqual((factors.codes_left(self.ana), factors.takes(self.ana, code)), (0, ""))

    def test_makes_new_codes_in_place_of_the_old(self):
        self.set_up()
        old = factors.new_codes(self.ana)[0]
        page = self.confirmed("make_codes")
        self.assertContains(page, "never shown again")
        self.assertEqual(factors.takes(self.ana, old), "")

    def test_is_no_place_for_passwords_to_be_guessed(self):
        self.has_app()
        for number in range(7):
            self.client.post(PAGE, {"act": "remove_app", "password": f"guess {number}"})
        self.confirmed("remove_app")
        self.assertTrue(factors.has_app(self.ana))


class CommandTest(FactorCase):
    def said(self, *words):
        out = io.StringIO()
        call_command("second_factor", *words, stdout=out)
        return out.getvalue()

    def test_lets_in_whoever_has_lost_all(self):
        self.has_app()
        factors.new_codes(self.ana)
        self.assertIn("an app for codes, 10 recovery codes", self.said("ana"))
        self.log_in()
        self.assertIn("no second factor any more", self.said("ana", "--remove"))
        self.assertFalse(self.is_in())
        self.assertRedirects(self.first_step(), DESK, fetch_redirect_response=False)
        self.assertTrue(
            AuditEntry.objects.filter(kind="factor", detail="all second factors removed").exists()
        )

    def test_names_who_is_not_there(self):
        with self.assertRaisesMessage(CommandError, "Nobody logs in as 'bob'"):
            self.said("bob")
