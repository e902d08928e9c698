"""What touches very many articles: the verb changes its own row, and the rest follows in slices."""

import datetime
from importlib import import_module
from unittest import mock

import time_machine
from django.apps import apps
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, ArticleTag, OutboxEntry, Section, Tag, Task, UnpublishedName
from articles.publishing import Content, Refused, publish
from articles.publishing.authors import save_author, uses_of_author
from articles.publishing.picture_library.uses import uses_of_image
from articles.publishing.pictures import change_image
from articles.publishing.sections import save_section, uses_of_section
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from articles.publishing.tasks import work as tasks
from articles.publishing.tasks.begin import SLICE
from articles.publishing.tasks.work import work_slice
from tests import factories as make
from tests.articles.publishing.many import copies_of, with_working_copies
from tests.articles.publishing.newsroom import NewsroomTestCase

MANY = 2 * SLICE + 50


def worked_off():
    """How many slices there were to do."""
    slices = 0
    while work_slice():
        slices += 1
    return slices


def changes():
    return [entry.change for entry in OutboxEntry.objects.order_by("pk")]


def said(name):
    return [word for change in changes() for word in change.get(name, ())]


class ManyTestCase(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.image = make.image(width=300, height=200)
        cls.article = make.published_article(
            tags=("coast", "money"), authors=[cls.mara], section=cls.harbours, lead_image=cls.image
        )
        cls.all = [cls.article, *copies_of(cls.article, MANY - 1)]
        cls.addresses = sorted(article.get_absolute_url() for article in cls.all)
        cls.coast = Tag.objects.get(name="coast")

    def setUp(self):
        OutboxEntry.objects.all().delete()

    def rename(self):
        tag = Tag.objects.get(pk=self.coast.pk)
        tag.name, tag.slug = "The coast", "the-coast"
        save_tag(tag)
        return tag


class RenamedTagTest(ManyTestCase):
    def test_names_every_article_once_and_never_everything(self):
        self.rename()
        self.assertEqual(Task.objects.count(), 1)
        self.assertEqual(worked_off(), 2)
        self.assertEqual(sorted(said("beside")), self.addresses)
        self.assertEqual([len(change["beside"]) for change in changes()], [SLICE, SLICE, 50])
        self.assertFalse(any(change.get("everywhere") for change in changes()))
        self.assertFalse(Task.objects.exists())

    def test_asks_the_database_no_more_for_many_articles_than_for_one(self):
        fog = make.published_article(tags=("fog",)).tags.get()
        fog.name, fog.slug = "The fog", "the-fog"
        with CaptureQueriesContext(connection) as for_one:
            save_tag(fog)
        tag = Tag.objects.get(pk=self.coast.pk)
        tag.name, tag.slug = "The coast", "the-coast"
        with CaptureQueriesContext(connection) as for_many:
            save_tag(tag)
        # And leaves a task.
        self.assertEqual(len(for_many), len(for_one) + 1)

    def test_names_none_twice_when_one_is_published_meanwhile(self):
        self.rename()
        publish(self.article, make.content(tags=("The coast",)), by=None)
        OutboxEntry.objects.filter(change__kind="article").delete()
        worked_off()
        self.assertEqual(sorted(said("beside")), self.addresses)


class RenamedAuthorTest(ManyTestCase):
    def rename_author(self):
        self.mara.name = "Mara Lind"
        save_author(self.mara)

    def months(self, start):
        days = {timezone.localtime(article.publish_at) for article in self.all}
        return sorted({f"{start}{day:%Y/%m}/" for day in days})

    def test_names_each_front_and_each_month_with_its_cards_once(self):
        self.rename_author()
        worked_off()
        starts = ("/world/harbours/", "/world/", "/tag/coast/", "/tag/money/", "/author/mara-ellis/", "/")
        months = [month for start in starts for month in self.months(start)]
        self.assertEqual(sorted(said("below")), sorted(["/author/mara-ellis/", *months]))
        self.assertEqual(sorted(said("sections")), ["/world/", "/world/harbours/"])
        self.assertEqual(sorted(said("tags")), ["coast", "money"])

    def test_names_every_article_once_and_those_beside_it(self):
        self.rename_author()
        worked_off()
        self.assertEqual(sorted(said("beside")), self.addresses)
        self.assertEqual(len(said("places")), MANY)

    def test_a_biography_is_on_no_list(self):
        self.mara.biography = "Writes about water."
        save_author(self.mara)
        worked_off()
        self.assertEqual(sorted(said("beside")), self.addresses)
        self.assertEqual((said("below"), said("places")), ([], []))

    def test_lists_are_divided_when_there_are_too_many(self):
        with mock.patch("articles.publishing.tasks.print_what_shows.SLICE", 7):
            self.rename_author()
            worked_off()
        starts = ("/world/harbours/", "/world/", "/tag/coast/", "/tag/money/", "/author/mara-ellis/", "/")
        months = [month for start in starts for month in self.months(start)]
        self.assertEqual(sorted(said("below")), sorted(["/author/mara-ellis/", *months]))
        self.assertEqual(sorted(said("tags")), ["coast", "money"])
        self.assertEqual(sorted(said("beside")), self.addresses)
        self.assertLessEqual(max(len(change.get("beside", ())) for change in changes()), 7)


class PictureTest(ManyTestCase):
    def test_every_article_with_it_on_top_is_named_and_never_everything(self):
        change_image(self.image, alt="The harbour")
        worked_off()
        self.assertEqual(sorted(said("beside")), self.addresses)
        self.assertFalse(any(change.get("everywhere") for change in changes()))

    def test_a_portrait_is_on_all_articles_of_its_author(self):
        face = make.image(width=310, height=200)
        self.mara.portrait = face
        self.mara.save()
        change_image(face, focus=(10, 10))
        worked_off()
        self.assertEqual(sorted(said("beside")), self.addresses)


class TagsTakenTest(ManyTestCase):
    def articles_said(self):
        return [path for path in said("beside") if not path.startswith("/tag/")]

    def test_a_merged_tag_stays_until_the_last_article_has_the_other(self):
        shore = make.tag("shore")
        self.assertEqual(merge_tags([self.coast], into=shore), MANY)
        self.assertEqual(ArticleTag.objects.filter(tag=self.coast).count(), MANY - SLICE)
        worked_off()
        self.assertEqual(Article.objects.tagged(shore).count(), MANY)
        self.assertEqual(Content.of(self.article).tags, ("shore", "money"))
        self.assertFalse(Tag.objects.filter(pk=self.coast.pk).exists())
        self.assertEqual(sorted(self.articles_said()), self.addresses)
        self.assertEqual(changes()[-1]["moved"], [["/tag/coast/", "/tag/shore/"]])

    def test_a_deleted_tag_stays_until_no_article_has_it(self):
        self.assertEqual(remove_tag(self.coast), MANY)
        self.assertTrue(Tag.objects.filter(pk=self.coast.pk).exists())
        worked_off()
        self.assertFalse(Tag.objects.filter(pk=self.coast.pk).exists())
        self.assertEqual(sorted(said("beside")), self.addresses)

    def test_an_article_that_gets_it_meanwhile_loses_it_too(self):
        remove_tag(self.coast)
        late = make.published_article(tags=("coast", "law"))
        worked_off()
        self.assertEqual(Content.of(late).tags, ("law",))

    def test_neither_of_two_that_are_being_merged_can_be_deleted(self):
        shore = make.tag("shore")
        merge_tags([self.coast], into=shore)
        for tag in (self.coast, shore):
            with self.assertRaisesMessage(Refused, "wait until the press has done that"):
                remove_tag(tag)


class WorkingCopiesTest(ManyTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with_working_copies(cls.all[: SLICE + 50], tags=("coast", "tides"))

    def newest_tags(self, article):
        return Content.newest(Article.objects.get(pk=article.pk)).tags

    def test_all_name_the_renamed_tag_in_the_end(self):
        self.rename()
        self.assertEqual(Task.objects.filter(kind="retag").count(), 1)
        worked_off()
        self.assertEqual(
            {self.newest_tags(each) for each in self.all[: SLICE + 50]}, {("The coast", "tides")}
        )

    def test_one_that_is_published_before_its_slice_does_not_bring_the_old_tag_back(self):
        self.rename()
        last = self.all[SLICE + 49]
        self.assertEqual(self.newest_tags(last), ("coast", "tides"))
        self.assertEqual(Content.of(publish(last, by=None)).tags, ("The coast", "tides"))
        self.assertFalse(Tag.objects.filter(name="coast").exists())

    def test_a_tag_renamed_and_then_merged_is_the_one_that_remains(self):
        tag, shore = self.rename(), make.tag("shore")
        with mock.patch("articles.publishing.tags.SLICE", MANY):
            merge_tags([tag], into=shore)
        worked_off()
        self.assertEqual({self.newest_tags(each) for each in self.all[: SLICE + 50]}, {("shore", "tides")})

    def test_those_from_before_the_table_are_entered_when_it_is_made(self):
        rows = sorted(UnpublishedName.objects.values_list("article", "kind", "name"))
        UnpublishedName.objects.all().delete()
        migration = import_module("articles.migrations.0020_tasks")
        migration.name_what_copies_name(apps, None)
        self.assertEqual(sorted(UnpublishedName.objects.values_list("article", "kind", "name")), rows)

    def test_uses_are_counted_without_reading_a_working_copy(self):
        with_working_copies(self.all[-1:], section_id=self.world.pk, lead_image_id=None)
        for uses, thing, number in (
            (uses_of_section, self.world, 1),
            (uses_of_author, self.mara, SLICE + 51),
            (uses_of_image, self.image, SLICE + 50),
        ):
            with CaptureQueriesContext(connection) as queries:
                counted = {use.name: use.number for use in uses(thing)}
            self.assertEqual(counted["working_copies"], number)
            self.assertFalse([query for query in queries if "articles_revision" in query["sql"]])


class MovedSectionTest(ManyTestCase):
    def test_its_articles_follow_it_in_slices(self):
        culture = make.section("Culture")
        section = Section.objects.get(pk=self.harbours.pk)
        section.parent = culture
        save_section(section)
        self.assertEqual(Article.objects.filter(department=culture).count(), SLICE)
        worked_off()
        self.assertEqual(Article.objects.filter(department=culture).count(), MANY)
        self.assertEqual(changes()[-1]["sections"], ["/culture/", "/world/"])


class FailingSliceTest(ManyTestCase):
    def fail_once(self, error):
        self.rename()
        failing = {**tasks.KINDS, "show": mock.Mock(side_effect=error)}
        with mock.patch.object(tasks, "KINDS", failing), self.assertLogs("articles.publishing", "ERROR"):
            self.assertTrue(work_slice())
        return Task.objects.get()

    def test_is_put_back_and_done_later(self):
        task = self.fail_once(ValueError("no such thing"))
        self.assertEqual((task.tries, task.last_error), (1, "ValueError: no such thing"))
        self.assertFalse(work_slice())
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3), tick=False):
            self.assertEqual(worked_off(), 2)
        self.assertEqual(sorted(said("beside")), self.addresses)

    def test_of_a_kind_that_nobody_knows_waits_for_the_code_that_does(self):
        self.rename()
        Task.objects.update(kind="from a later version")
        with self.assertLogs("articles.publishing", "ERROR"):
            work_slice()
        self.assertEqual(Task.objects.get().last_error, "KeyError: 'from a later version'")

    def test_does_not_count_against_it_when_the_database_is_away(self):
        self.rename()
        gone = OperationalError("the server closed the connection")
        with (
            mock.patch.object(tasks, "KINDS", {**tasks.KINDS, "show": mock.Mock(side_effect=gone)}),
            self.assertRaises(OperationalError),
        ):
            work_slice()
        self.assertEqual(Task.objects.get().tries, 0)
