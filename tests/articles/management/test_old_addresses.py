"""The list of old addresses, and the check that none of them is broken."""

import csv
import json
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import SimpleTestCase, TestCase

from articles.management.old_addresses import MOST_PAGES, Answer, Check
from articles.models import Article, OldAddress
from articles.publishing import withdraw
from tests import corpora
from tests.articles.importers.wordpress.exports import OWN, export, written
from tests.articles.importers.wordpress.test_expectations import EXPECTATIONS, FOLDER
from tests.articles.importers.wordpress.writing.test_addresses import HEAD, ITEMS
from tests.articles.importers.wordpress.writing.test_run import imported


def listed(*files):
    out = StringIO()
    call_command("old_addresses", *map(str, files), stdout=out, stderr=StringIO())
    return out.getvalue()


def checked(text, folder):
    """What the command says, and the code with which it ends."""
    file, out = Path(folder) / "old.tsv", StringIO()
    file.write_text(text)
    try:
        call_command("check_old_addresses", str(file), stdout=out, skip_checks=False)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


class OldAddressesTest(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def brought_in(self, *files):
        imported(list(files), self.folder)
        return listed(*files)

    def test_none_is_broken_after_an_import(self):
        file = written(self.folder, export(*ITEMS, head=HEAD))
        for each in (file, OWN):
            with self.subTest(each.name), transaction.atomic():
                said, code = checked(self.brought_in(each), self.folder)
                self.assertEqual(code, 0, said)
                self.assertIn("in all: 0 broken", said)
                transaction.set_rollback(True)

    def test_the_list_has_every_kind_of_address(self):
        rows = list(
            csv.DictReader(StringIO(listed(written(self.folder, export(*ITEMS, head=HEAD)))), delimiter="\t")
        )
        found = {(row["address"], row["source_id"], row["end"]) for row in rows}
        self.assertLessEqual(
            {
                ("/paper/2021/08/05/harbour/", "9", ""),
                ("/paper/2021/08/05/port/", "9", ""),
                ("/paper/?p=9", "9", ""),
                ("/paper/2021/08/05/harbour/amp/", "9", ""),
                ("/paper/category/town/2016/", "", ""),
                ("/paper/category/town/feed/", "", ""),
                ("/?attachment_id=23", "23", "410"),
                ("/paper/?m=202108", "", "/2021/08/"),
            },
            found,
        )
        self.assertFalse([row for row in rows if row["address"][-6:] == "draft/" or row["source_id"] == "11"])

    def test_what_is_broken_is_named_and_ends_with_1(self):
        text = self.brought_in(written(self.folder, export(*ITEMS, head=HEAD)))
        OldAddress.objects.filter(path="/paper/2021/08/05/port/").delete()
        withdraw(Article.objects.get(slug="fair"), by=None)
        said, code = checked(text, self.folder)
        self.assertEqual(code, 1)
        self.assertIn("/paper/2021/08/05/port/ answers 404", said)
        self.assertIn("/paper/2021/08/05/fair/ answers 410", said)

    def test_another_file_is_refused(self):
        file = written(self.folder, b"a\tb\n", "other.tsv")
        with self.assertRaisesMessage(CommandError, "its first line lacks columns"):
            call_command("check_old_addresses", str(file))

    @pytest.mark.skipif(
        not EXPECTATIONS.is_file(), reason="CORPORA names no folder with wxr-expectations.json"
    )
    def test_none_of_the_real_files_is_broken(self):
        expected = json.loads(EXPECTATIONS.read_text())["files"]
        for name in (name for name, each in expected.items() if "addresses" in each):
            with self.subTest(name), transaction.atomic():
                head, *rows = self.brought_in(FOLDER / "wxr" / name).splitlines(keepends=True)
                said, code = checked("".join([head, *corpora.sample(rows, every=7)]), self.folder)
                self.assertEqual(code, 0, said)
                transaction.set_rollback(True)


class CheckTest(SimpleTestCase):
    ANSWERS = {
        "/there/": Answer(200, text="<h1>The sea’s &amp; the wall</h1>"),
        "/one/": Answer(301, "/there/"),
        "/two/": Answer(301, "/one/"),
        "/self/": Answer(301, "/self/"),
        "/off/": Answer(301, "//evil.example/"),
        "/front/": Answer(301, "/"),
        "/": Answer(200),
        "/gone/": Answer(410),
    }

    def test_each_fault_is_named(self):
        check = Check(self.ANSWERS.__getitem__)
        words = {"words": "The sea's & the wall"}
        for address, more, fault in (
            ("/there/", words, ""),
            ("/one/", words | {"end": "/there/"}, ""),
            ("/gone/", {"end": "410"}, ""),
            ("/two/", {}, "needs a second step, from /one/ to /there/"),
            ("/self/", {}, "needs a second step, from /self/ to /self/"),
            ("/off/", {}, "leads off the site, to //evil.example/"),
            ("/front/", {}, "leads to the front page"),
            ("/front/", {"end": "/"}, ""),
            ("/gone/", {}, "answers 410"),
            ("/there/", {"end": "410"}, "answers 200 and not 410"),
            ("/one/", {"end": "/other/"}, "leads to /there/ and not to /other/"),
            ("/one/", {"words": "A boat"}, "leads to /there/, which does not have “A boat”"),
        ):
            with self.subTest(address, **more):
                self.assertEqual(check.fault(address, **more), fault)

    def test_a_page_is_asked_for_once_and_only_the_last_ones_are_remembered(self):
        asked = []

        def ask(address):
            asked.append(address)
            return Answer(200, text=address) if address[-1] == "/" else Answer(301, f"{address}/")

        check = Check(ask)
        for number in range(MOST_PAGES + 1):
            for _ in range(2):
                self.assertEqual(check.fault(f"/{number}"), "")
        self.assertEqual(asked.count("/0/"), 1)
        check.fault("/0")
        self.assertEqual(asked.count("/0/"), 2)
