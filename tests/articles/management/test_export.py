import json
import os
import signal
import tempfile
import threading
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase

from articles.exporters.snapshot import one_moment
from articles.models import Article, Tag
from tests import factories


class ExportTest(TransactionTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "export"

    def export(self, name="json", **options):
        said = StringIO()
        call_command("export", self.folder, format=name, stdout=said, stderr=said, **options)
        return said.getvalue()

    def test_it_says_what_there_is(self):
        factories.published_article(lead_image=factories.image())
        for name in ("wxr", "json"):
            said = self.export(name)
            self.assertIn("1 articles", said)
            manifest = json.loads((self.folder / "manifest.json").read_text())
            self.assertEqual((manifest["format"], manifest["counts"]["articles"]), (name, 1))
            self.assertEqual(manifest["site"], "http://localhost:8000")
            self.folder = self.folder.with_name(f"{name}-2")

    def test_without_media(self):
        factories.published_article(lead_image=factories.image())
        self.export(without_media=True)
        self.assertFalse((self.folder / "media").exists())

    def test_mistakes_are_named_in_one_line(self):
        self.folder.mkdir()
        (self.folder / "mine").write_text("")
        with self.assertRaisesMessage(CommandError, f"{self.folder} is not empty"):
            self.export()

    def test_a_stopped_one_leaves_nothing(self):
        factories.published_articles(3)
        timer = threading.Timer(0, os.kill, (os.getpid(), signal.SIGINT))
        was = Article.__init__

        def init(self, *args, **kwargs):
            if not timer.finished.is_set():
                timer.run()
            was(self, *args, **kwargs)

        # A shell that starts the tests in the background has them ignore it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        Article.__init__ = init
        try:
            with self.assertRaisesMessage(CommandError, "Stopped. Nothing was kept"):
                self.export()
        finally:
            Article.__init__ = was
        self.assertEqual(os.listdir(self.folder), [])

    def test_all_of_it_is_of_one_moment(self):
        """What somebody commits meanwhile is not in it, and nobody waits for the export."""
        factories.tag("before")
        with one_moment():
            self.assertEqual(Tag.objects.count(), 1)
            other = threading.Thread(target=self.add_a_tag)
            other.start()
            other.join(10)
            self.assertFalse(other.is_alive())
            self.assertEqual(Tag.objects.count(), 1)
        self.assertEqual(Tag.objects.count(), 2)
        # Later transactions of this process write as before.
        factories.tag("after")

    def add_a_tag(self):
        factories.tag("meanwhile")
        connection.close()
