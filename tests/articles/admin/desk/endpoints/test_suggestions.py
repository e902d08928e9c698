from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from tests import factories


class SuggestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        for name in ("police", "ice", "Iceland", "sea"):
            factories.tag(name)
        factories.author("Ana Lind", role="Photographer")
        factories.author("Jonas Okafor", slug="one")
        factories.author("Jonas Okafor", slug="two")

    def asked(self, what, typed):
        self.client.force_login(self.editor)
        return self.client.get(reverse(f"admin:articles_desk_{what}"), {"q": typed})

    def test_begin_with_what_was_typed_before_they_only_hold_it(self):
        labels = [option["label"] for option in self.asked("tags", "ICE").json()["results"]]
        self.assertEqual(labels[-1], "police")
        self.assertEqual(set(labels), {"ice", "Iceland", "police"})

    def test_say_which_of_two_authors_of_one_name(self):
        values = {option["value"] for option in self.asked("authors", "jonas").json()["results"]}
        self.assertEqual(values, {"one", "two"})

    def test_tell_an_authors_role(self):
        (option,) = self.asked("authors", "lind").json()["results"]
        self.assertEqual(option, {"value": "Ana Lind", "label": "Ana Lind", "note": "Photographer"})

    def test_are_few_and_none_for_nothing(self):
        for number in range(20):
            factories.tag(f"many {number}")
        self.assertEqual(len(self.asked("tags", "many").json()["results"]), 8)
        self.assertEqual(self.asked("tags", "  ").json()["results"], [])

    def test_take_any_text(self):
        for text in ("%", "_", "\x00", "'", "\\", "a" * 5000):
            self.assertEqual(self.asked("tags", text).status_code, 200)

    def test_are_for_those_who_write(self):
        for what in ("tags", "authors"):
            address = reverse(f"admin:articles_desk_{what}") + "?q=i"
            self.client.logout()
            self.assertEqual(self.client.get(address).status_code, 302)
            User.objects.filter(username="clerk").delete()
            self.client.force_login(User.objects.create_user("clerk", is_staff=True))
            self.assertEqual(self.client.get(address).status_code, 403)

    def test_take_two_queries_beside_the_sessions(self):
        self.asked("tags", "i")
        with self.assertNumQueries(3):
            self.client.get(reverse("admin:articles_desk_tags"), {"q": "i"})
