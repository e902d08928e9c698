import os
import threading
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase, override_settings

from articles.models import Image
from articles.press.background import pictures as pictures_ahead
from articles.press.background.pictures import missing_pictures
from articles.press.changes.intake import Round
from articles.press.press import Press
from articles.press.shelf.disk_space import shortage
from articles.press.shelf.files import FolderShelf
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom
from tests.servers.small_disk import small_disk

GIGABYTE = 10**9


def disk(*, free=GIGABYTE, size=GIGABYTE, inodes_free=10**6, inodes=10**6):
    """What the system says of a disk of that size, in bytes."""
    said = dict.fromkeys(["f_bsize", "f_flag", "f_namemax", "f_bfree", "f_ffree"], 0)
    said |= {"f_frsize": 1, "f_blocks": size, "f_bavail": free, "f_files": inodes, "f_favail": inodes_free}
    return mock.patch("os.statvfs", return_value=mock.Mock(**said))


class ShortageTest(SimpleTestCase):
    def assert_short(self, expected, **said):
        with disk(**said):
            self.assertEqual(shortage(Path("/")).partition(" (")[0], expected, said)

    def test_is_two_gigabytes_left_of_a_large_disk_and_a_tenth_of_a_small_one(self):
        self.assert_short("", free=3 * GIGABYTE, size=1000 * GIGABYTE)
        self.assert_short("nearly full", free=2 * GIGABYTE, size=1000 * GIGABYTE)
        self.assert_short("", free=GIGABYTE, size=5 * GIGABYTE)
        self.assert_short("nearly full", free=GIGABYTE // 2, size=5 * GIGABYTE)

    def test_is_as_many_inodes_left_as_ext4_has_for_that(self):
        self.assert_short("", inodes_free=140_000, inodes=60_000_000)
        self.assert_short("nearly out of inodes", inodes_free=131_072, inodes=60_000_000)
        self.assert_short("", inodes_free=10_001, inodes=100_000)
        self.assert_short("nearly out of inodes", inodes_free=10_000, inodes=100_000)

    def test_of_a_folder_that_is_still_to_be_made_is_that_of_the_one_above(self):
        with disk(free=0):
            self.assertEqual(shortage(Path("/not/made/yet")), "nearly full")

    def test_is_none_of_inodes_where_a_disk_does_not_count_them(self):
        self.assert_short("", inodes_free=0, inodes=0)


class SmallDiskTest(PrintedNewsroom):
    """A new shelf on a real disk with inodes for a part of its pages, and bytes for all of them."""

    INODES = 450

    def setUp(self):
        super().setUp()
        self.disk = self.enterContext(small_disk(self.shelf.root.parent / "disk", inodes=self.INODES))
        self.shelf = FolderShelf(self.disk / "shelf")
        self.press = Press(self.shelf)

    def test_keeps_inodes_for_news(self):
        with self.assertLogs("articles.press", "WARNING") as said:
            self.printed()
        self.assertIn("out of inodes", said.output[0])
        self.assertFalse(self.press.walk.is_under_way)
        found = os.statvfs(self.disk)
        self.assertLessEqual(found.f_favail, found.f_files // 10)
        self.assertGreater(found.f_favail, 0)
        pages = len(list(self.shelf.walk()))
        article = self.publish()
        self.printed()
        self.assertIsNotNone(self.shelf.read(article.get_absolute_url()))
        self.assertGreater(len(list(self.shelf.walk())), pages)


class SmallDiskOfPicturesTest(PrintedNewsroom):
    """Pictures on a disk that has hardly an inode left."""

    def setUp(self):
        super().setUp()
        self.media = self.enterContext(small_disk(self.shelf.root.parent / "disk", inodes=400))
        self.enterContext(override_settings(MEDIA_ROOT=str(self.media)))
        self.enterContext(mock.patch.object(pictures_ahead, "said_rarely", Round(600)))
        self.image = factories.image(width=500, height=400)
        for number in range(os.statvfs(self.media).f_favail - 20):
            (self.media / f"{number}").touch()
        self.left = os.statvfs(self.media).f_favail

    def test_takes_none_that_nobody_has_asked_for(self):
        with self.assertLogs("articles.press", "WARNING") as said:
            self.printed()
            self.press.background.work_off(threading.Event())
            article = self.publish(lead_image=Image.objects.get(pk=self.image.pk))
            self.printed()
        self.assertEqual(os.statvfs(self.media).f_favail, self.left)
        # Said once, and not by each page.
        self.assertEqual(
            [line.partition(": ")[0] for line in said.output],
            ["WARNING:articles.press:The pictures' disk is nearly out of inodes (see `df -i`)"],
        )
        page = self.press.printing.printer.render(article.get_absolute_url())
        wanted = missing_pictures(page.facts.pictures)
        self.assertEqual(self.client.get(f"/media/{wanted[0]}").status_code, 200)
