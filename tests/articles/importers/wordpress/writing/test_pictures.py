"""A whole run with a folder of uploads."""

import base64
import io
import json
import socket
import struct
import tempfile
import zlib
from pathlib import Path
from unittest import mock

from django.test import TestCase
from PIL import Image as Pillow

from articles.importers.wordpress.media import Folder
from articles.importers.wordpress.planning import PICTURES
from articles.models import Article, Image, Imported, OutboxEntry, Revision
from articles.picture_files import masters, read_file
from tests import factories
from tests.articles.importers.wordpress.exports import OWN, element, export, item, meta, written
from tests.articles.importers.wordpress.writing.test_run import imported

UPLOADS = "https://lantern.test/wp-content/uploads/"


def attachment(path, *, id, parent=0, alt="", caption="", **fields):
    return item(
        meta("_wp_attached_file", path),
        meta("_wp_attachment_image_alt", alt),
        element("excerpt:encoded", caption),
        *(meta(key, value) for key, value in fields.items()),
        id=id,
        title="IMG_6851",
        body="",
        type="attachment",
        status="inherit",
        attachment_url=UPLOADS + path,
        post_parent=parent,
    )


def post(body, *parts, id=1, **fields):
    dates = {"post_date": "2021-07-01 12:00:00", "post_date_gmt": "2021-07-01 10:00:00"}
    return item(*parts, id=id, body=body, post_name=f"story-{id}", **{**dates, **fields})


def bomb():
    """A PNG of 30,000 × 30,000 pixels in some hundred KB."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    lines = zlib.compress(bytes(3_751) * 30_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


class WithFolder(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.uploads = self.folder / "uploads"
        self.uploads.mkdir()

    def put(self, path, data=None):
        (self.uploads / path).parent.mkdir(parents=True, exist_ok=True)
        data = factories.picture_bytes(400, 300) if data is None else data
        (self.uploads / path).write_bytes(data)
        return data

    def run_it(self, *parts, media=True):
        """The report. No connection is made."""
        paths = [written(self.folder, export(*parts))] if parts else [OWN]
        source = Folder(self.uploads) if media else None
        with mock.patch.object(socket.socket, "connect", side_effect=AssertionError("a connection")):
            report = imported(paths, self.folder, media=source)
        if source:
            source.close()
        return report

    def lines(self):
        return [json.loads(line) for line in (self.folder / "report" / PICTURES).read_text().splitlines()]

    def article(self, number=1):
        return Imported.objects.get(source_id=number).article


class TextsTest(WithFolder):
    def test_bodies_show_our_pictures_with_the_words_written_there(self):
        self.put("2021/07/boat.jpg")
        body = (
            "<p>Text.</p>"
            f'<figure class="wp-block-image"><img src="{UPLOADS}2021/07/boat-300x225.jpg" alt="A red boat" '
            'class="wp-image-9"/><figcaption>On Monday</figcaption></figure>'
            f'<p>More.</p><figure><img src="{UPLOADS}2021/07/boat.jpg" alt="boat"/></figure>'
        )
        library = attachment(
            "2021/07/boat.jpg", id=9, alt="Boat at the pier", caption="<b>Boat</b>", _media_credit="Ana Ruiz"
        )
        report = self.run_it(post(body), library)
        image = Image.objects.get()
        self.assertEqual(
            (image.alt, image.caption, image.credit, image.original_name),
            ("Boat at the pier", "Boat", "Ana Ruiz", "boat.jpg"),
        )
        stored = self.article().body
        self.assertIn(f'<img data-image="{image.pk}" alt="A red boat">', stored)
        self.assertIn("On Monday", stored)
        # The name of the file is no alt text; the library has one.
        self.assertIn(f'<img data-image="{image.pk}" alt="Boat at the pier">', stored)
        self.assertNotIn("Picture:", stored)
        self.assertNotIn("lantern.test", stored)
        self.assertEqual(set(self.article().pictures.all()), {image})
        self.assertEqual(report["pictures"]["results"], {"new": 1})
        self.assertEqual(report["sum"]["results"], {"imported": 2})

    def test_metadata_are_gone_and_the_intake_is_the_usual_one(self):
        exif = Pillow.Exif()
        exif[0x010E] = "secretplace"
        file = io.BytesIO()
        Pillow.new("RGB", (300, 200), "red").save(file, "JPEG", exif=exif)
        self.put("boat.jpg", file.getvalue())
        self.run_it(post("<p>Text.</p>"), attachment("boat.jpg", id=9))
        self.assertIn(b"secretplace", file.getvalue())
        self.assertNotIn(b"secretplace", read_file(masters(), Image.objects.get().file.name))
        self.assertTrue(OutboxEntry.objects.filter(change__kind="renditions").exists())

    def test_the_same_bytes_are_one_picture(self):
        data = self.put("a.jpg")
        self.put("b.jpg", data)
        self.run_it(post("<p>Text.</p>"), attachment("a.jpg", id=8), attachment("b.jpg", id=9))
        self.assertEqual(Image.objects.count(), 1)
        self.assertEqual({line["image"] for line in self.lines()}, {Image.objects.get().pk})

    def test_galleries_and_pictures_in_no_library_and_in_the_text_itself(self):
        for name in ("one.jpg", "two.jpg", "three.jpg"):
            self.put(name)
        inside = base64.b64encode(factories.picture_bytes(64, 64, format="PNG")).decode()
        body = (
            f'[gallery]\n\n[gallery ids="8"]\n\n<img src="/wp-content/uploads/three-20x30.jpg" alt="The third">'
            f'\n\n<img src="data:image/png;base64,{inside}" alt="Four">'
            '\n\n<img src="https://elsewhere.test/five.jpg" alt="Five">'
        )
        report = self.run_it(
            post(body),
            attachment("one.jpg", id=8, parent=1, alt="One"),
            attachment("two.jpg", id=9, parent=1, alt="Two", caption="Second"),
        )
        stored = self.article().body
        places = [stored.index('alt="One"'), stored.index('alt="Two"'), stored.rindex('alt="One"')]
        places += [stored.index('alt="The third"'), stored.index('alt="Four"')]
        self.assertEqual(places, sorted(places))
        self.assertEqual(Image.objects.count(), 4)
        # Pictures of others stay where they are, as links.
        self.assertIn('<a href="https://elsewhere.test/five.jpg"', stored)
        self.assertEqual(report["pictures"]["results"], {"new": 4})

    def test_lead_pictures_are_shown_once_and_keep_the_words_of_the_text(self):
        self.put("boat.jpg")
        library = attachment("boat.jpg", id=9, alt="Library", caption="Of the library")
        figure = (
            f'<figure><img src="{UPLOADS}boat-300x225.jpg" alt="Red"/>'
            "<figcaption>On <em>Monday</em> <cite>Ana</cite></figcaption></figure>"
        )
        thumbnail = meta("_thumbnail_id", "9")
        self.run_it(
            post(f"{figure}<p>First text.</p>", thumbnail),
            post(f"<p>Second text.</p>{figure}", thumbnail, id=2),
            library,
        )
        image = Image.objects.get()
        first, second = self.article(1), self.article(2)
        self.assertEqual((first.lead_image, second.lead_image), (image, image))
        self.assertNotIn("<img", first.body)
        self.assertIn("<img", second.body)
        self.assertEqual((first.lead_alt, first.lead_caption, first.lead_credit), ("Red", "On Monday", "Ana"))
        self.assertEqual((second.lead_alt, second.lead_caption), (None, None))

    def test_the_own_file(self):
        self.put("2021/02/harbour.jpg")
        report = self.run_it()
        article, image = self.article(100), Image.objects.get()
        self.assertEqual(article.lead_image, image)
        self.assertEqual((image.alt, image.credit), ("Ships between two piers", "Ana Ruiz/Agency"))
        self.assertEqual(report["pictures"]["results"], {"new": 1})
        self.assertTrue(report["sum"]["is_whole"])


class FailuresTest(WithFolder):
    def test_what_fails_is_listed_with_its_reason_and_stops_nothing(self):
        (self.folder / "secret.jpg").write_bytes(factories.picture_bytes(64, 64))
        (self.uploads / "link.jpg").symlink_to(self.folder / "secret.jpg")
        self.put("bomb.png", bomb())
        self.put("page.jpg", b"<!doctype html><title>Not found</title>")
        self.put("cut.jpg", factories.picture_bytes(400, 300)[:900])
        self.put("good.jpg")
        names = ["bomb.png", "page.jpg", "cut.jpg", "link.jpg", "gone.jpg", "../secret.jpg", "good.jpg"]
        body = "".join(f'<figure><img src="{UPLOADS}{name}" alt="A"/></figure>' for name in names)
        parts = [attachment(name, id=10 + number) for number, name in enumerate(names)]
        report = self.run_it(post(body), *parts)
        reasons = {line["attachment"]: line.get("reason", "") for line in self.lines()}
        for number, part in enumerate(
            ["60 million pixels", "not a picture", "cut off", "symbolic link", "not in", "leads out", ""]
        ):
            self.assertIn(part, reasons[str(10 + number)])
        self.assertEqual(Image.objects.get().original_name, "good.jpg")
        self.assertEqual(report["pictures"]["results"], {"missing": 6, "new": 1})
        self.assertEqual(report["sum"]["results"], {"imported": 2, "skipped": 6})
        self.assertEqual(self.article().body.count("Picture: "), 6)
        self.assertNotIn("<img src", self.article().body)
        page = (self.folder / "report" / "report.html").read_text()
        self.assertIn("gone.jpg", page)


class AgainTest(WithFolder):
    def export(self):
        figures = "".join(
            f'<figure><img src="{UPLOADS}{name}.jpg" alt="{name} here"/></figure>' for name in "ab"
        )
        library = [attachment(f"{name}.jpg", id=number, alt=name) for number, name in enumerate("ab", 8)]
        page = post(figures, id=2, type="page")
        return [post(f"<p>Text.</p>{figures}", meta("_thumbnail_id", "8")), page, *library]

    def test_a_second_run_adds_what_was_missing_and_a_third_nothing(self):
        parts = self.export()
        self.run_it(*parts, media=False)
        self.assertEqual(self.article().body.count("Picture: "), 2)
        self.put("a.jpg")
        self.run_it(*parts)
        self.assertEqual(self.article().body.count("Picture: "), 1)
        self.put("b.jpg")
        report = self.run_it(*parts)
        self.assertEqual(report["sum"]["results"], {"updated": 2, "imported": 1, "unchanged": 1})
        article = self.article()
        self.assertEqual(Image.objects.count(), 2)
        self.assertEqual(article.lead_image.alt, "a")
        self.assertEqual(article.body.count("<img data-image="), 2)
        self.assertEqual(Imported.objects.get(source_id=2).page.body.count("<img data-image="), 2)
        # A picture that came later makes no text newer.
        self.assertEqual(article.updated_at, article.publish_at)
        counts = [model.objects.count() for model in (Image, Revision, OutboxEntry)]
        report = self.run_it(*parts)
        self.assertEqual(report["sum"]["results"], {"unchanged": 4})
        self.assertEqual([model.objects.count() for model in (Image, Revision, OutboxEntry)], counts)

    def test_a_lead_picture_without_words_is_shown_as_it_was_there(self):
        library = attachment("a.jpg", id=8)
        thumbnail = meta("_thumbnail_id", "8")
        self.run_it(post("<p>Text.</p>", thumbnail), library, media=False)
        self.put("a.jpg")
        report = self.run_it(post("<p>Text.</p>", thumbnail), library)
        self.assertEqual(report["sum"]["results"], {"updated": 1, "imported": 1})
        self.assertEqual(self.article().lead_image.alt, "")
        # A newer export changes the article all the same.
        report = self.run_it(post("<p>New text.</p>", thumbnail), library)
        self.assertEqual(report["sum"]["results"], {"updated": 1, "unchanged": 1})
        self.assertIn("New text", self.article().body)

    def test_what_was_edited_here_stays(self):
        parts = self.export()
        self.run_it(*parts, media=False)
        Article.objects.update(version=7, body="<p>Mine.</p>")
        self.put("a.jpg")
        self.run_it(*parts)
        self.assertEqual(self.article().body, "<p>Mine.</p>")
        self.assertIsNone(self.article().lead_image)
