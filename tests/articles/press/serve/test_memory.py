import os

from articles.press.serve.memory import ROUND_ABOUT, Entries
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PrintedPage

PATHS = [f"/2026/11/22/story-{number}/" for number in range(40)]


def page(number):
    # No two compress alike, and none compresses well.
    return PrintedPage(200, "text/html", os.urandom(1000 + number))


class TestEntries:
    def entries(self, folder, memory):
        shelf = FolderShelf(folder)
        for number, path in enumerate(PATHS):
            shelf.put(path, page(number))
        return Entries(shelf, memory, [])

    def test_counts_a_page_once_that_two_threads_read_in_the_same_moment(self, tmp_path):
        entries = self.entries(tmp_path, memory=1_000_000)
        for _ in range(3):
            # As a thread does that found nothing in memory just before another one had put it there.
            entries._load(PATHS[0], PATHS[0], "")
        assert entries._bytes == 1000 + ROUND_ABOUT

    def test_keeps_no_more_than_its_memory_and_one_page(self, tmp_path):
        memory = 10 * (1000 + ROUND_ABOUT)
        entries = self.entries(tmp_path, memory)
        for path in PATHS:
            assert entries.find(path, path, "").body
            assert entries._bytes <= memory + 2 * (1040 + ROUND_ABOUT)
        kept = sum(len(entry.body) + ROUND_ABOUT for entry in entries._entries.values())
        assert entries._bytes == kept
