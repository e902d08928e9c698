"""The kind of an article at the desk: saved, merged, compared and brought back like every other field."""

from dataclasses import replace

from articles.admin.history.fields import differences
from articles.models import Article
from articles.publishing import Content, save_draft
from articles.publishing.article.merging.fields import CONFLICT, merged_values
from articles.publishing.article.restoring import bring_back_version

from .case import DeskTestCase, address
from .filled_form import fields, write


class KindsTest(DeskTestCase):
    def written(self, **changes):
        write(self.client, headline="Fog", **changes)
        return Article.objects.get()

    def test_an_article_is_news_unless_somebody_says_otherwise(self):
        article = self.written()
        self.assertEqual((article.kind, article.reviewed, article.rating), ("news", "", None))

    def test_a_review_keeps_what_it_is_about_and_its_stars(self):
        article = self.written(kind="review", reviewed=" Fog,  the film ", rating="4")
        self.assertEqual((article.kind, article.reviewed, article.rating), ("review", "Fog, the film", 4))
        shown = fields(self.client.get(address("article_change", article.pk)))
        self.assertEqual(
            (shown["kind"], shown["reviewed"], shown["rating"]), ("review", "Fog, the film", "4")
        )
        write(self.client, article, rating="")
        article.refresh_from_db()
        self.assertIsNone(article.rating)

    def test_what_is_no_kind_and_no_rating_is_refused_at_its_field(self):
        for name, value in (("kind", "gossip"), ("rating", "6"), ("rating", "-1"), ("rating", "many")):
            with self.subTest(name):
                answer = self.client.post(
                    address("article_add"), fields(self.client.get(address("article_add"))) | {name: value}
                )
                self.assertEqual(answer.status_code, 422)
                self.assertFalse(Article.objects.exists())

    def test_is_compared_in_words(self):
        old, new = Content(), Content(kind="review", reviewed="Fog", rating=4)
        found = [(each.label, each.old, each.new) for each in differences(old, new)]
        self.assertEqual(
            found,
            [("Kind", "News", "Review"), ("What is reviewed", "none", "Fog"), ("Rating", "none", "4 of 5")],
        )

    def test_is_merged_and_told_of_where_two_differ(self):
        base, mine = Content(), Content(kind="review", rating=4)
        self.assertEqual(merged_values(base, mine, Content(headline="X"))["kind"], "review")
        values = merged_values(base, mine, Content(kind="opinion", rating=2))
        self.assertEqual((values["kind"], values["rating"]), (CONFLICT, CONFLICT))

    def test_an_older_version_is_brought_back_with_it(self):
        article = self.written(kind="review", reviewed="Fog", rating="4")
        first = article.revisions.get()
        save_draft(article, replace(Content.newest(article), kind="news", rating=None), by=self.user)
        article = bring_back_version(Article.objects.get(), first, by=self.user)
        self.assertEqual((article.kind, article.rating), ("review", 4))
