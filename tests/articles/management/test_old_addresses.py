"""The list of old addresses, and the check that none of them is broken."""

import csv
import json
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import SimpleTestCase, TestCase

from articles.management import old_addresses
from articles.management.commands import check_old_addresses
from articles.management.commands.check_old_addresses import Row
from articles.management.old_addresses import MOST_PAGES, Answer, Check
from articles.models import Article, MissedAddress, OldAddress
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PrintedPage
from articles.publishing import withdraw
from tests import corpora
from tests.articles.importers.wordpress.exports import OWN, export, written
from tests.articles.importers.wordpress.test_expectations import EXPECTATIONS, FOLDER, are_there
from tests.articles.importers.wordpress.writing.test_addresses import HEAD, ITEMS
from tests.articles.importers.wordpress.writing.test_run import imported


def listed(*files):
    out = StringIO()
    call_command("old_addresses", *map(str, files), stdout=out, stderr=StringIO())
    return out.getvalue()


def checked(text, folder, *options):
    """What the command says, and the code with which it ends."""
    file, out = Path(folder) / "old.tsv", StringIO()
    file.write_text(text)
    try:
        call_command("check_old_addresses", str(file), *map(str, options), stdout=out, skip_checks=False)
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

    def test_what_the_old_server_knows_is_asked_for_too(self):
        text = self.brought_in(written(self.folder, export(*ITEMS, head=HEAD)))
        line = '203.0.113.7 - - [-] "GET {} HTTP/1.1" 200 1 "-" "-"\n'
        log = self.folder / "access.log"
        asked = ["/paper/2021/08/05/fair/"] * 4 + ["/lost/"] * 3 + ["/lost/too/", "/", "/wp-login.php"]
        log.write_text("".join(map(line.format, asked)))
        sitemap = self.folder / "sitemap.xml"
        address = "https://lantern.test/{}"
        urls = "".join(
            f"<url><loc>{address.format(path)}</loc></url>" for path in ("", "paper/2021/08/05/fair/")
        )
        sitemap.write_text(f"<urlset>{urls}</urlset>")
        for _ in range(2):
            said, code = checked(text, self.folder, "--log", log, "--sitemap", sitemap)
            self.assertEqual(code, 1)
            self.assertLess(
                said.index("/lost/ answers 404; asked for 3 times"), said.index("/lost/too/ answers 404")
            )
            self.assertIn("2 in the log, not in the list: 2 broken", said)
            self.assertIn("2 in a sitemap: 0 broken", said)
            missed = dict(MissedAddress.objects.values_list("path", "hits"))
            self.assertEqual((missed["/lost/"], missed["/lost/too/"]), (3, 1))

    def test_a_log_or_sitemap_that_cannot_be_read_is_named(self):
        text = "address\tform\tend\twords\n"
        file = self.folder / "old.tsv"
        file.write_text(text)
        for option in ("--log", "--sitemap"):
            with self.assertRaisesMessage(CommandError, "none cannot be read"):
                call_command("check_old_addresses", str(file), option, str(self.folder / "none"))

    def test_another_file_is_refused(self):
        file = written(self.folder, b"a\tb\n", "other.tsv")
        with self.assertRaisesMessage(CommandError, "its first line lacks columns"):
            call_command("check_old_addresses", str(file))

    @are_there
    def test_none_of_the_real_files_is_broken(self):
        expected = json.loads(EXPECTATIONS.read_text())["files"]
        for name in (name for name, each in expected.items() if "addresses" in each):
            with self.subTest(name), transaction.atomic():
                head, *rows = self.brought_in(FOLDER / "wxr" / name).splitlines(keepends=True)
                said, code = checked("".join([head, *corpora.sample(rows, every=20)]), self.folder)
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


class Answering(BaseHTTPRequestHandler):
    """A server at which every address ending in 0 is lost."""

    def do_GET(self):
        self.send_response(404 if self.path.endswith("0/") else 200)
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, *_arguments):
        pass


class Garbling(Answering):
    """A server that does not speak HTTP."""

    def do_GET(self):
        self.wfile.write(b"nonsense\r\n")


class AskingTest(SimpleTestCase):
    def asked(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "old.tsv"
            file.write_text("address\tform\tend\twords\n/a/\ta form\t\t\n")
            call_command("check_old_addresses", str(file), *options, stdout=StringIO())

    def test_a_server_that_answers_nonsense_is_named_in_one_line(self):
        with ThreadingHTTPServer(("127.0.0.1", 0), Garbling) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_address[1]}"
            with self.assertRaisesMessage(CommandError, f"{base} does not answer: nonsense"):
                self.asked("--base", base)
            server.shutdown()

    def test_without_a_server_what_is_printed_comes_from_the_shelf(self):
        shelf = FolderShelf(Path(self.enterContext(tempfile.TemporaryDirectory())))
        shelf.make()
        shelf.put("/старое/", PrintedPage(301, "text/html", b"Moved", leads_to="/new/"))
        shelf.put("/new/", PrintedPage(200, "text/html", "Café".encode()))
        with mock.patch.object(old_addresses, "the_shelf", return_value=shelf):
            ask = old_addresses.in_process()
        self.assertEqual(
            ask("/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5/?utm_source=x").location, "/new/?utm_source=x"
        )
        self.assertEqual(ask("/new/?utm_source=x"), Answer(200, "", "Café"))
        self.assertEqual(Check(ask).fault("/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5/", words="Café"), "")

    def test_without_a_server_it_is_the_site(self):
        fails = mock.patch.object(check_old_addresses.Checking, "fault", side_effect=OSError("no room"))
        with fails, self.assertRaisesMessage(CommandError, "The site does not answer: no room"):
            self.asked()


class ProcessesTest(SimpleTestCase):
    def test_ask_in_the_order_of_the_list(self):
        with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_address[1]}"
            rows = [Row(f"/{number}/", "a form") for number in range(95)]
            with (
                mock.patch.object(check_old_addresses, "ENOUGH_FOR_PROCESSES", 10),
                mock.patch.object(check_old_addresses, "AT_ONCE", 7),
            ):
                found = list(check_old_addresses.faults(iter(rows), base, 2))
            server.shutdown()
        self.assertEqual([row for row, _ in found], rows)
        self.assertEqual(
            [row.address for row, fault in found if fault], [f"/{each}0/" for each in ["", *range(1, 10)]]
        )
