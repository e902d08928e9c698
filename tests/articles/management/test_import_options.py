"""What an operator decides, by the command's own options."""

import json
import tempfile
from io import StringIO
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.models import Article, Author, Imported, OldAddress, Section, Tag
from tests import factories
from tests.articles.importers.wordpress.exports import category, element, export, item, meta, written

CATEGORY = "<wp:category><wp:term_id>{}</wp:term_id>{}{}{}</wp:category>"
DATED = {"post_date_gmt": "2020-01-01 10:00:00"}


def declared(slug, name, number, parent=""):
    parts = (("category_nicename", slug), ("cat_name", name), ("category_parent", parent))
    return CATEGORY.format(number, *(element(f"wp:{key}", text) for key, text in parts))


class OptionsTestCase(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_it(self, *parts, words=()):
        path = written(self.folder, export(*parts))
        folder = self.folder / "report"
        options = [*map(str, words), "--report", str(folder)]
        call_command("import_wordpress", str(path), *options, stdout=StringIO(), stderr=StringIO())
        return json.loads((folder / "report.json").read_text())

    def one(self, number=1):
        row = Imported.objects.select_related("article", "page").get(source_id=number)
        return row.article or row.page

    def assert_leads(self, path, there):
        self.assertRedirects(self.client.get(path), there, status_code=301)


class TermsTest(OptionsTestCase):
    terms = [
        declared("town", "Town", 3),
        declared("sea", "Sea", 4),
        f"<wp:tag>{element('wp:tag_slug', 'fog')}{element('wp:tag_name', 'Fog')}</wp:tag>",
    ]

    def test_only_those_that_stories_have_are_made_unless_all_are_wanted(self):
        story = item(category("town", "Town"), **DATED)
        self.run_it(*self.terms, story)
        self.assertEqual((Section.objects.count(), Tag.objects.count()), (1, 0))
        report = self.run_it(*self.terms, story, words=["--empty-terms"])
        self.assertEqual({section.slug for section in Section.objects.all()}, {"town", "sea"})
        self.assertEqual([tag.name for tag in Tag.objects.all()], ["Fog"])
        self.assertEqual(
            {each["slug"]: each["articles"] for each in report["sections"]}, {"town": 1, "sea": 0}
        )

    def test_further_categories_become_tags_unless_they_are_dropped(self):
        parts = [category("town", "Town"), category("sea", "Sea")]
        self.run_it(*self.terms, item(*parts, **DATED))
        self.assertEqual([tag.name for tag in self.one().tags.all()], ["Sea"])
        self.assert_leads("/category/sea/", "/tag/sea/")

    def test_the_archive_of_a_dropped_category_leads_to_the_section_above(self):
        terms = [declared("town", "Town", 3), declared("sea", "Sea", 4, parent="town")]
        primary = meta("_yoast_wpseo_primary_category", "3")
        parts = [category("town", "Town"), category("sea", "Sea"), primary]
        self.run_it(*terms, item(*parts, **DATED), words=["--extra-categories", "drop"])
        self.assertFalse(Tag.objects.exists())
        self.assert_leads("/category/town/sea/", "/town/")
        self.assert_leads("/?cat=4", "/town/")

    def test_terms_of_another_taxonomy_become_tags(self):
        story = item(category("north", "The North", "region"), **DATED)
        report = self.run_it(story, words=["--taxonomy", "region=tags"])
        self.assertEqual([tag.name for tag in self.one().tags.all()], ["The North"])
        self.assertEqual(report["taxonomies_dropped"], {})


class AddressesTest(OptionsTestCase):
    def test_archives_had_other_words_before_them(self):
        parts = [category("town", "Town"), category("fog", "Fog", "post_tag")]
        words = ["--category-base", "/rubrik/", "--tag-base", "thema"]
        self.run_it(declared("town", "Town", 3), item(*parts, **DATED), words=words)
        self.assert_leads("/rubrik/town/", "/town/")
        self.assert_leads("/rubrik/town/page/2/", "/town/")
        self.assert_leads("/thema/fog/", "/tag/fog/")
        self.assert_leads("/thema/fog/feed/", "/tag/fog/feed/")

    def test_or_none_at_all(self):
        terms = [
            declared("top", "Top", 2),
            declared("mid", "Mid", 3, "top"),
            declared("low", "Low", 4, "mid"),
        ]
        self.run_it(*terms, item(category("low", "Low"), **DATED), words=["--category-base", "."])
        self.assert_leads("/top/mid/low/", "/top/low/")
        self.assertFalse(OldAddress.objects.filter(path__startswith="/category/").exists())


class PeopleTest(OptionsTestCase):
    def setUp(self):
        super().setUp()
        self.user = get_user_model().objects.create_user("ana")

    def csv(self, text):
        path = self.folder / "users.csv"
        path.write_text(text)
        return path

    def test_are_linked_with_users(self):
        story = item(element("dc:creator", "Ana.Ruiz"), **DATED)
        path = self.csv("login,user\nana.ruiz,ana\n")
        self.run_it(story, words=["--users", path])
        self.assertEqual(Author.objects.get().user, self.user)

    def test_who_is_an_author_here_already_stays_the_same(self):
        here = factories.author("Ana", user=self.user)
        story = item(element("dc:creator", "ruiz"), **DATED)
        self.run_it(story, words=["--users", self.csv("ruiz,ana")])
        self.assertEqual(self.one().bylines.get().author, here)

    def test_who_is_not_there_is_named(self):
        for text, message in (
            ("ruiz,nobody", "no users here with these names: nobody"),
            ("ruiz", "line 1 of .* has not two columns"),
        ):
            with self.subTest(text), self.assertRaisesRegex(CommandError, message):
                self.run_it(item(), words=["--users", self.csv(text)])
        self.assertFalse(Article.objects.exists())


class TextsTest(OptionsTestCase):
    def test_one_of_several_languages_is_taken(self):
        def both(french, english):
            return f"<!--:fr-->{french}<!--:--><!--:en-->{english}<!--:-->"

        excerpt = element("excerpt:encoded", both("Un mot.", "A word."))
        fields = {"title": both("Le ciel", "The sky"), "body": both("Sous le ciel", "Under heaven")}
        self.run_it(item(excerpt, **fields, **DATED), words=["--language", "en"])
        article = self.one()
        self.assertEqual((article.headline, article.standfirst), ("The sky", "A word."))
        self.assertEqual(article.body, "<p>Under heaven</p>")

    def test_the_first_of_them_if_none_is_named(self):
        self.run_it(item(title="[:fr]Le ciel[:en]The sky[:]", body="[:fr]a[:en]b[:]", **DATED))
        self.assertEqual((self.one().headline, self.one().body), ("Le ciel", "<p>a</p>"))

    def test_names_of_shortcodes_and_marks_of_footnotes(self):
        body = "One [weather] day((A note)) [laughing]"
        self.run_it(item(body=body, **DATED), words=["--shortcode", "weather", "--footnote-marks"])
        article = self.one()
        self.assertNotIn("weather", article.body)
        self.assertIn("[laughing]", article.body)
        self.assertIn('<li id="fn-1">A note', article.body)

    def test_what_is_a_shortcode_in_one_text_is_one_in_all(self):
        parts = [
            item(id=1, body='<p>a [tide_table port="x"] b</p>'),
            item(id=2, body="<p>c [tide_table] d</p>"),
        ]
        parts += [item(id=number, body='<p>a [tide port="x"] b</p>') for number in (3, 4, 5)]
        parts += [item(id=6, body="<p>c [tide] d</p>"), item(id=7, body='<p>[mood how="x"]</p>')]
        parts += [item(id=8, body="<p>He went [mood] away.</p>")]
        block = "<!-- wp:shortcode -->\n<p>[credits 5.5]</p>\n<!-- /wp:shortcode -->"
        parts += [item(id=9, body=block), item(id=10, body="<p>a</p>\n<p>[credits 5.6]</p>\n<p>b</p>")]
        self.run_it(*parts)
        self.assertEqual(self.one(2).body, "<p>c d</p>")
        self.assertEqual(self.one(6).body, "<p>c d</p>")
        # One text is too little for a word that stands in prose.
        self.assertIn("[mood]", self.one(8).body)
        # A block for shortcodes has nothing else in it.
        self.assertEqual(self.one(10).body, "<p>a</p>\n<p>b</p>")


class FilesTest(OptionsTestCase):
    def test_meta_values_are_kept_if_they_are_wanted(self):
        story = item(meta("_edit_last", "1"), meta("mood", "“calm”"), meta("_yoast_wpseo_title", "T"))
        self.run_it(story)
        path = self.folder / "report" / "meta.jsonl"
        self.assertFalse(path.exists())
        self.run_it(story, words=["--keep-meta"])
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        self.assertEqual(
            [(line["item"], line["key"]) for line in lines], [("1", "_edit_last"), ("1", "mood")]
        )
        self.assertEqual(lines[1]["value"], "“calm”")

    def test_a_file_may_be_too_large(self):
        with self.assertRaisesMessage(CommandError, "larger than 100 bytes"):
            self.run_it(item(), words=["--max-bytes", "100"])
        self.run_it(item(), words=["--max-bytes", "1 MB"])

    def test_wrong_words_are_named(self):
        for words, message in (
            (["--max-bytes", "much"], "'much' is no size"),
            (["--taxonomy", "region"], "'region' is no mapping"),
            (["--shortcode", "[a]"], "'[a]' is no name of a shortcode"),
            (["--language", "french"], "'french' is no language"),
            (["--category-base", "a?b"], "'a?b' is no part of an address"),
            (["--users", "nowhere.csv"], "nowhere.csv cannot be read"),
        ):
            with self.subTest(words), self.assertRaisesMessage(CommandError, message):
                self.run_it(item(), words=words)
