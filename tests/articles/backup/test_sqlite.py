"""SQLite's database in a backup: what stands in its -wal is in it, and an old -wal changes nothing afterwards."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.test import SimpleTestCase

from articles.backup.databases.sqlite import SqliteDatabase
from articles.backup.errors import BackupFailed
from tests.articles.exporters.exported import folder_of


class SqliteTest(SimpleTestCase):
    def setUp(self):
        self.folder = folder_of(self)
        self.file = self.folder / "newsroom.sqlite3"
        self.site = sqlite3.connect(self.file)
        self.addCleanup(self.site.close)
        self.site.execute("PRAGMA journal_mode=WAL")
        # As with a crash: what is in the -wal stays there.
        self.site.execute("PRAGMA wal_autocheckpoint=0")
        self.site.execute("CREATE TABLE story (id INTEGER PRIMARY KEY, words TEXT)")
        self.write("first")
        self.database = SqliteDatabase(self.file)

    def write(self, words):
        self.site.execute("INSERT INTO story (words) VALUES (?)", [words])
        self.site.commit()

    def copy(self):
        scratch = self.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        with self.database.copied(scratch) as copy:
            self.write("while it is copied")
            self.counted = copy.rows.counts(["story", "missing"])
            kept = shutil.copy(copy.file, self.folder / "kept.gz")
        shutil.rmtree(scratch)
        return kept

    def words(self, file=None):
        with closing(sqlite3.connect(file or self.file)) as connection:
            return [words for (words,) in connection.execute("SELECT words FROM story ORDER BY id")]

    def test_a_copied_file_lacks_what_the_backup_has(self):
        plain = shutil.copy(self.file, self.folder / "plain.sqlite3")
        with self.assertRaises(sqlite3.OperationalError):
            self.words(plain)
        self.restored(self.copy())
        self.assertEqual(self.words(), ["first"])

    def test_counts_are_of_the_copy_and_not_of_later(self):
        self.copy()
        self.assertEqual(self.counted, {"story": 1})
        self.assertEqual(self.words(), ["first", "while it is copied"])

    def restored(self, packed):
        """As after a crash of the whole machine: the -wal is there, and nobody has the file open."""
        for name in ("newsroom.sqlite3", "newsroom.sqlite3-wal", "newsroom.sqlite3-shm"):
            shutil.copy(self.folder / name, self.folder / f"left-{name}")
        self.site.close()
        for name in ("newsroom.sqlite3", "newsroom.sqlite3-wal", "newsroom.sqlite3-shm"):
            shutil.move(self.folder / f"left-{name}", self.folder / name)
        with open(packed, "rb") as content:
            self.database.load(content, self.folder)
        self.database.take_place(self.folder / "aside")

    def test_an_old_wal_brings_no_newer_rows_back(self):
        packed = self.copy()
        self.write("newer")
        self.restored(packed)
        self.assertEqual(self.words(), ["first"])
        self.assertTrue((self.folder / "aside" / "newsroom.sqlite3-wal").exists())
        self.assertEqual(self.words(self.folder / "aside" / "newsroom.sqlite3")[-1], "newer")

    def test_says_that_somebody_has_it_open(self):
        self.assertIn("another process has", self.database.users())
        self.site.close()
        self.assertEqual(self.database.users(), "")

    def test_a_file_that_is_not_there_is_used_by_nobody(self):
        database = SqliteDatabase(self.folder / "new.sqlite3")
        self.assertEqual((database.users(), database.things()), ("", []))
        self.assertFalse(database.file.exists())

    def test_a_damaged_database_takes_no_place(self):
        packed = self.copy()
        data = bytearray(gzip.decompress(Path(packed).read_bytes()))
        data[4096 : 4096 + 200] = b"\xff" * 200
        Path(packed).write_bytes(gzip.compress(data))
        with open(packed, "rb") as content, self.assertRaisesRegex(BackupFailed, "damaged"):
            self.database.load(content, self.folder)
        self.database.forget()
        self.assertEqual(self.words()[0], "first")
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith(".new-")], [])
