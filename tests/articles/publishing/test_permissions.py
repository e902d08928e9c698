from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase

from articles.models import Article
from articles.publishing.permissions import make_groups


def migrated_again():
    make_groups(apps.get_app_config("articles"), using="default", apps=apps)


def may(group, codename):
    return Group.objects.get(name=group).permissions.filter(codename=codename).exists()


class GroupsTest(TestCase):
    def test_are_there_after_migrate(self):
        self.assertEqual(set(Group.objects.values_list("name", flat=True)), {"Editors", "Reporters"})

    def test_let_editors_publish_and_reporters_not(self):
        self.assertTrue(may("Editors", "publish_article"))
        self.assertTrue(may("Reporters", "change_article"))
        self.assertFalse(may("Reporters", "publish_article"))
        self.assertFalse(may("Reporters", "add_tag"))

    def test_keep_out_what_an_operator_has_taken_out(self):
        group = Group.objects.get(name="Editors")
        group.permissions.remove(Permission.objects.get(codename="delete_page"))
        migrated_again()
        self.assertFalse(may("Editors", "delete_page"))

    def test_get_a_permission_that_is_new(self):
        Permission.objects.get(codename="publish_article").delete()
        migrated_again()
        self.assertTrue(may("Editors", "publish_article"))

    def test_leave_permissions_of_others_alone(self):
        kind = ContentType.objects.get_for_model(Article)
        own = Permission.objects.create(codename="eat_article", name="Can eat", content_type=kind)
        Group.objects.get(name="Reporters").permissions.add(own)
        migrated_again()
        self.assertTrue(may("Reporters", "eat_article"))
