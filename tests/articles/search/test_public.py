import datetime
import threading
from dataclasses import replace
from unittest import mock

import time_machine
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from articles.models import OutboxConsumer, PublicEntry
from articles.outbox import consumers
from articles.outbox.consumers import Follower, Followers, have_all_start_over
from articles.publishing import Content, publish, save_draft, schedule, withdraw
from articles.publishing.authors import save_author
from articles.publishing.tags import merge_tags, save_tag
from articles.search import public
from articles.search.documents import author_fact, section_fact, tag_fact
from articles.search.public import PublicSearch
from tests import factories as make
from tests.articles.search.case import ask
from tests.waiting import wait_until

HOUR = datetime.timedelta(hours=1)


def follow():
    follower = Follower(PublicSearch())
    while follower.turn():
        pass


class PublicSearchTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        make.published_article(headline="Nothing of note")
        follow()

    def test_finds_what_is_published_until_it_is_withdrawn(self):
        article = publish(make.article(headline="Eels return", body="<p>To <em>the</em> river.</p>"), by=None)
        follow()
        self.assertEqual((ask("eels"), ask("river")), ([article.pk], [article.pk]))
        withdraw(article, by=None)
        follow()
        self.assertEqual(ask("eels"), [])
        self.assertFalse(PublicEntry.objects.filter(article_id=article.pk).exists())

    def test_knows_nothing_of_drafts_working_copies_and_what_is_still_to_come(self):
        article = make.published_article(headline="Eels return")
        save_draft(article, replace(Content.newest(article), headline="Newts return"), by=None)
        make.article(headline="Newts in a draft")
        later = schedule(make.article(headline="Newts tomorrow"), by=None, at=timezone.now() + HOUR)
        follow()
        self.assertEqual((ask("newts"), ask("eels")), ([], [article.pk]))
        with time_machine.travel(timezone.now() + HOUR + datetime.timedelta(seconds=1)):
            follow()
            self.assertEqual(ask("newts"), [later.pk])

    def test_forgets_what_has_ended(self):
        until = timezone.now() + HOUR
        publish(make.article(headline="Eels return"), by=None, until=until)
        follow()
        self.assertEqual(len(ask("eels")), 1)
        with time_machine.travel(until + datetime.timedelta(seconds=1)):
            follow()
        self.assertEqual(ask("eels"), [])

    def test_follows_names_and_marks(self):
        author, tag, other = make.author("Ada Holt"), make.tag("newts"), make.tag("eels")
        article = make.published_article(authors=[author], tags=("newts",))
        follow()
        self.assertEqual((ask("holt"), ask("newts")), ([article.pk], [article.pk]))
        facts = tuple(
            (mark,) for mark in (section_fact(article.section_id), tag_fact(tag.pk), author_fact(author.pk))
        )
        self.assertEqual(ask("", facts=facts), [article.pk])
        author.name, tag.name = "Ada Smith", "salamanders"
        save_author(author)
        save_tag(tag)
        follow()
        self.assertEqual((ask("holt"), ask("smith"), ask("newts")), ([], [article.pk], []))
        merge_tags([tag], into=other)
        follow()
        self.assertEqual((ask("salamanders"), ask("eels")), ([], [article.pk]))

    def test_builds_everything_in_parts_and_goes_on_where_it_was(self):
        articles = [make.published_article(headline=f"Eels {number}") for number in range(5)]
        draft = make.article()
        PublicEntry.objects.create(article_id=draft.pk, key=1, language="en")
        PublicEntry.objects.filter(article_id__in=[each.pk for each in articles]).delete()
        have_all_start_over()
        with mock.patch.object(public, "PART", 2):
            for _ in range(2):
                Follower(PublicSearch()).turn()
            self.assertEqual(OutboxConsumer.objects.get(name="search").built_until, str(articles[1].pk))
            self.assertCountEqual(ask("eels"), [each.pk for each in articles[1:]])
            follow()
        self.assertCountEqual(ask("eels"), [each.pk for each in articles])
        self.assertIsNone(OutboxConsumer.objects.get(name="search").built_until)
        self.assertFalse(PublicEntry.objects.filter(pk=draft.pk).exists())

    def test_builds_a_part_with_few_queries(self):
        for number in range(20):
            make.published_article(headline=f"Eels {number}", authors=[make.author()], tags=("eels",))
        with self.assertNumQueries(9):
            PublicSearch().start_over("")


class RunningTest(TransactionTestCase):
    """Beside a press, in a thread of its own."""

    def test_finds_what_is_published_and_forgets_what_is_withdrawn_when_it_is_woken(self):
        stop, only = threading.Event(), {"search": PublicSearch()}
        with mock.patch.dict(consumers.CONSUMERS, only, clear=True), mock.patch.object(consumers, "IDLE", 60):
            followers = Followers()
            followers.open(stop)
            try:
                wait_until(lambda: OutboxConsumer.objects.filter(built_until=None).exists())
                article = publish(make.article(headline="Eels return"), by=None)
                followers.wake()
                wait_until(lambda: ask("eels") == [article.pk])
                withdraw(article, by=None)
                followers.wake()
                wait_until(lambda: ask("eels") == [])
            finally:
                stop.set()
                followers.wake()
                wait_until(lambda: not any("consumer" in thread.name for thread in threading.enumerate()))
