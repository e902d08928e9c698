"""Archives, piece by piece: what is damaged is named, what is cut off is no backup."""

import io
import subprocess
import tarfile
import tracemalloc
from pathlib import Path

from django.test import SimpleTestCase

from articles.backup.archive import Manifest, check, manifest_at_end, members, new_archive
from articles.backup.destinations import Folder
from articles.backup.errors import BackupFailed, in_plain_words
from tests.articles.exporters.exported import folder_of
from tests.servers.small_disk import small_disk

FACTS = {
    "site": "https://news.example.org",
    "database": "sqlite",
    "moment": "2026-11-30T03:00:00+00:00",
    "counts": {"articles_article": 3},
    "migrations": ["0001_initial"],
    "secrets": ["SECRET_KEY"],
    "secret_key": "",
    "has_secrets": False,
    "versions": {},
}
FILES = {
    "media/masters/ab/one.jpg": b"one" * 1000,
    "media/masters/cd/two.jpg": b"two",
    "settings.env": b"A='b'\n",
}


def write_archive(target, **facts):
    return written(Folder(target.parent), target.name, **facts)


def written(destination, name, **facts):
    with new_archive(destination, name) as archive:
        for member, data in FILES.items():
            archive.add_text(member, data)
        archive.complete(Manifest(**FACTS | facts))
    return destination.archive(name)


class ArchiveTest(SimpleTestCase):
    def setUp(self):
        self.folder = folder_of(self)
        self.archive = write_archive(self.folder / "backup.tar")

    def test_has_what_was_put_into_it_and_says_so(self):
        found = {name: content.read() for name, _, content in members(self.archive)}
        self.assertEqual({name: found[name] for name in FILES}, FILES)
        manifest = check(self.archive)
        self.assertEqual((manifest.files, manifest.bytes), (3, sum(map(len, FILES.values()))))
        self.assertEqual(manifest, manifest_at_end(self.archive))

    def test_any_system_can_open_and_check_it(self):
        subprocess.run(["tar", "xf", self.archive], cwd=self.folder, check=True)
        done = subprocess.run(
            ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=self.folder, capture_output=True
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_is_for_the_eyes_of_its_owner(self):
        self.assertEqual(self.archive.stat().st_mode & 0o777, 0o600)

    def test_one_that_was_not_completed_leaves_nothing(self):
        with self.assertRaises(ValueError), new_archive(Folder(self.folder), "other.tar") as archive:
            archive.add_text("settings.env", "A=b")
            raise ValueError
        self.assertEqual(list(self.folder.iterdir()), [self.archive])

    def test_a_full_disk_is_named_and_what_was_there_stays(self):
        with small_disk(self.folder / "disk", inodes=100, megabytes=8) as disk:
            old = write_archive(disk / "old.tar")
            with (
                Path("/dev/zero").open("rb") as zeros,
                self.assertRaisesRegex(BackupFailed, "The disk is full"),
                in_plain_words(disk),
                new_archive(Folder(disk), "new.tar") as archive,
            ):
                archive.add("media/large", zeros, 20 << 20)
            self.assertIsNotNone(manifest_at_end(old))
            self.assertEqual([path.name for path in disk.glob("*new*")], [])

    def test_a_changed_byte_is_found_and_its_file_named(self):
        data = bytearray(self.archive.read_bytes())
        data[data.index(b"two\0")] ^= 1
        self.archive.write_bytes(data)
        with self.assertRaisesRegex(BackupFailed, "damaged: media/masters/cd/two.jpg is not what it was"):
            check(self.archive)

    def test_one_that_is_cut_off_anywhere_is_no_backup(self):
        whole = self.archive.read_bytes()
        end = len(whole.rstrip(b"\0"))
        for size in (0, 100, 512, 2048, end - 600, end - 10):
            with self.subTest(size=size):
                self.archive.write_bytes(whole[:size])
                self.assertIsNone(manifest_at_end(self.archive))
                with self.assertRaises(BackupFailed):
                    check(self.archive)

    def test_what_is_no_archive_is_none(self):
        self.archive.write_bytes(b"<!doctype html>" * 1000)
        self.assertIsNone(manifest_at_end(self.archive))
        with self.assertRaises(BackupFailed):
            check(self.archive)

    def test_a_file_that_the_list_does_not_name_is_found(self):
        entries = [(name, content.read()) for name, _, content in members(self.archive)]
        entries.insert(1, ("media/masters/ef/smuggled.jpg", b"x"))
        rewrite(self.archive, entries)
        with self.assertRaisesRegex(BackupFailed, "damaged"):
            check(self.archive)

    def test_nothing_is_unpacked_outside(self):
        for name in ("../evil", "/etc/evil", "media/../../evil", "media//evil"):
            with self.subTest(name=name):
                rewrite(self.archive, [(name, b"x")])
                with self.assertRaisesRegex(BackupFailed, "in no backup of ours"):
                    list(members(self.archive))

    def test_one_of_a_newer_release_is_refused(self):
        write_archive(self.archive, format=99)
        with self.assertRaisesRegex(BackupFailed, "newer version"):
            check(self.archive)

    def test_takes_no_more_memory_for_more(self):
        size = 24 << 20
        tracemalloc.start()
        with new_archive(Folder(self.folder), "large.tar") as archive:
            with Path("/dev/zero").open("rb") as zeros:
                archive.add("media/large", zeros, size)
            for number in range(500):
                archive.add_text(f"media/{number}", b"x")
            archive.complete(Manifest(**FACTS))
        check(self.folder / "large.tar")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(most, 9 << 20)


def rewrite(archive, entries):
    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
