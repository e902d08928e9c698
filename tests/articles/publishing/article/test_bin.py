import datetime

import time_machine
from django.utils import timezone

from articles.models import Act, Article, OldAddress, OutboxEntry, Revision
from articles.publishing import (
    Content,
    Gone,
    Refused,
    begin,
    delete_for_good,
    publish,
    put_in_bin,
    save_draft,
    take_out_of_bin,
)
from articles.publishing.article.bin import empty_bin
from articles.publishing.article.merging.older_forms import ChangedMeanwhile, token_of
from articles.publishing.sections import remove_section
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase

DAY = datetime.timedelta(days=1)


class BinTest(NewsroomTestCase):
    def binned(self, article):
        put_in_bin(article, by=self.editor)
        return Article.binned.get(pk=article.pk)

    def test_is_in_no_queryset_but_the_bins(self):
        article = self.binned(make.article(section=self.harbours))
        for found in (
            Article.objects.all(),
            self.harbours.articles.all(),
            Article.objects.in_section(self.world),
        ):
            self.assertNotIn(article, found)
        self.assertEqual(list(Article.binned.all()), [article])

    def test_comes_back_as_the_working_copy_that_it_was(self):
        draft = make.article(headline="A draft")
        live = make.published_article(headline="As published")
        save_draft(live, make.content(headline="Newer"), by=None)
        for article, headline, state in ((draft, "A draft", "draft"), (live, "Newer", "withdrawn")):
            saved_at = Article.objects.get(pk=article.pk).modified_at
            with self.subTest(headline):
                before = self.binned(article)
                if state == "draft":
                    self.assertEqual(before.modified_at, saved_at)
                take_out_of_bin(before, by=self.editor)
                after = Article.objects.get(pk=article.pk)
                self.assertEqual((Content.newest(after).headline, after.state), (headline, state))

    def test_readers_are_told_that_it_is_gone_and_later_that_there_is_nothing(self):
        article = make.published_article(slug="the-wall")
        save_draft(article, make.content(slug="a-wall"), by=None)
        publish(article, by=None)
        old, new = "/the-wall/", "/a-wall/"
        article = self.binned(article)
        address = article.get_absolute_url()
        for path in (address, address.replace(new, old)):
            self.assertEqual(self.client.get(path).status_code, 410)
        last = OutboxEntry.objects.latest("pk")
        delete_for_good(article)
        for path in (address, address.replace(new, old)):
            self.assertEqual(self.client.get(path).status_code, 404)
        change = OutboxEntry.objects.get(pk__gt=last.pk).change
        self.assertEqual(change["addresses"], sorted([address, address.replace(new, old)]))

    def test_keeps_its_address(self):
        article = self.binned(make.published_article(slug="the-wall"))
        other = make.published_article(slug="the-wall")
        self.assertEqual(other.slug, "the-wall-2")
        take_out_of_bin(article, by=self.editor)
        publish(article, by=None)
        self.assertEqual(Article.objects.get(pk=article.pk).get_absolute_url(), article.get_absolute_url())

    def test_says_who_did_it(self):
        article = self.binned(make.article())
        take_out_of_bin(article, by=self.editor)
        acts = article.acts.order_by("pk").values_list("verb", "by")
        self.assertEqual(list(acts)[1:], [(Act.Verb.BIN, self.editor.pk), (Act.Verb.UNBIN, self.editor.pk)])

    def test_each_act_is_refused_if_it_saw_something_older(self):
        article = make.article()
        seen = token_of(article)
        save_draft(article, make.content(), by=self.editor)
        with self.assertRaises(ChangedMeanwhile):
            put_in_bin(article, by=None, seen=seen)
        article = self.binned(article)
        for act in (take_out_of_bin, delete_for_good):
            more = {"by": None} if act is take_out_of_bin else {}
            with self.subTest(act.__name__), self.assertRaises(ChangedMeanwhile):
                act(article, seen=seen, **more)
        seen = token_of(article)
        take_out_of_bin(article, by=self.editor, seen=seen)
        with self.assertRaisesMessage(ChangedMeanwhile, "took it out of the bin"):
            delete_for_good(article, seen=seen)
        with self.assertRaisesMessage(Refused, "not in the bin any more"):
            delete_for_good(article)

    def test_other_verbs_find_nothing(self):
        article = self.binned(make.article())
        for verb in (save_draft, publish):
            with self.subTest(verb.__name__), self.assertRaises(Gone):
                verb(article, make.content(), by=None)
        with self.assertRaises(Refused):
            begin(make.content(), by=None, uid=article.uid)

    def test_what_it_names_is_kept(self):
        self.binned(make.article(section=self.harbours))
        with self.assertRaisesMessage(Refused, "still used by 1 binned article."):
            remove_section(self.harbours)

    def test_is_emptied_after_thirty_days(self):
        old, restored, young = make.article(), make.article(), make.article()
        with time_machine.travel(timezone.now() - 31 * DAY, tick=False):
            self.binned(old)
            take_out_of_bin(self.binned(restored), by=None)
        self.binned(young)
        with self.assertLogs("articles.publishing", "INFO"):
            self.assertEqual(empty_bin(), 1)
        self.assertEqual(empty_bin(), 0)
        self.assertCountEqual(Article.including_bin.all(), [restored, young])
        self.assertFalse(Revision.objects.filter(article=old.pk).exists())
        self.assertFalse(OldAddress.objects.exists())
