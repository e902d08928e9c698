"""A forgotten password is set anew with a link: by e-mail where there is some, else from an administrator's hand."""

import re
import threading

from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.admin.people import forgotten
from articles.conf import paper

WITH_MAIL = override_settings(EMAIL_HOST="mail.example.org")
FORGOTTEN, LOGIN = reverse("desk_forgotten"), reverse("admin:login")
PASSWORD = "a-long-and-new-one-7"


def link_in(text):
    found = re.search(re.escape(paper().url) + r"(/admin/password/\S+/)", text)
    return found and found[1]


class Passwords(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mara = User.objects.create_user("mara", "Mara@example.org", "old-password", is_staff=True)
        cls.admin = User.objects.create_superuser("admin", "admin@example.org", "x")

    def setUp(self):
        forgotten.sent_at.clear()

    def ask(self, address):
        answer = self.client.post(FORGOTTEN, {"email": address})
        for thread in threading.enumerate():
            if thread.name == "password e-mail":
                thread.join()
        return answer

    def set_password(self, path, password=PASSWORD):
        page = self.client.get(path, follow=True)
        where = page.redirect_chain[-1][0] if page.redirect_chain else path
        return self.client.post(where, {"new_password1": password, "new_password2": password})

    def may_log_in(self, name, password):
        return self.client.login(username=name, password=password)


class ForgottenTest(Passwords):
    def test_the_log_in_page_leads_there(self):
        self.assertContains(self.client.get(LOGIN), f'href="{FORGOTTEN}"')

    def test_without_a_mail_server_it_says_whom_to_ask(self):
        for answer in (self.client.get(FORGOTTEN), self.ask("mara@example.org")):
            self.assertContains(answer, "This site sends no e-mail. Ask an administrator")
            self.assertNotContains(answer, '<form method="post" id="forgotten-form"')
        self.assertEqual(mail.outbox, [])

    @WITH_MAIL
    def test_a_link_comes_by_e_mail_and_is_good_once(self):
        self.ask("mara@EXAMPLE.org")
        [sent] = mail.outbox
        self.assertEqual(sent.to, ["Mara@example.org"])
        path = link_in(sent.body)
        self.assertRedirects(self.set_password(path), LOGIN)
        self.assertTrue(self.may_log_in("mara", PASSWORD))
        self.client.logout()
        self.assertContains(self.client.get(path), "This link is good no longer")

    @WITH_MAIL
    def test_the_link_is_of_the_site_and_not_of_the_host_that_was_asked(self):
        self.client.post(FORGOTTEN, {"email": "mara@example.org"}, headers={"host": "localhost:1"})
        self.ask("nobody@example.org")
        self.assertTrue(link_in(mail.outbox[0].body).startswith("/admin/password/"))

    @WITH_MAIL
    def test_nobody_learns_whether_there_is_such_an_account(self):
        known, unknown = self.ask("mara@example.org"), self.ask("nobody@example.org")
        self.assertEqual(known.content, unknown.content)
        self.assertContains(known, "is on its way")
        self.assertEqual(len(mail.outbox), 1)

    def test_a_command_tries_whether_e_mail_goes_out(self):
        call_command("sendtestemail", "mara@example.org")
        self.assertEqual(mail.outbox[0].to, ["mara@example.org"])

    @WITH_MAIL
    def test_no_mailbox_is_filled(self):
        for _ in range(5):
            self.ask("mara@example.org")
        self.assertEqual(len(mail.outbox), 1)

    @WITH_MAIL
    def test_who_was_invited_and_came_too_late_gets_another_invitation(self):
        self.mara.set_unusable_password()
        self.mara.save()
        self.ask("mara@example.org")
        self.assertIn("You have an account at the desk", mail.outbox[0].body)
        self.assertRedirects(self.set_password(link_in(mail.outbox[0].body)), LOGIN)
        self.assertTrue(self.may_log_in("mara", PASSWORD))

    @WITH_MAIL
    def test_whose_password_was_taken_away_gets_none(self):
        self.assertTrue(self.may_log_in("mara", "old-password"))
        self.mara.refresh_from_db()
        self.mara.set_unusable_password()
        self.mara.save()
        self.ask("mara@example.org")
        self.assertEqual(mail.outbox, [])

    @WITH_MAIL
    def test_whoever_has_left_gets_none(self):
        User.objects.filter(pk=self.mara.pk).update(is_staff=False)
        self.ask("mara@example.org")
        self.assertEqual(mail.outbox, [])

    @WITH_MAIL
    def test_what_is_no_address_is_refused_at_its_field_and_stays(self):
        answer = self.ask("mara")
        self.assertContains(answer, "Enter a valid email address.")
        self.assertContains(answer, 'value="mara"')

    @WITH_MAIL
    def test_a_weak_password_is_refused_and_the_old_one_stays(self):
        self.ask("mara@example.org")
        answer = self.set_password(link_in(mail.outbox[0].body), "12345678")
        self.assertContains(answer, "too common")
        self.assertTrue(self.may_log_in("mara", "old-password"))


class InvitationTest(Passwords):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.admin)

    def invited(self, **more):
        group = Group.objects.get(name="Editors")
        said = {
            "username": "jonas",
            "first_name": "Jonas",
            "email": "jonas@example.org",
            "groups": [group.pk],
        }
        return self.client.post(reverse("admin:auth_user_add"), said | more)

    def test_an_account_is_made_with_e_mail_and_role_and_without_a_password(self):
        answer = self.invited()
        jonas = User.objects.get(username="jonas")
        self.assertRedirects(answer, reverse("admin:auth_user_link", args=[jonas.pk]))
        self.assertEqual(
            (jonas.email, jonas.is_staff, jonas.has_usable_password()), ("jonas@example.org", True, False)
        )
        self.assertEqual([group.name for group in jonas.groups.all()], ["Editors"])

    def test_a_name_that_is_there_in_other_letters_is_refused_and_nothing_is_lost(self):
        answer = self.invited(username="MARA")
        self.assertContains(answer, "Somebody has this name already")
        self.assertContains(answer, 'value="jonas@example.org"')

    def test_without_a_mail_server_the_link_is_handed_over(self):
        self.invited()
        address = reverse("admin:auth_user_link", args=[User.objects.get(username="jonas").pk])
        page = self.client.get(address)
        self.assertContains(page, "This site sends no e-mail")
        self.assertIsNone(link_in(page.content.decode()))
        path = link_in(self.client.post(address, {"make": "1"}).content.decode().replace('"', " "))
        self.client.logout()
        self.assertRedirects(self.set_password(path), LOGIN)
        self.assertTrue(self.may_log_in("jonas", PASSWORD))

    @WITH_MAIL
    def test_with_one_it_is_sent(self):
        self.invited()
        address = reverse("admin:auth_user_link", args=[User.objects.get(username="jonas").pk])
        self.assertContains(self.client.get(address), "Send a link to jonas@example.org")
        self.assertContains(self.client.post(address, {"send": "1"}, follow=True), "A link was sent to")
        self.assertIn("You have an account at the desk", mail.outbox[0].body)
        self.assertTrue(link_in(mail.outbox[0].body))

    @override_settings(
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"
    )
    def test_a_mail_server_that_is_away_is_named(self):
        address = reverse("admin:auth_user_link", args=[self.mara.pk])
        self.assertContains(
            self.client.post(address, {"send": "1"}, follow=True), "The e-mail could not be sent"
        )

    def test_who_is_not_on_the_staff_gets_no_link(self):
        User.objects.filter(pk=self.mara.pk).update(is_active=False)
        answer = self.client.post(reverse("admin:auth_user_link", args=[self.mara.pk]), {"make": "1"})
        self.assertContains(answer, "may not log in at the desk")

    def test_one_s_own_is_changed_with_the_old_one_alone(self):
        """Whoever finds the computer of an administrator unlocked would have all that a second factor asks."""
        said = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
        for number in (self.admin.pk, f"0{self.admin.pk}"):
            for page, sent in (("link", {"make": "1"}), ("password_change", said)):
                address = reverse(f"admin:auth_user_{page}", args=[number])
                self.assertRedirects(self.client.post(address, sent), reverse("admin:password_change"))
        taken_away = {"usable_password": "false", "unset-password": "1"}
        self.client.post(reverse("admin:auth_user_password_change", args=[self.admin.pk]), taken_away)
        account = reverse("admin:auth_user_change", args=[self.admin.pk])
        sent = {"username": "admin", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
        self.client.post(account, sent | {"email": "thief@example.org", "first_name": "Ada"})
        self.admin.refresh_from_db()
        self.assertTrue(self.admin.check_password("x"))
        self.assertEqual((self.admin.email, self.admin.first_name), ("admin@example.org", "Ada"))
        other = reverse("admin:auth_user_password_change", args=[self.mara.pk])
        self.client.post(other, said)
        self.assertTrue(User.objects.get(pk=self.mara.pk).check_password(PASSWORD))

    def test_an_administrator_makes_none_for_a_superuser(self):
        User.objects.filter(pk=self.mara.pk).update(is_staff=True)
        self.mara.groups.add(Group.objects.get(name="Administrators"))
        self.client.force_login(self.mara)
        address = reverse("admin:auth_user_link", args=[self.admin.pk])
        self.assertEqual(self.client.post(address, {"make": "1"}).status_code, 403)
