from django.test import TestCase

from articles.models import Article
from tests import factories

from .filled_form import change_address, errors, fields, write


class AtTheDesk(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.editor = factories.editor("ana")

    def setUp(self):
        self.client.force_login(self.editor)


class BodyTests(AtTheDesk):
    def test_shows_pictures_at_todays_address(self):
        image = factories.image()
        body = f'<figure><img data-image="{image.pk}" src="/media/old.jpg" alt="A"></figure>'
        article = factories.article(body=body, section=self.world)
        shown = fields(self.client.get(change_address(article)))["body"]
        self.assertNotIn("/media/old.jpg", shown)
        self.assertIn(f'data-image="{image.pk}"', shown)

    def test_stays_the_same_through_the_form(self):
        body = (
            '<p>See <a href="https://example.org/" title="There">this</a>.</p>\n'
            '<h2 id="what-it-costs">What it costs</h2>\n'
            "<blockquote><p>So it is.</p><p><cite>Ruth</cite></p></blockquote>\n"
            "<table><caption>Heights</caption><tbody><tr><td>4</td></tr></tbody></table>\n<hr>"
        )
        article = factories.article(body=body, section=self.world)
        stored = article.body
        write(self.client, article, _save_draft="1")
        article.refresh_from_db()
        self.assertEqual((article.body, article.version), (stored, 1))

    def test_tells_in_one_quiet_line_what_was_cleaned(self):
        body = '<p>a­ <a href="https://a.example/?utm_source=b">c</a></p>'
        response = write(self.client, headline="A", body=body)
        (line,) = [m for m in self.client.get(response.url).context["messages"] if "Cleaned" in str(m)]
        self.assertEqual(line.level_tag, "info")
        self.assertIn("tracking in 1 link", str(line))

    def test_typed_without_a_script_is_not_cut_at_its_signs(self):
        write(self.client, headline="A", body="if a<b and\n\nc is small")
        self.assertEqual(Article.objects.get().body, "<p>if a&lt;b and</p>\n<p>c is small</p>")

    def test_tells_what_could_not_be_kept(self):
        response = write(
            self.client, headline="A", body='<p>x</p><iframe src="https://evil.example/"></iframe>'
        )
        self.assertContains(self.client.get(response.url), "evil.example")


class PicturesWithoutWordsTests(AtTheDesk):
    FIGURE = '<p>Text.</p><figure><img data-image="{}" alt="{}"{}></figure>'

    def publishes(self, figure, **changes):
        return write(self.client, self.article, body=figure, _publish="1", **changes)

    def setUp(self):
        super().setUp()
        self.image = factories.image(alt="")
        self.article = factories.article(section=self.world)

    def figure(self, alt="", more=""):
        return self.FIGURE.format(self.image.pk, alt, more)

    def test_are_asked_about_before_readers_get_them(self):
        response = self.publishes(self.figure())
        self.assertIn("no alt text", errors(response)["body"])
        self.assertEqual(fields(response)["alt_asked"], str(self.image.pk))
        again = self.client.post(change_address(self.article), fields(response, _publish="1"))
        self.assertEqual(again.status_code, 422)

    def test_that_readers_have_like_that_are_not_asked_about(self):
        live = factories.published_article(section=self.world, body=self.figure())
        self.assertEqual(write(self.client, live, headline="Other", _publish="1").status_code, 302)

    def test_are_not_asked_about_if_there_are_words_or_none_are_needed(self):
        for figure in (self.figure("A wall"), self.figure(more=" data-decorative")):
            self.assertEqual(self.publishes(figure).status_code, 302)
        self.image.alt = "A wall"
        self.image.save()
        self.assertEqual(self.publishes(self.figure()).status_code, 302)

    def test_are_not_asked_about_while_it_is_a_draft(self):
        self.assertEqual(write(self.client, self.article, body=self.figure()).status_code, 302)
