from dataclasses import replace

import pytest

from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import Links, PrintedPage


@pytest.fixture
def shelf(tmp_path):
    return FolderShelf(tmp_path)


class TestLinks:
    LINKS = Links("/2026/10/", "", frozenset(["/2026/11/22/sea-wall/", "/2026/11/20/fog/"]))
    LIST = PrintedPage(200, "text/html", b"<p>November</p>", links=LINKS)

    def test_are_read_without_the_page_and_with_it(self, shelf):
        shelf.put("/2026/11/", self.LIST)
        assert shelf.links("/2026/11/") == self.LINKS
        assert shelf.read("/2026/11/") == self.LIST

    def test_of_a_list_that_shows_nothing_are_known_to_be_none(self, shelf):
        shelf.put("/world/", replace(self.LIST, links=Links()))
        assert shelf.links("/world/") == Links()

    def test_of_other_pages_and_of_none_are_not_known(self, shelf):
        shelf.put("/2026/11/22/sea-wall/", PrintedPage(200, "text/html", b"<p>The wall</p>"))
        assert shelf.links("/2026/11/22/sea-wall/") is None
        assert shelf.links("/2026/11/") is None

    def test_that_are_others_or_missing_are_written_though_the_page_is_the_same(self, shelf):
        shelf.put("/2026/11/", self.LIST)
        assert not shelf.put("/2026/11/", self.LIST)
        other = replace(self.LIST, links=replace(self.LINKS, later="/2026/12/"))
        assert shelf.put("/2026/11/", other)
        (shelf.root / "pages/2026/11/links").write_text("")
        assert shelf.links("/2026/11/") is None
        assert shelf.put("/2026/11/", other)
        assert shelf.links("/2026/11/") == other.links

    def test_go_with_the_page(self, shelf):
        shelf.put("/2026/11/", self.LIST)
        shelf.remove("/2026/11/")
        assert shelf.links("/2026/11/") is None
        assert [file for file in shelf.root.rglob("*") if file.is_file()] == []
