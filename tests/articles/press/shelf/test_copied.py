"""A shelf that is copied from another host, as docs/operating/press.md says, while that one goes on printing."""

import shutil

from articles import publishing
from articles.press.press import Press
from articles.press.shelf.files import FolderShelf
from tests.articles.press.printed_newsroom import PrintedNewsroom

FIRST, PAGES, LAST = ("position.json", "release", "site-address"), ("moved", "gone", "pages"), ("seen.json",)


class CopiedShelfTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.printed()
        self.copy = FolderShelf(self.shelf.root.parent / "copy")
        self.copy.make()

    def take(self, *names):
        for name in names:
            source, target = self.shelf.root / name, self.copy.root / name
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy2(source, target)

    def copy_while_the_press_prints(self):
        """Between two steps something is published, and something else withdrawn."""
        for number, names in enumerate([FIRST, *zip(PAGES), LAST]):
            self.take(*names)
            self.publish(headline=f"Late {number}")
            publishing.withdraw(self.story(number), by=None)
            self.printed()

    def test_is_gone_on_with_by_the_press_of_its_host(self):
        self.copy_while_the_press_prints()
        self.shelf, self.press = self.copy, Press(self.copy)
        self.press.turn()
        self.assertFalse(self.press.walk.is_under_way)
        self.printed()
        self.assert_true_to_the_site()

    def test_is_wrong_for_good_if_the_notes_are_copied_last(self):
        """So the order is not there for nothing."""
        self.take(*PAGES)
        self.publish()
        self.printed()
        self.take(*FIRST, *LAST)
        self.shelf, self.press = self.copy, Press(self.copy)
        self.printed()
        with self.assertRaises(AssertionError):
            self.assert_true_to_the_site()

    def test_has_the_pages_of_the_other_to_the_byte_and_the_second(self):
        self.take(*PAGES)
        for path in self.shelf.walk():
            for coding in ("", "gzip", "br"):
                one, other = self.shelf.stored(path, coding), self.copy.stored(path, coding)
                self.assertEqual(
                    (one.body, one.modified, one.leads_to), (other.body, other.modified, other.leads_to)
                )
