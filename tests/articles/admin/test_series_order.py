"""The order of a series is set by numbers on a page of its tag."""

from unittest import mock

from django.test import TestCase
from django.urls import reverse

from articles.models import ArticleTag, Tag
from articles.publishing import tags
from articles.publishing.tags import order_series, save_tag
from tests import factories


class SeriesOrderTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.parts = [factories.published_article(headline=f"Part {n}", tags=("coast",)) for n in range(4)]
        cls.draft = factories.article(headline="Part 4", tags=("coast",))
        cls.coast = Tag.objects.get(name="coast")
        cls.coast.is_series = True
        save_tag(cls.coast)

    def setUp(self):
        self.client.force_login(self.editor)
        self.address = reverse("admin:articles_tag_order", args=[self.coast.pk])

    def post(self, *places, **more):
        numbers = [part.pk for part in (*self.parts, self.draft)]
        typed = {f"place_{pk}": place for pk, place in zip(numbers, places, strict=True)}
        version = Tag.objects.get(pk=self.coast.pk).version
        return self.client.post(self.address, {"version": version, **typed, **more})

    def placed(self):
        rows = ArticleTag.objects.filter(tag=self.coast, place__isnull=False).order_by("place")
        return list(rows.values_list("content_object__headline", flat=True))

    def test_the_form_of_a_series_leads_to_it(self):
        change = reverse("admin:articles_tag_change", args=[self.coast.pk])
        self.assertContains(self.client.get(change), self.address, count=1)
        Tag.objects.update(is_series=False)
        self.assertNotContains(self.client.get(change), self.address)
        self.assertEqual(self.client.get(self.address).status_code, 404)

    def test_numbers_set_it(self):
        self.assertEqual(self.post("4", "1", "2.5", "2", "").status_code, 302)
        self.assertEqual(self.placed(), ["Part 1", "Part 3", "Part 2", "Part 0"])
        page = self.client.get(self.address).text
        self.assertLess(page.index("Part 1"), page.index("Part 0"))
        self.assertLess(page.index("Part 0"), page.index("Part 4"))

    def test_of_two_equal_numbers_the_one_that_stood_first_stays_first(self):
        self.post("1", "1", "1", "0", "")
        self.assertEqual(self.placed(), ["Part 3", "Part 0", "Part 1", "Part 2"])

    def test_a_draft_may_have_its_place_already(self):
        self.post("2", "", "", "", "1")
        self.assertEqual(self.placed(), ["Part 4", "Part 0"])

    def test_by_publication_again(self):
        self.post("4", "3", "2", "1", "")
        self.post("4", "3", "2", "1", "", by_time="1")
        self.assertEqual(self.placed(), [])

    def test_a_wrong_number_does_not_matter_to_who_wants_none(self):
        self.post("4", "3", "2", "1", "")
        self.post("first", "3", "2", "1", "", by_time="1")
        self.assertEqual(self.placed(), [])

    def test_no_number_is_said_at_its_field_and_loses_nothing(self):
        answer = self.post("first", "7", "2", "3", "")
        self.assertContains(answer, "Write a number, such as 3, or nothing.")
        self.assertContains(answer, 'value="first"')
        self.assertContains(answer, 'value="7"')
        self.assertEqual(self.placed(), [])

    def test_who_acts_on_an_older_form_is_told_and_may_save_again(self):
        version = Tag.objects.get(pk=self.coast.pk).version
        order_series(Tag.objects.get(pk=self.coast.pk), [self.parts[2].pk])
        answer = self.post("1", "2", "", "", "", version=version)
        self.assertContains(answer, "Somebody has changed this tag meanwhile")
        self.assertEqual(self.placed(), ["Part 2"])
        self.post("1", "2", "", "", "", version=answer.context["form"].data["version"])
        self.assertEqual(self.placed(), ["Part 0", "Part 1"])

    def test_a_long_series_stays_in_order_of_time(self):
        with mock.patch.object(tags, "MOST_PLACES", 3):
            self.assertContains(self.post("1", "2", "3", "4", ""), "A series of more than 3 articles")
        self.assertEqual(self.placed(), [])

    def test_those_who_may_not_change_tags_do_not_see_it(self):
        self.editor.is_superuser = False
        self.editor.save()
        self.assertEqual(self.client.get(self.address).status_code, 403)
