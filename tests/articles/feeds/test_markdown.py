import datetime

from articles import publishing
from articles.models import Article
from articles.models.addresses.paths import twin_address
from tests import factories
from tests.articles.feeds.test_feeds import Newspaper

DAY = datetime.timedelta(days=1)


class TwinTests(Newspaper):
    def twin(self, article=None):
        return self.client.get(twin_address((article or self.article).get_absolute_url()))

    def test_has_the_whole_text_with_absolute_addresses(self):
        publishing.correct(self.article, by=None, text="Five metres.")
        response = self.twin()
        self.assertEqual(response["Content-Type"], "text/markdown; charset=utf-8")
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        text = response.content.decode()
        self.assertTrue(
            text.startswith("# The wall\n\nMara Ellis, Photographs by Jonas Okafor · The Newsroom · ")
        )
        for part in (
            f"<http://localhost:8000{self.article.get_absolute_url()}>",
            "[about us](http://localhost:8000/about/)",
            "[others](https://other.example/?a=1&b=2)",
            "](http://localhost:8000/media/renditions/",
            "\n![",
            "\n## ",
            "Five metres.",
        ):
            self.assertIn(part, text)
        self.assertNotIn("<p>", text)

    def test_has_the_pictures_of_a_gallery_and_of_a_pair_one_below_the_other(self):
        article = self.published(headline="Pictures", body=self.several_pictures())
        after = self.twin(article).content.decode().partition("Before.\n\n")[2]
        pictures = after.strip().split("\n\n")
        self.assertEqual(len(pictures), 10)
        for number, (picture, words) in enumerate(zip(pictures[::2], pictures[1::2], strict=True)):
            self.assertRegex(
                picture, rf"^!\[Alt {number}\]\(http://localhost:8000/media/renditions/\S+\.jpg\)$"
            )
            self.assertEqual(words, f"Caption {number} Ana")

    def test_has_the_points_and_the_facts_where_they_stand(self):
        body = (
            '<aside class="summary"><ul><li>One</li><li>Two</li></ul></aside><p>Text.</p>'
            '<aside class="facts"><h2>The wall</h2><p>4 m</p></aside><p>More.</p>'
        )
        text = self.twin(self.published(headline="Boxes", body=body)).content.decode()
        after = text.partition("## In brief")[2]
        self.assertEqual(after.strip(), "- One\n- Two\n\nText.\n\n## The wall\n\n4 m\n\nMore.")

    def test_a_review_says_that_it_is_one_and_its_stars(self):
        for language, kind, stars in (("en-gb", "Review", "4 out of 5"), ("de", "Kritik", "4 von 5")):
            article = self.published(headline=f"Fog {kind}", kind="review", rating=4, language=language)
            text = self.twin(article).content.decode()
            self.assertIn(f"\n\n{kind} · Mara Ellis", text)
            self.assertIn(f"\n\n★★★★☆ {stars}\n\n", text)

    def test_says_what_the_page_says_whatever_the_letters_mean_in_markdown(self):
        article = self.published(
            headline="# *Not* a [link](x) <b>", body="<p># no *heading* &lt;script&gt;</p><p>- no list</p>"
        )
        text = self.twin(article).content.decode()
        self.assertIn(r"# \# \*Not\* a \[link\](x) \<b\>", text)
        self.assertIn(r"\# no \*heading\* \<script\>", text)
        self.assertIn(r"\- no list", text)

    def test_takes_six_queries_at_most(self):
        with self.assertNumQueries(5):
            self.twin()

    def test_goes_with_its_article(self):
        publishing.withdraw(self.article, by=None)
        response = self.twin()
        self.assertEqual(response.status_code, 410)
        self.assertLess(len(response.content), 100)

    def test_is_found_where_the_article_has_moved(self):
        old = twin_address(self.article.get_absolute_url())
        content = publishing.Content.newest(self.article)
        publishing.publish(self.article, publishing.Content(**vars(content) | {"slug": "the-dyke"}), by=None)
        moved = self.client.get(old)
        new = twin_address(Article.objects.get(pk=self.article.pk).get_absolute_url())
        self.assertEqual((moved.status_code, moved["Location"]), (301, new))

    def test_is_none_of_what_readers_do_not_have(self):
        later = factories.published_article(at=datetime.datetime.now(datetime.UTC) + DAY, headline="Later")
        for address in (later.get_absolute_url(), "/2026/06/10/none/", "/2026/13/45/none/"):
            response = self.client.get(twin_address(address))
            self.assertEqual(response.status_code, 404)
            self.assertLess(len(response.content), 100)
