"""Whatever is typed or sent: saved as text or refused at its field, and never a page of the server's troubles."""

from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.urls import reverse

from articles.body.incoming.reading import read
from articles.models import Article
from tests import corpora, factories

from .filled_form import add_address, errors, fields, write

TEXTS = ("headline", "kicker", "standfirst", "reviewed", "body", "slug", "search_title", "search_description")
PICKED = (
    "section",
    "tags",
    "bylines",
    "pinned",
    "language",
    "direction",
    "kind",
    "rating",
    "noindex",
    "canonical_url",
    "lead_image",
    "version",
    "uid",
)
PIECES = 20_000 if corpora.is_full else 5_000
MORE = ("publish_at", "expires_at", "lead_alt", "lead_caption", "lead_credit", "lead_focus_x", "reason")


class AtTheDesk(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.editor = factories.editor("ana")
        factories.author(user=cls.editor)

    def setUp(self):
        self.client.force_login(self.editor)
        self.form = fields(self.client.get(add_address()))
        del self.form["uid"]

    def send(self, **changes):
        return self.client.post(add_address(), self.form | changes)


class NaughtyStringTests(AtTheDesk):
    def test_in_every_field_at_once(self):
        texts = [*corpora.sample(corpora.strings(), every=48), "\0", "a\0b"]
        for text in texts:
            with self.subTest(text):
                self.assertEqual(self.send(**dict.fromkeys(TEXTS, text[:80])).status_code, 302)
        # To the other fields none of these is text: a third of them is each way of being wrong several times.
        for text in corpora.sample(texts, every=3):
            with self.subTest(text):
                response = self.send(headline="x", **dict.fromkeys((*PICKED, *MORE), text))
                self.assertIn(response.status_code, (302, 422))

    def test_in_a_published_headline_have_an_address(self):
        for text in corpora.sample(corpora.strings(), every=30):
            with self.subTest(text):
                response = self.send(headline=text, body="<p>x</p>", section=self.world.pk, _publish="1")
                self.assertIn(response.status_code, (302, 422))

    def test_as_a_file_name(self):
        data = factories.picture_bytes(300, 200, seed=1)
        for text in corpora.sample(corpora.strings(), every=30):
            with self.subTest(text):
                file = SimpleUploadedFile("x.jpg", data)
                file._name = text
                response = self.client.post(reverse("admin:articles_desk_upload"), {"upload": file})
                self.assertIn(response.status_code, (200, 400))

    def test_payloads_are_stored_clean_and_shown_as_text(self):
        for number, text in enumerate(corpora.sample(corpora.payloads(), every=45)):
            with self.subTest(text[:80]):
                texts = {"headline": text[:300], "kicker": text[:80], "lead_caption": text, "body": text}
                self.check(self.send(**texts, publish_at="shown again, not saved"))
                # The body's rules have a test of their own for each of these.
                if number % 5 == 0:
                    self.assertEqual(self.send(**texts).status_code, 302)
                    stored = Article.objects.latest("pk")
                    self.check(self.client.get(reverse("admin:articles_article_change", args=[stored.pk])))

    def check(self, response):
        page = response.content.decode().lower()
        self.assertNotIn("<script>alert", page)
        self.assertNotRegex(page, r"<(img|svg|body|iframe)[^>]*\son\w+=")


class ReadingTests(AtTheDesk):
    """A long body takes a second to read: how often that is done, and while who waits."""

    def setUp(self):
        super().setUp()
        self.held = []
        self.depth = len(connection.savepoint_ids)
        self.enterContext(mock.patch("articles.body.sanitiser.read", self.read))

    def read(self, html):
        self.held.append(len(connection.savepoint_ids) > self.depth)
        return read(html)

    def send(self, **changes):
        self.held = []
        return super().send(**changes)

    def test_a_body_is_read_once_to_be_stored_and_not_again_for_its_page(self):
        article = factories.article(section=self.world)
        for button in ("_save_draft", "_publish"):
            with self.subTest(button):
                self.held = []
                changed = {"headline": "x", "body": f"<p>{button}</p>", button: "1"}
                self.assertEqual(write(self.client, article, **changed).status_code, 302)
                self.assertEqual(len(self.held), 1)

    def test_what_is_typed_is_read_before_the_database_is_held(self):
        self.send(headline="x", body="<h2>Part</h2><p>Text</p>")
        self.assertEqual(self.held, [False])

    def test_what_was_there_before_is_read_only_for_the_names_of_headings_that_have_lost_theirs(self):
        self.send(headline="x", body="<h2>Part</h2><p>Text</p>")
        article = Article.objects.get()
        self.held = []
        write(self.client, article, body='<h2 id="part">Another name</h2><p>More text</p>')
        self.assertEqual(len(self.held), 1)
        write(self.client, article, body="<h2>Another name</h2><p>More text again</p>")
        article.refresh_from_db()
        self.assertIn('<h2 id="part">Another name</h2>', article.body)


class LargeInputTests(AtTheDesk):
    def test_a_body_of_two_megabytes_is_saved(self):
        body = "".join(f"<p>{'word ' * 60}{number}</p>" for number in range(6500))
        self.assertGreater(len(body), 2_000_000 - 60_000)
        response = self.send(headline="Long", body=body)
        self.assertEqual(response.status_code, 302)
        self.assertIn("6499", Article.objects.get().body)

    def test_a_body_longer_than_any_article_is_refused_with_a_way_out(self):
        response = self.send(headline="x", body="<p>" + "word " * 600_000 + "</p>")
        self.assertEqual(response.status_code, 422)
        self.assertIn("Make two articles of it", response.content.decode())

    def test_a_body_of_more_pieces_than_any_article_is_refused_and_comes_back_whole(self):
        body = "<p>Mine.</p><ul>" + "<li>a" * 400_000 + "</ul>"
        response = self.send(headline="x", body=body)
        self.assertEqual(response.status_code, 422)
        self.assertIn("made of 400,002 pieces", errors(response)["body"])
        self.assertEqual(fields(response)["body"], body)
        self.assertEqual(Article.objects.count(), 0)

    def test_a_body_that_is_refused_unread_is_text_to_the_browser_and_never_in_the_editor(self):
        hostile = "<img src=x onerror=alert(1)></textarea><script>alert(1)</script>"
        page = self.send(headline="x", body=hostile + "<b>a" * 60_000).content.decode()
        self.assertNotIn("</textarea><script>", page)
        self.assertNotIn("ckeditortype", page)
        self.assertIn("ckeditortype", self.send(headline="word " * 80, body=hostile).content.decode())

    def test_a_body_of_very_many_pieces_is_saved(self):
        body = "<ul>" + "<li>a</li>" * PIECES + "</ul>"
        self.assertEqual(self.send(headline="Results", body=body).status_code, 302)
        self.assertEqual(Article.objects.get().body.count("<li>"), PIECES)

    def test_five_thousand_tags_get_a_clear_message(self):
        tags = ", ".join(f"tag {number}" for number in range(5000))
        response = self.send(headline="Tagged", tags=tags)
        self.assertIn("5,000 tags", errors(response)["tags"])
        self.assertEqual(fields(response)["tags"], tags)

    def test_a_headline_that_is_too_long_comes_back_whole(self):
        response = self.send(headline="word " * 80, body="<p>x</p>")
        self.assertIn("300 characters", errors(response)["headline"])
        self.assertEqual(fields(response)["headline"], "word " * 80)

    def test_a_tag_that_is_too_long_is_named(self):
        self.assertIn("100 characters", errors(self.send(tags="a" * 101))["tags"])

    def test_where_it_was_first_published_is_a_web_page(self):
        for typed in (
            "ftp://example.org/a",
            "ftps://example.org/a",
            "javascript:alert(1)",
            "https://",
            "a b",
        ):
            with self.subTest(typed):
                refused = self.send(headline="x", canonical_url=typed)
                self.assertEqual(
                    errors(refused)["canonical_url"],
                    "Write the address of a web page, like https://example.org/story.",
                )
                self.assertEqual(fields(refused)["canonical_url"], typed)
        for typed in ("https://example.org/a?b=c", "http://example.org/", "example.org/a"):
            with self.subTest(typed):
                self.assertEqual(self.send(headline="x", canonical_url=typed).status_code, 302)

    def test_numbers_beyond_any_database_are_no_trouble(self):
        for value in (10**30, -1, 2**63, "1e400", "NaN"):
            for name in ("section", "lead_image", "version", "lead_focus_x"):
                with self.subTest(value=value, name=name):
                    self.assertIn(self.send(headline="x", **{name: value}).status_code, (302, 422))


class BylineTests(AtTheDesk):
    def test_of_nobody_known_say_so_and_come_back(self):
        response = self.send(headline="x", bylines="Nobody Known")
        self.assertIn("no author “Nobody Known”", errors(response)["bylines"])
        self.assertEqual(fields(response)["bylines"], "Nobody Known")

    def test_of_two_of_the_same_name_ask_which(self):
        factories.author("Ana Lind", slug="ana-lind")
        second = factories.author("Ana Lind", slug="ana-lind-2")
        self.assertIn("“ana-lind-2”", errors(self.send(headline="x", bylines="Ana Lind"))["bylines"])
        response = self.send(headline="x", bylines="ana-lind-2")
        self.assertEqual(Article.objects.get().bylines.get().author, second)
        self.assertEqual(fields(self.client.get(response.url))["bylines"], "ana-lind-2")

    def test_name_each_author_once(self):
        factories.author("Ana Lind")
        self.send(headline="x", bylines="Ana Lind\nana lind\nPhotographs by: Ana Lind")
        self.assertEqual(Article.objects.get().bylines.count(), 1)


class TagNameTests(AtTheDesk):
    def test_are_separated_by_the_commas_of_every_script(self):
        self.send(headline="x", tags="港町，潮、冬；票\nشتاء، ملح؛ مد")
        names = {tag.name for tag in Article.objects.get().tags.all()}
        self.assertEqual(names, {"港町", "潮", "冬", "票", "شتاء", "ملح", "مد"})

    def test_may_hold_a_comma_where_the_tag_is_there(self):
        factories.tag("Smith, John")
        response = self.send(headline="x", tags="Smith, John\nclimate")
        self.assertEqual({tag.name for tag in Article.objects.get().tags.all()}, {"Smith, John", "climate"})
        self.assertEqual(fields(self.client.get(response.url))["tags"].count("\n"), 2)
