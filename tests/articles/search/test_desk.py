from dataclasses import replace

from django.test import TestCase

from articles.models import DeskEntry
from articles.outbox.consumers import Follower, have_all_start_over
from articles.publishing import Content, discard_working_copy, save_draft
from articles.publishing.article.bin import delete_for_good, put_in_bin
from articles.publishing.authors import save_author
from articles.search.desk import DeskSearch
from articles.search.index import DESK
from tests import factories as make
from tests.articles.search import case


def ask(typed):
    return case.ask(typed, index=DESK)


def follow():
    follower = Follower(DeskSearch())
    while follower.turn():
        pass


class DeskSearchTest(TestCase):
    def test_finds_each_version_as_soon_as_it_is_saved(self):
        article = make.article(
            headline="Eels return", body="<p>To the river.</p>", authors=[make.author("Ada Holt")]
        )
        for typed in ("eels", "river", "holt"):
            self.assertEqual(ask(typed), [article.pk])
        save_draft(
            article, replace(Content.newest(article), headline="Newts return", tags=("ponds",)), by=None
        )
        self.assertEqual((ask("eels"), ask("newts ponds")), ([], [article.pk]))

    def test_finds_the_working_copy_of_a_public_article_until_it_is_discarded(self):
        article = make.published_article(headline="Eels return")
        article = save_draft(article, replace(Content.newest(article), headline="Newts return"), by=None)
        self.assertEqual((ask("eels"), ask("newts")), ([], [article.pk]))
        discard_working_copy(article, by=None)
        self.assertEqual((ask("eels"), ask("newts")), ([article.pk], []))

    def test_finds_the_year_in_which_it_was_published(self):
        article = make.published_article(headline="Railway reviews")
        self.assertEqual(ask(f"railway {article.publish_at.year}"), [article.pk])

    def test_builds_everything_from_what_is_saved(self):
        draft = make.article(headline="Eels in a draft", authors=[make.author("Ada Holt")], tags=("ponds",))
        article = make.published_article(headline="Eels return")
        save_draft(article, replace(Content.newest(article), headline="Newts return"), by=None)
        DESK.remove([draft.pk, article.pk])
        follow()
        have_all_start_over()
        follow()
        self.assertEqual((ask("eels holt ponds"), ask("newts")), ([draft.pk], [article.pk]))

    def test_follows_names_in_drafts_too(self):
        author = make.author("Ada Holt")
        draft = make.article(authors=[author])
        follow()
        author.name = "Ada Smith"
        save_author(author)
        follow()
        self.assertEqual((ask("holt"), ask("smith")), ([], [draft.pk]))

    def test_forgets_what_is_deleted_for_good(self):
        article = put_in_bin(make.article(headline="Eels return"), by=None)
        self.assertEqual(ask("eels"), [article.pk])
        delete_for_good(article)
        self.assertEqual(ask("eels"), [])
        self.assertFalse(DeskEntry.objects.exists())
