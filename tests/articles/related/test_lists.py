"""Which articles stand in each other's lists, and which pages are printed for it."""

import datetime
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, OutboxEntry, Related
from articles.models.articles.article_queries import RELATED
from articles.outbox.consumers import CONSUMERS, Follower
from articles.publishing.article.content.apply import set_pinned
from articles.publishing.article.content.content import Content
from articles.related import candidates, lists
from articles.related.candidates import RARITY
from articles.related.consumer import PART
from tests import factories

DAY = datetime.timedelta(days=1)


class RelatedCase(TestCase):
    def setUp(self):
        RARITY.forget()
        self.addCleanup(RARITY.forget)

    @staticmethod
    def worked_off():
        """The pages that are to be printed again, by the entries that this wrote."""
        last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for follower in [Follower(CONSUMERS[name]) for name in ("search", "related")]:
            while follower.turn():
                pass
        entries = OutboxEntry.objects.filter(pk__gt=last)
        return {page for entry in entries for page in entry.change["printed"]}

    @staticmethod
    def story(headline, tags=(), **more):
        return factories.published_article(headline=headline, tags=tags, standfirst="", **more)

    def shown(self, article):
        return list(Article.objects.related_to(article.pk).values_list("pk", flat=True))


class OnePublicationTest(RelatedCase):
    @classmethod
    def setUpTestData(cls):
        # Enough of others, so that it is known which words and tags are rare.
        for number in range(30):
            cls.story(f"Council votes on matter {number}", ["council"], at=timezone.now() - number * DAY)
        cls.kelp = cls.story("Kelp forests come back", ["kelp", "council"], at=timezone.now() - 40 * DAY)
        cls.worked_off()

    def test_a_rare_shared_tag_comes_before_a_common_one(self):
        new = self.story("Divers count", ["kelp", "council"])
        self.worked_off()
        self.assertEqual(self.shown(new)[0], self.kelp.pk)

    def test_a_rare_shared_word_is_found_without_tags(self):
        new = self.story("Where the kelp grows")
        self.worked_off()
        self.assertEqual(self.shown(new), [self.kelp.pk])

    def test_an_index_that_takes_too_long_is_done_without(self):
        with mock.patch.object(candidates, "PATIENCE", -1.0):
            new = self.story("Kelp", ["kelp"])
            self.worked_off()
        self.assertEqual(self.shown(new), [self.kelp.pk])

    def test_both_pages_show_it_and_are_printed(self):
        new = self.story("Divers count", ["kelp"])
        pages = self.worked_off()
        self.assertIn(new.pk, self.shown(self.kelp))
        self.assertLessEqual({new.get_absolute_url(), self.kelp.get_absolute_url()}, pages)

    def test_no_page_is_printed_that_shows_the_same_list(self):
        before = {article.pk: self.shown(article) for article in Article.objects.all()}
        new = self.story("Divers count", ["kelp", "council"])
        pages = self.worked_off()
        changed = {
            a.get_absolute_url() for a in Article.objects.all() if self.shown(a) != before.get(a.pk, [])
        }
        self.assertEqual(pages, changed)
        self.assertIn(new.get_absolute_url(), pages)

    def test_a_new_article_changes_no_more_than_some_lists(self):
        for number in range(lists.MOST_OTHERS + 10):
            self.story(f"Nurdles {number}", ["nurdles"], at=timezone.now() - number * DAY)
        self.worked_off()
        before = {article.pk: self.shown(article) for article in Article.objects.all()}
        new = self.story("Nurdles and more nurdles", ["nurdles"])
        pages = self.worked_off()
        self.assertTrue(pages)
        self.assertLessEqual(len(pages), lists.MOST_OTHERS + 1)
        changed = [pk for pk, shown in before.items() if self.shown(Article(pk=pk)) != shown]
        self.assertLessEqual(len(changed), lists.MOST_OTHERS)
        self.assertLessEqual(Related.objects.filter(other=new).count(), lists.MOST_OTHERS)

    def test_a_list_keeps_a_few_more_than_it_shows(self):
        new = self.story("Council votes on kelp", ["council", "kelp"])
        self.worked_off()
        self.assertEqual(len(self.shown(new)), RELATED)
        self.assertEqual(new.related.count(), lists.KEPT)

    def test_the_queries_do_not_grow_with_the_articles(self):
        first = self.queries_of_one()
        for number in range(30):
            self.story(f"Council votes once more {number}", ["council"], at=timezone.now() - number * DAY)
        self.worked_off()
        self.assertLessEqual(self.queries_of_one(), first + 1)

    def queries_of_one(self):
        new = self.story("Divers count", ["kelp", "council"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lists.bring_up_to_date(new.pk, tell_others=True)
        return len(queries)


class ComingAndGoingTest(RelatedCase):
    @classmethod
    def setUpTestData(cls):
        cls.stories = [
            cls.story(f"Kelp {number}", ["kelp"], at=timezone.now() - number * DAY) for number in range(12)
        ]
        cls.worked_off()

    def test_one_that_is_withdrawn_is_in_no_list_at_once(self):
        one = self.shown(self.stories[0])[0]
        publishing.withdraw(Article.objects.get(pk=one), by=None)
        self.assertNotIn(one, self.shown(self.stories[0]))
        self.assertEqual(len(self.shown(self.stories[0])), RELATED)

    def test_and_is_back_when_it_is_published_again(self):
        before = self.shown(self.stories[0])
        publishing.withdraw(Article.objects.get(pk=before[0]), by=None)
        self.worked_off()
        publishing.publish(Article.objects.get(pk=before[0]), by=None)
        self.worked_off()
        self.assertEqual(self.shown(self.stories[0]), before)

    def test_lists_that_become_short_are_filled_up(self):
        for _ in range(7):
            publishing.withdraw(Article.objects.get(pk=self.shown(self.stories[0])[0]), by=None)
        self.assertLess(len(self.shown(self.stories[0])), RELATED)
        pages = self.worked_off()
        self.assertEqual(len(self.shown(self.stories[0])), RELATED)
        self.assertIn(self.stories[0].get_absolute_url(), pages)

    def test_a_future_one_is_in_no_list(self):
        new = self.story("Kelp tomorrow", ["kelp"], at=timezone.now() + DAY)
        self.worked_off()
        self.assertFalse(Related.objects.filter(other=new).exists())

    def test_one_that_is_about_something_else_now_leaves_the_lists(self):
        one = Article.objects.get(pk=self.shown(self.stories[0])[0])
        content = Content(**{**vars(Content.newest(one)), "headline": "Opera", "tags": ("opera",)})
        publishing.publish(one, content, by=None)
        self.worked_off()
        self.assertNotIn(one.pk, self.shown(self.stories[0]))

    def test_one_that_is_deleted_for_good_leaves_no_row(self):
        one = self.stories[3]
        publishing.delete_for_good(publishing.put_in_bin(one, by=None))
        self.assertFalse(
            Related.objects.filter(other=one.pk).exists() or Related.objects.filter(article=one.pk).exists()
        )

    def test_a_mended_word_of_the_body_asks_for_nothing(self):
        content = Content(**{**vars(Content.newest(self.stories[0])), "body": "<p>Kelp.</p>"})
        publishing.publish(self.stories[0], content, by=None)
        self.assertEqual(self.worked_off(), set())

    def test_everything_is_built_in_parts_and_again_the_same(self):
        before = {row.article_id: self.shown(row.article) for row in Related.objects.all()}
        Related.objects.all().delete()
        consumer, done, parts = CONSUMERS["related"], "", 0
        while done is not None:
            done, parts = consumer.start_over(done), parts + 1
        self.assertEqual(parts, len(self.stories) // PART + 1)
        self.assertEqual({row.article_id: self.shown(row.article) for row in Related.objects.all()}, before)

    def test_pinned_rows_stay_whatever_is_alike(self):
        opera = self.story("Opera")
        Related.objects.create(article=self.stories[0], other=opera, pinned=0)
        lists.bring_up_to_date(self.stories[0].pk, tell_others=True)
        self.assertEqual(self.shown(self.stories[0])[0], opera.pk)


class AtOnceTest(RelatedCase):
    """An editor takes a pin out in the moment in which the article is no longer like the other one."""

    def setUp(self):
        super().setUp()
        self.article, self.other = self.story("Kelp"), self.story("Opera")
        Related.objects.create(article=self.article, other=self.other, pinned=0, likeness=1.0)

    def while_first_changes_a_row(self, first, second):
        """Run `second` before the first UPDATE of `first`, as if it had been committed at that moment."""
        has_run = []

        def wrapper(execute, sql, params, many, context):
            if sql.startswith("UPDATE") and not has_run:
                has_run.append(True)
                second()
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            first()
        self.assertTrue(has_run)

    def take_pin_out(self):
        set_pinned(self.article)

    def take_likeness_out(self):
        lists.bring_up_to_date(self.article.pk, tell_others=False)

    def test_the_editor_comes_second(self):
        self.while_first_changes_a_row(self.take_likeness_out, self.take_pin_out)
        self.assertFalse(Related.objects.exists())

    def test_the_editor_comes_first(self):
        self.while_first_changes_a_row(self.take_pin_out, self.take_likeness_out)
        self.assertFalse(Related.objects.exists())

    def test_the_list_of_others_comes_first(self):
        self.while_first_changes_a_row(
            lambda: lists.put_into(self.other.pk, {self.article.pk: 0.0}), self.take_pin_out
        )
        self.assertFalse(Related.objects.exists())

    def test_a_row_without_either_is_shown_last(self):
        last = self.story("Chess")
        Related.objects.create(article=self.article, other=last)
        shown = lists.shown_on([self.article.pk])
        self.assertEqual(shown, {self.article.pk: [self.other.pk, last.pk]})
        self.assertEqual(shown[self.article.pk], self.shown(self.article))

    def test_both_write_in_one_order(self):
        first, second = self.story("Chess"), self.story("Cricket")
        self.article.pinned = [second.pk, first.pk]
        set_pinned(self.article)
        written = Related.objects.exclude(other=self.other).order_by("pk").values_list("other", flat=True)
        self.assertEqual(list(written), [first.pk, second.pk])
