"""A site that had Editors and Reporters: its people may do afterwards what they could do before."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import TestCase

from articles.publishing.rights.roles import GROUPS, make_groups

MIGRATION = import_module("articles.migrations.0058_groups_of_the_roles")
NEW = {"approve_article"}


class GroupsOfTheRolesTest(TestCase):
    def setUp(self):
        Group.objects.all().delete()
        self.people = {name: User.objects.create_user(name, is_staff=True) for name in ("ed", "rita", "own")}
        for who, group, codenames in (
            ("ed", "Editors", ["publish_article", "change_article", "delete_page"]),
            ("rita", "Reporters", ["change_article", "add_article"]),
            ("own", "Publishers", ["view_page"]),
        ):
            made = Group.objects.create(name=group)
            made.permissions.set(Permission.objects.filter(codename__in=codenames))
            made.user_set.add(self.people[who])
        self.before = {who: self.rights(who) for who in self.people}
        Permission.objects.filter(codename__in=NEW).delete()

    def rights(self, who):
        return User.objects.get(username=who).get_all_permissions()

    def migrate(self, step):
        step(apps, SimpleNamespace(connection=connection))
        make_groups(apps.get_app_config("articles"), using="default", apps=apps)

    def groups(self, who):
        return {group.name for group in self.people[who].groups.all()}

    def test_keep_their_members_and_what_these_may_do(self):
        self.migrate(MIGRATION.rename)
        self.assertEqual((self.groups("ed"), self.groups("rita")), ({"Publishers"}, {"Editors"}))
        new = {f"articles.{codename}" for codename in NEW}
        for who in ("ed", "rita"):
            self.assertEqual(self.rights(who), self.before[who] | new)

    def test_take_the_name_of_a_group_of_the_sites_own_and_give_its_members_nothing(self):
        self.migrate(MIGRATION.rename)
        (name,) = self.groups("own")
        self.assertRegex(name, r"^Publishers \d+$")
        self.assertEqual(self.rights("own"), self.before["own"])

    def test_all_are_there_afterwards(self):
        self.migrate(MIGRATION.rename)
        self.assertLessEqual(set(GROUPS), set(Group.objects.values_list("name", flat=True)))

    def test_come_back(self):
        self.migrate(MIGRATION.rename)
        MIGRATION.rename_back(apps, SimpleNamespace(connection=connection))
        self.assertEqual((self.groups("ed"), self.groups("rita")), ({"Editors"}, {"Reporters"}))
