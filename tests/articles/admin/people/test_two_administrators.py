"""Two administrators change the same person, or what the same group may do, at the same time."""

from django.contrib.auth.models import Group, Permission, User
from django.test import Client, TestCase
from django.urls import reverse

from tests import factories as make


class TwoAdministratorsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        names = ("ana", "ben")
        cls.ana, cls.ben = (User.objects.create_superuser(name, password="a long one") for name in names)
        cls.cleo = User.objects.create_user("cleo", is_staff=True)
        cls.group = Group.objects.create(name="Editors of Sport")
        cls.section = make.section("Sport")

    def setUp(self):
        self.client.force_login(self.ana)
        self.other = Client()
        self.other.force_login(self.ben)

    def person(self):
        return reverse("admin:auth_user_change", args=[self.cleo.pk])

    def group_page(self):
        return reverse("admin:auth_group_change", args=[self.group.pk])

    def sent(self, client, address):
        """What a browser would send of the form there."""
        form = client.get(address).context["adminform"].form
        shown = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        shown.pop("password", None)
        return {
            name: [row.pk for row in value] if isinstance(value, list) else value
            for name, value in shown.items()
            if value not in (None, False)
        }

    def told(self, response):
        self.assertEqual(response.status_code, 200)
        return " ".join(response.context["adminform"].form.non_field_errors())

    def test_an_account_that_was_closed_meanwhile_is_not_opened_again(self):
        mine, theirs = (self.sent(client, self.person()) for client in (self.client, self.other))
        del theirs["is_active"]
        self.assertEqual(self.other.post(self.person(), theirs).status_code, 302)
        told = self.client.post(self.person(), mine | {"first_name": "Cleo"})
        self.assertIn("ben has changed this user", self.told(told))
        self.assertIn("Active is “False”", self.told(told))
        self.cleo.refresh_from_db()
        self.assertEqual((self.cleo.is_active, self.cleo.first_name), (False, ""))
        now = told.context["adminform"].form.data["shown_version"]
        again = mine | {"first_name": "Cleo", "shown_version": now}
        del again["is_active"]
        self.assertEqual(self.client.post(self.person(), again).status_code, 302)
        self.cleo.refresh_from_db()
        self.assertEqual((self.cleo.is_active, self.cleo.first_name), (False, "Cleo"))

    def test_roles_given_meanwhile_are_not_taken_away(self):
        mine, theirs = (self.sent(client, self.person()) for client in (self.client, self.other))
        self.other.post(self.person(), theirs | {"groups": [self.group.pk]})
        told = self.told(self.client.post(self.person(), mine | {"last_name": "Reed"}))
        self.assertIn("Groups is “Editors of Sport”", told)
        self.assertEqual([*self.cleo.groups.all()], [self.group])

    def test_what_a_group_may_do_is_not_undone(self):
        may = Permission.objects.get(codename="publish_article")
        mine, theirs = (self.sent(client, self.group_page()) for client in (self.client, self.other))
        changes = {"permissions": [may.pk], "sections": [self.section.pk]}
        self.assertEqual(self.other.post(self.group_page(), theirs | changes).status_code, 302)
        told = self.told(self.client.post(self.group_page(), mine | {"name": "Sport"}))
        self.assertIn("ben has changed this group", told)
        self.assertIn("Sections is “Sport”", told)
        self.group.refresh_from_db()
        self.assertEqual(([*self.group.permissions.all()], self.group.name), ([may], "Editors of Sport"))

    def test_one_alone_is_never_asked(self):
        for address in (self.person(), self.group_page(), self.person()):
            self.assertEqual(self.client.post(address, self.sent(self.client, address)).status_code, 302)

    def test_a_log_in_meanwhile_is_no_change(self):
        mine = self.sent(self.client, self.person())
        Client().force_login(self.cleo)
        self.assertEqual(self.client.post(self.person(), mine).status_code, 302)
