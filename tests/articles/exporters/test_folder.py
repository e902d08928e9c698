import hashlib
import json
import os
import subprocess

from django.test import SimpleTestCase

from articles.exporters.folder import MANIFEST, SUMS, ExportFailed, Folder
from tests.articles.exporters.exported import folder_of
from tests.servers.small_disk import small_disk


class FolderTest(SimpleTestCase):
    def setUp(self):
        self.target = folder_of(self) / "export"

    def test_a_manifest_says_what_is_there_and_the_sums_fit(self):
        with Folder(self.target) as folder:
            folder.put("a.txt", b"one")
            with folder.file("below/b.txt") as file:
                file.write("two")
                file.write(" and ü")
            folder.counts["things"] = 2
            folder.complete(format="test")
        manifest = json.loads((self.target / MANIFEST).read_text())
        self.assertEqual(manifest["counts"], {"files": 2, "things": 2})
        self.assertEqual(manifest["format"], "test")
        sums = (self.target / SUMS).read_bytes()
        self.assertEqual(manifest["sums"], hashlib.sha256(sums).hexdigest())
        done = subprocess.run(["sha256sum", "-c", "--strict", SUMS], cwd=self.target, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(sorted(os.listdir(self.target)), [SUMS, "a.txt", "below", MANIFEST])

    def test_one_that_is_stopped_leaves_nothing_that_looks_whole(self):
        for stop in (KeyboardInterrupt, ValueError):
            with self.assertRaises(stop), Folder(self.target) as folder:
                folder.put("a.txt", b"one")
                raise stop
            self.assertEqual(os.listdir(self.target), [])

    def test_one_that_is_killed_has_no_manifest_and_is_named_the_next_time(self):
        """As a killed process leaves it: nothing is cleared away."""
        folder = Folder(self.target)
        folder.__enter__()
        folder.put("a.txt", b"one")
        folder.sums.close()
        self.assertFalse((self.target / MANIFEST).exists())
        self.assertFalse((self.target / "a.txt").exists())
        with (
            self.assertRaisesRegex(ExportFailed, "unfinished is what an export has left"),
            Folder(self.target),
        ):
            pass
        self.assertTrue((self.target / "unfinished" / "a.txt").exists())

    def test_a_folder_with_something_in_it_is_refused_and_left_alone(self):
        self.target.mkdir()
        (self.target / "mine.txt").write_text("mine")
        with self.assertRaisesRegex(ExportFailed, "is not empty"), Folder(self.target):
            pass
        self.assertEqual(os.listdir(self.target), ["mine.txt"])

    def test_a_file_in_the_place_of_the_folder_is_named(self):
        self.target.write_text("a file")
        with self.assertRaisesRegex(ExportFailed, "cannot be written"), Folder(self.target):
            pass

    def test_a_full_disk_is_named_and_nothing_stays(self):
        with small_disk(folder_of(self) / "disk", inodes=100, megabytes=8) as disk:
            target = disk / "export"
            for size in (1_000, 1_000_000):
                with self.assertRaisesRegex(ExportFailed, "disk is full"), Folder(target) as folder:
                    with folder.file("long.txt") as file:
                        for _ in range(20_000_000 // size):
                            file.write_bytes(b"x" * size)
                    folder.complete()
                self.assertEqual(os.listdir(target), [])
