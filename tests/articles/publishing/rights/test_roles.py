from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase

from articles.models import Article
from articles.publishing.rights.roles import GROUPS, make_groups


def migrated_again():
    make_groups(apps.get_app_config("articles"), using="default", apps=apps)


def may(group, codename):
    return Group.objects.get(name=group).permissions.filter(codename=codename).exists()


class GroupsTest(TestCase):
    def test_are_there_after_migrate(self):
        self.assertEqual(set(Group.objects.values_list("name", flat=True)), set(GROUPS))

    def test_let_each_role_do_more_than_the_one_before(self):
        given = [set(Group.objects.get(name=name).permissions.values_list("codename")) for name in GROUPS]
        for less, more in zip(given, given[1:], strict=False):
            self.assertLess(less, more)

    def test_let_publishers_publish_and_editors_approve(self):
        self.assertTrue(may("Publishers", "publish_article"))
        self.assertTrue(may("Editors", "approve_article"))
        self.assertFalse(may("Editors", "publish_article"))
        self.assertFalse(may("Contributors", "change_article"))
        self.assertFalse(may("Editors", "add_tag"))

    def test_let_administrators_alone_make_users_and_import(self):
        for codename in ("add_user", "change_group", "import_site", "view_outboxentry"):
            self.assertTrue(may("Administrators", codename), codename)
            self.assertFalse(may("Publishers", codename), codename)

    def test_keep_out_what_an_operator_has_taken_out(self):
        group = Group.objects.get(name="Publishers")
        group.permissions.remove(Permission.objects.get(codename="delete_page"))
        migrated_again()
        self.assertFalse(may("Publishers", "delete_page"))

    def test_get_a_permission_that_is_new(self):
        Permission.objects.get(codename="publish_article").delete()
        migrated_again()
        self.assertTrue(may("Publishers", "publish_article"))

    def test_leave_permissions_of_others_alone(self):
        kind = ContentType.objects.get_for_model(Article)
        own = Permission.objects.create(codename="eat_article", name="Can eat", content_type=kind)
        Group.objects.get(name="Contributors").permissions.add(own)
        migrated_again()
        self.assertTrue(may("Contributors", "eat_article"))
