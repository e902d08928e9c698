"""Somebody logged in at the desk, for the tests of its lists."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse


def address(name, *args, **query):
    return reverse(f"admin:articles_{name}", args=args, query=query or None)


class DeskTestCase(TestCase):
    group = "Publishers"

    @classmethod
    def setUpTestData(cls):
        cls.user = somebody("editor", cls.group)

    def setUp(self):
        self.client.force_login(self.user)

    def act(self, action, *articles, list_name="article_changelist", **more):
        """What the list's action form sends; answers the page that follows."""
        data = {"action": action, "_selected_action": [each.pk for each in articles], **more}
        return self.client.post(address(list_name), data, follow=True)

    def told(self, response):
        return [str(message) for message in response.context["messages"]]

    def shown(self, **query):
        """The articles on the list's page, in order."""
        return list(self.client.get(address("article_changelist", **query)).context["cl"].result_list)


def somebody(name, group):
    user = get_user_model().objects.create_user(name, password="press-room", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
