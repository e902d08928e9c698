import pytest

from articles.page_facts import PageFacts
from articles.press.plan.periods import following, neighbours
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import Links, PrintedPage

THERE = PageFacts()


@pytest.fixture
def shelf(tmp_path):
    return FolderShelf(tmp_path)


def put(shelf, path, *, earlier="", later=""):
    shelf.put(path, PrintedPage(200, "text/html", b"A month", links=Links(earlier, later)))


class TestNeighbours:
    def test_are_the_nearest_that_are_printed(self, shelf):
        for path in ("/2024/12/", "/2025/03/", "/2026/01/", "/2026/02/22/", "/2026/01/story/"):
            put(shelf, path)
        assert neighbours(shelf, "/2025/07/") == ["/2025/03/", "/2026/01/"]
        assert neighbours(shelf, "/2024/12/") == [None, "/2025/03/"]
        assert neighbours(shelf, "/2026/01/") == ["/2025/03/", None]

    def test_of_a_day_are_days(self, shelf):
        for path in ("/world/2025/12/31/", "/world/2026/01/", "/world/2026/02/01/", "/2026/01/20/"):
            put(shelf, path)
        assert neighbours(shelf, "/world/2026/01/15/") == ["/world/2025/12/31/", "/world/2026/02/01/"]

    def test_are_none_on_an_empty_shelf(self, shelf):
        assert neighbours(shelf, "/tag/coast/2026/01/") == [None, None]


class TestFollowing:
    def after(self, shelf, path, facts=THERE):
        return list(following(shelf, path, facts))

    def test_a_month_that_came_is_linked_to_by_those_beside_it(self, shelf):
        put(shelf, "/2026/01/", later="/2026/03/")
        put(shelf, "/2026/03/", earlier="/2026/01/")
        assert self.after(shelf, "/2026/02/") == ["/2026/01/", "/2026/03/"]

    def test_also_if_they_had_none_beside_them(self, shelf):
        put(shelf, "/2026/01/")
        assert self.after(shelf, "/2026/02/") == ["/2026/01/"]

    def test_those_that_link_to_it_or_to_one_between_are_right_as_they_are(self, shelf):
        put(shelf, "/2026/01/", later="/2026/02/")
        put(shelf, "/2026/06/", earlier="/2026/04/")
        assert self.after(shelf, "/2026/02/") == []

    def test_those_that_an_older_release_has_printed_are_printed_anew(self, shelf):
        shelf.put("/2026/01/", PrintedPage(200, "text/html", b"A month"))
        assert self.after(shelf, "/2026/02/") == ["/2026/01/"]

    def test_a_month_that_went_is_linked_to_no_more(self, shelf):
        put(shelf, "/2026/01/", later="/2026/02/")
        put(shelf, "/2026/03/", earlier="/2026/01/")
        assert self.after(shelf, "/2026/02/", None) == ["/2026/01/"]

    def test_names_in_other_scripts_are_compared_as_they_are(self, shelf):
        put(shelf, "/tag/küste/2026/01/", later="/tag/k%C3%BCste/2026/02/")
        assert self.after(shelf, "/tag/küste/2026/02/") == []
        assert self.after(shelf, "/tag/küste/2026/02/", None) == ["/tag/k%C3%BCste/2026/01/"]

    def test_an_overfull_months_days_are_printed_with_it(self, shelf):
        put(shelf, "/2026/02/21/")
        facts = PageFacts(divided_into=("/2026/02/22/", "/2026/02/21/"))
        assert self.after(shelf, "/2026/02/", facts) == ["/2026/02/22/"]

    def test_so_are_the_parts_of_a_day(self, shelf):
        facts = PageFacts(divided_into=("/2026/02/22/older/3/",))
        assert self.after(shelf, "/2026/02/22/", facts) == ["/2026/02/22/older/3/"]
        facts = PageFacts(divided_into=("/2026/02/22/older/2/",), later="/2026/02/22/")
        assert self.after(shelf, "/2026/02/22/older/3/", facts) == ["/2026/02/22/older/2/"]

    def test_nothing_follows_an_article(self, shelf):
        put(shelf, "/2026/02/21/story/")
        assert self.after(shelf, "/2026/02/22/story/") == []
