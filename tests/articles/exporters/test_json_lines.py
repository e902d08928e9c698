import dataclasses
import datetime
import json
from pathlib import Path

import fastjsonschema
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.exporters.json_lines import write_json
from articles.models import Article, Image, OldAddress, Revision
from articles.publishing import BylineContent
from articles.publishing.addresses.redirects import Wanted, save_redirect
from tests import factories
from tests.articles.exporters.exported import exported, folder_of

SCHEMA = Path(__file__).parents[3] / "docs" / "operating" / "export.schema.json"
DAY = datetime.timedelta(days=1)


class JsonLinesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("desk-login", email="desk@paper.test")
        cls.author = factories.author("Ana Ruiz", links="https://ana.test/", user=cls.editor)
        cls.image = factories.image(credit="Bo Lind")
        shown = f'<p>Text.</p><figure><img data-image="{cls.image.pk}" alt="A wall"></figure>'
        lines = (BylineContent(cls.author.pk, "Photographs by"),)
        cls.article = factories.published_article(
            body=shown, bylines=lines, tags=("zulu", "alpha"), lead_image=cls.image, by=cls.editor
        )
        cls.draft = factories.article(headline="A secret draft", by=cls.editor)
        factories.page()
        cls.document = factories.document()
        publishing.correct(cls.article, by=cls.editor, text="It was five metres.")
        save_redirect(Wanted("/old.html", cls.article.get_absolute_url()))
        save_redirect(Wanted("/gone.html"))
        changed = publishing.Content.of(cls.article)
        cls.article = publishing.save_draft(
            Article.objects.get(pk=cls.article.pk), changed, by=cls.editor, note="For you only"
        )
        publishing.save_draft(cls.draft, publishing.Content.of(cls.draft), by=cls.editor)

    def lines(self, **options):
        folder = exported(folder_of(self), write_json, **options)
        return folder, {
            file.stem: [json.loads(line) for line in file.read_text().splitlines()]
            for file in folder.glob("*.jsonl")
        }

    def test_each_line_is_as_the_schema_says(self):
        check = fastjsonschema.compile(json.loads(SCHEMA.read_text()))
        _, lines = self.lines(with_revisions=True)
        kinds = "sections tags authors pictures documents pages articles redirects revisions".split()
        self.assertEqual(set(lines), set(kinds))
        for kind, objects in lines.items():
            self.assertTrue(objects, kind)
            for each in objects:
                check(each)
                self.assertEqual(f"{each['type']}s", kind)
        with self.assertRaises(fastjsonschema.JsonSchemaValueException):
            check({**lines["tags"][0], "id": "1"})

    def test_an_article_has_all_that_belongs_to_it(self):
        _, lines = self.lines()
        (line,) = (each for each in lines["articles"] if each["id"] == self.article.pk)
        article = Article.objects.get(pk=self.article.pk)
        self.assertEqual(line["tags"], ["zulu", "alpha"])
        self.assertEqual(line["bylines"], [{"author": self.author.pk, "role": "Photographs by"}])
        self.assertEqual(
            line["lead"], {"picture": self.image.pk, "alt": None, "caption": None, "credit": None}
        )
        self.assertEqual(line["body"], article.body)
        self.assertEqual(line["address"], article.get_absolute_url())
        self.assertEqual(line["formerly"], ["/old.html"])
        self.assertEqual([note["text"] for note in line["corrections"]], ["It was five metres."])
        at = datetime.datetime.fromisoformat(line["publish_at"])
        self.assertEqual(at, article.publish_at)

    def test_pinned_articles_and_the_order_of_a_series_are_in_it(self):
        content = dataclasses.replace(publishing.Content.of(self.draft), pinned=(self.article.pk,))
        publishing.save_draft(Article.objects.get(pk=self.draft.pk), content, by=self.editor)
        self.article.tag_links.filter(tag__name="alpha").update(place=3)
        _, lines = self.lines(with_revisions=True)
        found = {line["id"]: line for line in lines["articles"]}
        self.assertEqual(found[self.draft.pk]["pinned"], [self.article.pk])
        self.assertEqual(found[self.article.pk]["series"], [{"tag": "alpha", "place": 3}])
        newest = max(
            (line for line in lines["revisions"] if line["article"] == self.draft.pk),
            key=lambda line: line["number"],
        )
        self.assertEqual(newest["content"]["pinned"], [self.article.pk])

    def test_what_is_saved_and_not_public_is_beside_it(self):
        content = publishing.Content.of(self.article)
        article = publishing.save_draft(
            Article.objects.get(pk=self.article.pk),
            content.__class__(**{**content.__dict__, "headline": "A new headline"}),
            by=self.editor,
        )
        article = publishing.publish(article, by=self.editor, at=timezone.now() + DAY)
        _, lines = self.lines()
        line = next(each for each in lines["articles"] if each["id"] == article.pk)
        self.assertNotEqual(line["headline"], "A new headline")
        self.assertEqual(line["scheduled"]["headline"], "A new headline")
        self.assertTrue(line["scheduled_for"])

    def test_drafts_are_in_it_and_accounts_are_not(self):
        folder, lines = self.lines(with_revisions=True)
        everything = b"".join(file.read_bytes() for file in folder.glob("*.json*"))
        self.assertIn(b"A secret draft", everything)
        for secret in (b"desk@paper.test", self.editor.password.encode(), b"md5$"):
            self.assertNotIn(secret, everything)

    def test_versions_come_only_if_they_are_wanted(self):
        _, lines = self.lines()
        self.assertNotIn("revisions", lines)
        _, lines = self.lines(with_revisions=True)
        self.assertEqual(len(lines["revisions"]), Revision.objects.count())

    def test_pictures_are_files_and_one_that_is_missing_is_named(self):
        folder, lines = self.lines()
        (picture,) = lines["pictures"]
        with self.image.file.open() as master:
            self.assertEqual((folder / picture["file"]).read_bytes(), master.read())
        Image.objects.filter(pk=self.image.pk).update(file="masters/aa/none.jpg")
        told = []
        folder, _ = self.lines(tell=told.append)
        (line,) = told
        self.assertRegex(
            line, r"masters/aa/none.jpg cannot be read \(.*(No such file or directory|NoSuchKey)"
        )
        self.assertFalse((folder / picture["file"]).exists())

    def test_documents_are_files(self):
        folder, lines = self.lines()
        (line,) = lines["documents"]
        self.assertEqual(line["address"], self.document.get_absolute_url())
        self.assertEqual((folder / line["file"]).read_bytes(), b"%PDF-1.7 A report")

    def test_redirects_are_a_table_and_a_map_too(self):
        OldAddress.objects.create(path="/?p=7", article=self.article)
        OldAddress.objects.create(path="/m%C3%BCll%22er/", article=self.article)
        folder, lines = self.lines()
        there = self.article.get_absolute_url()
        led = {line["from"]: line["to"] for line in lines["redirects"]}
        self.assertEqual(led["/old.html"], there)
        self.assertIsNone(led["/gone.html"])
        table = (folder / "redirects.csv").read_text().splitlines()
        self.assertEqual(table[0], "from,to")
        self.assertIn(f"/old.html,{there}", table)
        nginx = (folder / "redirects.map").read_text()
        self.assertIn(f'"/old.html" "{there}";', nginx)
        self.assertIn('"/gone.html" "gone";', nginx)
        self.assertIn(f'"/müll\\"er/" "{there}";', nginx)
        self.assertNotIn("?p=7", nginx)

    def test_the_map_has_an_address_once_whatever_its_capitals(self):
        for path in ("/Old-Page/", "/old-page/", "/%7Eana/", "/~ana/"):
            OldAddress.objects.create(path=path, article=self.article)
        folder, _ = self.lines()
        nginx = (folder / "redirects.map").read_text()
        self.assertEqual((nginx.count('"/old-page/"'), nginx.count('"/~ana/"')), (1, 1))
        self.assertNotIn("/Old-Page/", nginx)
        self.assertIn("/Old-Page/,", (folder / "redirects.csv").read_text())

    def test_an_old_address_at_which_a_page_stands_leads_nowhere(self):
        first, second = self.article.section, factories.section(name="Sport", slug="sport")
        factories.published_article(section=second, headline="Won", by=self.editor)
        page = factories.page(path="imprint")
        OldAddress.objects.create(path=second.get_absolute_url(), section=first)
        OldAddress.objects.create(path=first.get_absolute_url(), section=second)
        OldAddress.objects.create(path="/sport/feed/", section=first, below="feed/")
        OldAddress.objects.create(path="/Imprint/", page=page)
        OldAddress.objects.create(path="/latest-news/", section=first)
        OldAddress.objects.create(path=self.article.get_absolute_url(), page=page)
        empty = factories.section(name="Empty", slug="empty")
        OldAddress.objects.create(path=empty.get_absolute_url(), page=page)
        folder, lines = self.lines()
        nginx, table = ((folder / f"redirects.{form}").read_text() for form in ("map", "csv"))
        for path in ("/sport/", first.get_absolute_url(), "/sport/feed/", self.article.get_absolute_url()):
            self.assertNotIn(f'"{path}" ', nginx)
            self.assertNotIn(f"\n{path},", table)
        # To nginx it is the address of the page itself.
        self.assertNotIn('"/imprint/" ', nginx)
        self.assertIn("\n/Imprint/,/imprint/", table)
        for path in ("/latest-news/", "/empty/"):
            self.assertIn(f'"{path}" ', nginx)
            self.assertIn(f"\n{path},", table)
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["counts"]["redirects"], OldAddress.objects.count())
