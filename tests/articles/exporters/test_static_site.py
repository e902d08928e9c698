"""Which addresses are asked for, and which files they become."""

from collections import Counter

from django.test import SimpleTestCase

from articles.exporters.folder import Folder
from articles.exporters.static import Answer, Site
from articles.exporters.static.places import place_of

from .exported import folder_of

LINKS = '<a href="/nothing/">a</a> <a href="/read/2026/01/01/a/">b</a> <a href="/search/">c</a>'


class StaticSiteTest(SimpleTestCase):
    def setUp(self):
        self.asked, self.said = Counter(), []

    def ask(self, path):
        self.asked[path] += 1
        return Answer(200, "text/html", LINKS.encode()) if path in ("/a/", "/b/") else Answer(404, "", b"")

    def test_a_dead_link_is_asked_for_once_and_named_for_each_page(self):
        with Folder(folder_of(self) / "export") as folder:
            Site(folder, self.ask, "http://localhost:8000", self.said.append).write(["/a/", "/b/"])
            self.assertEqual(folder.counts["dead links"], 2)
        self.assertEqual(self.asked["/nothing/"], 1)
        self.assertEqual(len(self.said), 2)
        for path in ("/read/2026/01/01/a/", "/search/"):
            self.assertNotIn(path, self.asked)

    def test_an_address_with_a_new_line_has_no_file(self):
        for address in ("/a%0Ab/", "/a%0Db.html", "/a%00b/"):
            self.assertIsNone(place_of(address), address)
        self.assertEqual(place_of("/a%20b/"), "a b/index.html")
