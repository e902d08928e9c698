from unittest import mock

from django.contrib import admin
from taggit.models import Tag as StockTag

from articles.models import OutboxEntry, Tag
from articles.publishing import put_in_bin
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address
from tests.asked import asked


class TagTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.first = make.published_article(tags=("coast", "money"))
        cls.second = make.published_article(tags=("coasts", "coast"))
        cls.third = make.published_article(tags=("coasts",))
        cls.coast, cls.coasts, cls.money = (
            Tag.objects.get(name=name) for name in ("coast", "coasts", "money")
        )

    def names(self, article):
        return sorted(str(tag) for tag in article.tags.all())

    def merge(self, *tags, **more):
        return self.act("merge", *tags, list_name="tag_changelist", **more)

    def save(self, tag=None, **changes):
        data = {"name": "Harbours", "slug": "", "description": ""} | changes
        return self.client.post(address("tag_change", tag.pk) if tag else address("tag_add"), data)


class ListTest(TagTest):
    def test_counts_the_articles_in_one_query(self):
        with self.assertNumQueries(9):
            page = self.client.get(address("tag_changelist"))
        counts = {str(tag): tag.article_count for tag in page.context["cl"].result_list}
        self.assertEqual(counts, {"coast": 2, "coasts": 2, "money": 1})

    def test_counts_none_that_is_in_the_bin(self):
        put_in_bin(make.article(tags=("coast",)), by=None)
        self.test_counts_the_articles_in_one_query()

    def test_leaves_taggits_own_tags_out(self):
        self.assertFalse(admin.site.is_registered(StockTag))


class MergeTest(TagTest):
    def test_asks_which_one_remains(self):
        page = self.merge(self.coast, self.coasts)
        self.assertContains(page, "coast (2)")
        self.assertContains(page, f'name="into" value="{self.coasts.pk}"')

    def test_gives_the_articles_the_one_that_remains(self):
        told = self.told(self.merge(self.coast, self.coasts, into=self.coast.pk))
        self.assertEqual(told, ["Merged into “coast”: 2 articles changed."])
        self.assertEqual(
            [self.names(each) for each in (self.first, self.second, self.third)],
            [["coast", "money"], ["coast"], ["coast"]],
        )
        self.assertFalse(Tag.objects.filter(pk=self.coasts.pk).exists())

    def test_says_that_many_follow_little_by_little(self):
        with (
            mock.patch("articles.admin.tag.SLICE", 1),
            mock.patch("articles.publishing.tags.SLICE", 1),
        ):
            told = self.told(self.merge(self.coast, self.coasts, into=self.coast.pk))
        self.assertEqual(told, ["Being merged into “coast”: 2 articles change little by little."])
        self.assertTrue(Tag.objects.filter(pk=self.coasts.pk).exists())

    def test_refuses_a_tag_that_was_not_chosen(self):
        self.assertContains(self.merge(self.coast, self.coasts, into=self.money.pk), "Select a valid choice")
        self.assertEqual(Tag.objects.count(), 3)

    def test_of_one_says_that_there_is_nothing_to_merge(self):
        told = self.told(self.merge(self.coast, into=self.coast.pk))
        self.assertEqual(told, ["Choose at least one other tag to merge."])

    def test_is_announced(self):
        OutboxEntry.objects.all().delete()
        self.merge(self.coast, self.coasts, into=self.coast.pk)
        self.assertIn("coasts", OutboxEntry.objects.get().change["tags"])


class FormTest(TagTest):
    def test_refuses_a_name_there_is_whatever_its_letters(self):
        page = self.save(name="COAST")
        self.assertIn("merge them", page.context["adminform"].form.errors["name"][0])

    def test_makes_a_slug_and_announces(self):
        OutboxEntry.objects.all().delete()
        self.save(name="Häfen")
        self.assertEqual(Tag.objects.get(name="Häfen").slug, "häfen")
        self.assertEqual(OutboxEntry.objects.get().change["tags"], ["häfen"])


class DeletionTest(TagTest):
    def test_says_how_many_articles_lose_it(self):
        self.assertContains(
            self.client.get(address("tag_delete", self.coast.pk)), "on 2 articles; the articles stay"
        )

    def test_takes_it_off_and_announces(self):
        OutboxEntry.objects.all().delete()
        self.client.post(address("tag_delete", self.coast.pk), {"post": "yes"})
        self.assertEqual(self.names(self.first), ["money"])
        change = OutboxEntry.objects.get().change
        self.assertEqual(change["tags"], ["coast"])


class ManyTest(TagTest):
    """All of the list can be chosen with one click, and it is as long as the paper has tags."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Tag.objects.bulk_create(Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(300))

    def refused(self, action, **more):
        with asked() as queries:
            told = self.told(
                self.act(action, self.coast, list_name="tag_changelist", select_across=1, **more)
            )
        self.assertEqual(told, ["Choose at most 200 tags at a time. Nothing was done."])
        self.assertLess(len(queries), 30)
        self.assertEqual(Tag.objects.count(), 303)

    def test_are_not_merged_at_once(self):
        self.refused("merge")
        self.refused("merge", into=self.coast.pk)

    def test_are_not_deleted_at_once(self):
        self.refused("delete_selected")
        self.refused("delete_selected", post="yes")

    def test_a_few_of_them_are(self):
        some = Tag.objects.filter(slug__startswith="tag-1")
        number = some.count()
        self.act("delete_selected", *some, list_name="tag_changelist", post="yes")
        self.assertEqual(Tag.objects.count(), 303 - number)
