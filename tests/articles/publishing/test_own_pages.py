from django.test import TestCase

from articles.models import OutboxEntry
from articles.publishing.pages import remove_page, save_page
from tests import factories


def announced():
    change = OutboxEntry.objects.latest("pk").change
    return change["addresses"], change["everywhere"]


class OwnPagesTest(TestCase):
    """What is printed again when one of the paper's own pages changes."""

    @classmethod
    def setUpTestData(cls):
        cls.about = factories.page(title="About", path="about")
        cls.team = factories.page(title="Team", path="about/team")
        cls.desk = factories.page(title="The desk", path="about/team/desk")

    def saved(self, page, **changes):
        for name, value in changes.items():
            setattr(page, name, value)
        save_page(page)
        return announced()

    def test_a_new_text_is_on_the_page_alone(self):
        self.assertEqual(self.saved(self.team, body="<p>New.</p>"), (["/about/team/"], False))

    def test_what_the_foot_lists_is_on_every_page(self):
        self.assertTrue(self.saved(self.about, title="About us")[1])
        self.assertTrue(self.saved(self.about, published=False)[1])

    def test_a_page_below_another_is_on_that_one_and_on_those_below_it(self):
        beside = ["/about/", "/about/team/", "/about/team/desk/"]
        self.assertEqual(self.saved(self.team, title="Who we are"), (beside, False))
        self.assertEqual(self.saved(self.team, published=False), (beside, False))

    def test_one_that_is_removed_leaves_those_below_it_to_the_page_above(self):
        remove_page(self.team)
        self.assertEqual(announced(), (["/about/", "/about/team/", "/about/team/desk/"], False))

    def test_one_that_moves_below_another_leaves_the_foot(self):
        contact = factories.page(title="Contact", path="contact")
        addresses, everywhere = self.saved(contact, path="about/contact")
        self.assertEqual(addresses, ["/about/", "/about/contact/", "/contact/"])
        self.assertTrue(everywhere)
