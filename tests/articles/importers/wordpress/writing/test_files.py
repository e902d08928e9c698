"""Sounds, films, PDFs and other files of an old site, and the addresses that all files had there."""

import json
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from articles.importers.wordpress.planning import DOCUMENTS
from articles.models import Document, Image, OldAddress
from tests.articles.importers.wordpress.exports import element, meta
from tests.articles.importers.wordpress.writing.test_pictures import UPLOADS, WithFolder, attachment, post
from tests.articles.press.serve.test_documents import Answer

MP3, PDF = b"ID3\x04\0\0" + bytes(4_000_000), b"%PDF-1.7 A report"
PATH = "/wp-content/uploads/"


def sizes(*names):
    rows = "".join(
        f'i:{number};a:1:{{s:4:"file";s:{len(name)}:"{name}";}}' for number, name in enumerate(names)
    )
    return meta("_wp_attachment_metadata", f'a:1:{{s:5:"sizes";a:{len(names)}:{{{rows}}}}}')


class DocumentsTest(WithFolder):
    def test_texts_lead_to_ours_with_type_and_size(self):
        self.put("2021/07/talk.mp3", MP3)
        self.put("2021/07/report.pdf", PDF)
        body = (
            f'<p>Text.</p>[audio src="{UPLOADS}2021/07/talk.mp3"]'
            f'<div class="wp-block-file"><a href="{UPLOADS}2021/07/report.pdf">The report</a></div>'
            f'<p>See <a href="{UPLOADS}2021/07/report.pdf#page=3">page 3</a>.</p>'
        )
        library = [attachment("2021/07/talk.mp3", id=8), attachment("2021/07/report.pdf", id=9)]
        report = self.run_it(post(body), *library)
        talk, document = Document.objects.order_by("original_name").values_list("file", flat=True)[::-1]
        stored = self.article().body
        self.assertIn(f'<a href="/media/{talk}">Listen: talk.mp3</a> (MP3, 4 MB)', stored)
        self.assertIn(f'<a href="/media/{document}">The report</a>', stored)
        self.assertIn(f'<a href="/media/{document}#page=3">page 3</a>', stored)
        self.assertNotIn("lantern.test", stored)
        self.assertEqual(report["documents"]["results"], {"new": 2})
        self.assertEqual(report["sum"]["results"], {"imported": 3})
        for old, new in (("talk.mp3", talk), ("report.pdf", document)):
            answer = self.client.get(f"{PATH}2021/07/{old}")
            self.assertEqual((answer.status_code, answer["Location"]), (301, f"/media/{new}"))
        piece = Answer(f"/media/{talk}", range="bytes=-10")
        self.assertEqual((piece.status, piece.body), (206, MP3[-10:]))

    def test_the_list_has_each_of_them(self):
        self.put("2021/07/report.pdf", PDF)
        self.run_it(
            post(f'<a href="{UPLOADS}2021/07/report.pdf">a</a><a href="{UPLOADS}gone.pdf">b</a>'),
            attachment("2021/07/report.pdf", id=9),
        )
        lines = [json.loads(line) for line in (self.folder / "report" / DOCUMENTS).read_text().splitlines()]
        there = Document.objects.get()
        self.assertEqual(
            lines,
            [
                {
                    "address": f"{UPLOADS}2021/07/report.pdf",
                    "attachment": "9",
                    "result": "new",
                    "document": there.pk,
                    "here": there.get_absolute_url(),
                    "type": "PDF",
                    "size": "17 bytes",
                    "file": "2021/07/report.pdf",
                },
                {"address": f"{UPLOADS}gone.pdf", "result": "missing", "reason": "it is not in the folder"},
            ],
        )
        self.assertIn(f'<a href="{PATH}gone.pdf">b</a>', self.article().body)

    def test_a_page_of_the_old_site_is_no_document(self):
        self.put("about.html", b"<html>")
        self.run_it(
            post('<a href="https://lantern.test/about.html">a</a><a href="https://x.test/a.pdf">b</a>')
        )
        self.assertFalse(Document.objects.exists())

    def test_what_browsers_would_run_is_only_saved(self):
        self.put("2021/07/report.pdf", b"<!doctype html><script>alert(1)</script>")
        self.run_it(post("a"), attachment("2021/07/report.pdf", id=9))
        document = Document.objects.get()
        self.assertEqual((document.kind, document.original_name), ("html", "report.pdf"))
        answer = Answer(document.get_absolute_url())
        self.assertEqual(answer.headers["Content-Disposition"], "attachment")
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")

    def test_a_finished_run_repeated_writes_nothing(self):
        self.put("2021/07/report.pdf", PDF)
        parts = [post("a"), attachment("2021/07/report.pdf", id=9)]
        self.run_it(*parts)
        before = [*Document.objects.values(), *OldAddress.objects.values()]
        report = self.run_it(*parts)
        self.assertEqual(report["documents"]["results"], {"there already": 1})
        self.assertEqual(report["sum"]["results"], {"unchanged": 2})
        self.assertEqual([*Document.objects.values(), *OldAddress.objects.values()], before)


class OldAddressesTest(WithFolder, TestCase):
    def leads(self, path):
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 301, path)
        self.assertEqual(self.client.get(answer["Location"]).status_code, 200)
        return answer["Location"]

    def number(self, path):
        return int(self.leads(path).split("/")[4].partition("-")[0])

    def test_each_size_leads_to_its_picture(self):
        for name in ("boat-scaled.jpg", "boat-300x200.jpg", "crop-e1.jpg"):
            self.put(f"2021/07/{name}")
        self.run_it(
            post("a"),
            attachment("2021/07/boat-scaled.jpg", id=7, _wp_attachment_metadata=None)[:-8]
            + sizes("boat-1024x768.jpg", "boat-150x150.jpg", "boat.jpg")
            + "</item>",
            attachment("2021/07/boat-300x200.jpg", id=8),
            attachment("2021/07/crop-e1.jpg", id=9)[:-8] + sizes("crop-150x150.jpg") + "</item>",
        )
        pictures = {image.original_name: image.pk for image in Image.objects.all()}
        for path, name in (
            ("boat-scaled.jpg", "boat-scaled.jpg"),
            ("boat.jpg", "boat-scaled.jpg"),
            ("boat-1024x768.jpg", "boat-scaled.jpg"),
            ("boat-999x9.jpg", "boat-scaled.jpg"),
            ("boat-300x200.jpg", "boat-300x200.jpg"),
            ("crop-e1.jpg", "crop-e1.jpg"),
            ("crop-e1-300x300.jpg", "crop-e1.jpg"),
            ("crop-150x150.jpg", "crop-e1.jpg"),
        ):
            with self.subTest(path):
                self.assertEqual(self.number(f"{PATH}2021/07/{path}"), pictures[name])
        listed, checked = StringIO(), StringIO()
        export = str(self.folder / "export.xml")
        call_command("old_addresses", export, "--with-files", stdout=listed, stderr=StringIO())
        self.assertEqual(listed.getvalue().count("\tsize of a file\t"), 4)
        (self.folder / "old.tsv").write_text(listed.getvalue())
        call_command("check_old_addresses", str(self.folder / "old.tsv"), stdout=checked)
        self.assertIn(" 0 broken", checked.getvalue())
        # Sizes whose names say enough have no row.
        self.assertEqual(OldAddress.objects.filter(image__isnull=False).count(), 4)

    def test_a_picture_that_no_library_has_leads_too(self):
        self.put("2021/07/loose.jpg")
        self.run_it(post(f'<img src="{UPLOADS}2021/07/loose-300x200.jpg" alt="">'))
        self.leads(f"{PATH}2021/07/loose.jpg")
        self.leads(f"{PATH}2021/07/loose-300x200.jpg")

    def test_missing_files_have_no_row(self):
        self.run_it(post("a"), attachment("2021/07/none.jpg", id=9), element("title", ""))
        self.assertFalse(OldAddress.objects.filter(image__isnull=False).exists())
        self.assertEqual(self.client.get(f"{PATH}2021/07/none.jpg").status_code, 404)
