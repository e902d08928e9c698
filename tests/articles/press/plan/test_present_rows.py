from django.test import TestCase

from articles.models import OldAddress, Tag
from articles.press.plan.present_rows import as_of_now
from tests import factories
from tests.asked import asked


class OldAddressesOfManyTests(TestCase):
    """As many changes may come due in one second as editors have scheduled for it."""

    def test_are_asked_for_in_one_condition_for_each_kind(self):
        article = factories.published_article(tags=("coast",))
        coast = Tag.objects.get()
        OldAddress.objects.create(path="/2026/01/01/was/", article=article)
        OldAddress.objects.create(path="/tag/shore/", tag=coast)
        unknown = [{"kind": "article", "id": 10**6 + number} for number in range(1_500)]
        changes = [{"kind": "tag", "id": coast.pk}, {"kind": "article", "id": article.pk}, *unknown]
        with asked() as queries:
            of_tag, of_article, *others = as_of_now(changes)
        self.assertEqual(of_tag["below"], ["/tag/shore/"])
        self.assertIn("/2026/01/01/was/", of_article["addresses"])
        self.assertFalse(any("below" in each or "addresses" in each for each in others))
        self.assertLess(max(query.text.count(" OR ") for query in queries), 6)
