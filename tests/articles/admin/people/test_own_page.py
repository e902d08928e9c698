"""One's own page: name, e-mail address, and what comes by e-mail."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from articles.models import AuditEntry, EmailWanted

ADDRESS = reverse("desk_own_page")


class OwnPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mara = User.objects.create_user("mara", "mara@example.org", "old-password", is_staff=True)

    def setUp(self):
        self.client.force_login(self.mara)

    def send(self, *, seen=None, **said):
        seen = seen or self.seen()
        values = {"first_name": "Mara", "last_name": "Ellis", "email": "mara@example.org", "seen": seen}
        return self.client.post(ADDRESS, values | said)

    def seen(self):
        return self.client.get(ADDRESS).context["form"].initial["seen"]

    def test_the_head_of_each_page_leads_there(self):
        self.assertContains(self.client.get(reverse("admin:index")), f'href="{ADDRESS}"')

    def test_name_and_notices_are_kept(self):
        self.assertRedirects(self.send(kinds=["answered", "soon"]), ADDRESS)
        self.mara.refresh_from_db()
        self.assertEqual(self.mara.get_full_name(), "Mara Ellis")
        self.assertEqual(set(EmailWanted.objects.values_list("kind", flat=True)), {"answered", "soon"})

    def test_another_e_mail_address_takes_the_password(self):
        for password in ("", "wrong"):
            answer = self.send(email="new@example.org", password=password)
            self.assertContains(answer, "This is not your password")
            self.assertContains(answer, 'value="new@example.org"')
        self.assertEqual(User.objects.get().email, "mara@example.org")
        self.assertRedirects(self.send(email="new@example.org", password="old-password"), ADDRESS)
        self.assertEqual(User.objects.get().email, "new@example.org")

    def test_is_no_place_for_passwords_to_be_guessed(self):
        change = reverse("admin:password_change")
        new = {"new_password1": "harbour-wall-9", "new_password2": "harbour-wall-9"}
        for number in range(3):
            self.send(email="new@example.org", password=f"guess {number}")
            self.client.post(change, new | {"old_password": f"guess {number}"})
        self.send(email="new@example.org", password="old-password")
        told = self.client.post(change, new | {"old_password": "old-password"}, follow=True)
        self.assertContains(told, "Too many wrong passwords")
        self.mara.refresh_from_db()
        self.assertEqual(self.mara.email, "mara@example.org")
        self.assertTrue(self.mara.check_password("old-password"))
        self.assertEqual(AuditEntry.objects.filter(kind="refused", what="user mara").count(), 5)

    def test_what_was_changed_meanwhile_is_told_and_what_was_typed_stays(self):
        seen = self.seen()
        User.objects.filter(pk=self.mara.pk).update(last_name="Okafor")
        answer = self.send(seen=seen)
        self.assertContains(answer, "changed elsewhere meanwhile")
        self.assertContains(answer, "Okafor")
        self.assertContains(answer, 'value="Ellis"')
        self.assertEqual(User.objects.get().last_name, "Okafor")
        again = answer.context["form"]["seen"].value()
        self.assertRedirects(self.send(seen=again), ADDRESS)
        self.assertEqual(User.objects.get().last_name, "Ellis")

    def test_nobody_becomes_a_superuser_there(self):
        self.send(is_superuser="on", username="admin", is_staff="on")
        self.mara.refresh_from_db()
        self.assertEqual((self.mara.username, self.mara.is_superuser), ("mara", False))
