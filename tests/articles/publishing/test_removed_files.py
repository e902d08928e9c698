"""Files of what is removed: deleted at once, but not while a backup is being made."""

import datetime
import threading
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from articles.models import Backup, RemovedFile
from articles.picture_files import storage_of
from articles.publishing import removed_files
from articles.publishing.backups import BackupUnderWay, backup_under_way, begin
from articles.publishing.documents import remove_document
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.removed_files import delete_removed_files
from tests import factories as make

from .newsroom import NewsroomTestCase

HOUR = datetime.timedelta(hours=1)


class RemovedFilesTest(NewsroomTestCase):
    def removed(self):
        """The names of the files of a picture and a document that were removed."""
        image, document = make.image(), make.document()
        names = [image.file.name, document.file.name]
        with self.captureOnCommitCallbacks(execute=True):
            remove_image(image)
            remove_document(document)
        return names

    def assert_there(self, names, *, are_there):
        self.assertEqual([storage_of(name).exists(name) for name in names], [are_there] * 2)
        self.assertEqual(RemovedFile.objects.filter(name__in=names).exists(), are_there)

    def test_are_deleted_once_that_is_committed(self):
        self.assert_there(self.removed(), are_there=False)

    def test_wait_for_a_backup_that_is_under_way_and_go_when_it_is_over(self):
        begin, end = self.under_way()
        begin()
        names = self.removed()
        self.assert_there(names, are_there=True)
        end()
        self.assert_there(names, are_there=False)

    def under_way(self):
        manager = backup_under_way()
        return manager.__enter__, lambda: manager.__exit__(None, None, None)

    def test_do_not_wait_for_one_that_was_killed(self):
        Backup.objects.create(host="a", seen_at=timezone.now() - HOUR)
        self.assert_there(self.removed(), are_there=False)

    def test_one_that_failed_says_why_and_nothing_waits_for_it(self):
        with self.assertRaises(OSError), backup_under_way():
            raise OSError("No space left on device")
        backup = Backup.objects.get()
        self.assertEqual((backup.error, backup.archive), ("No space left on device", ""))
        self.assertFalse(Backup.objects.under_way().exists())
        self.assertFalse(Backup.objects.whole().exists())

    def test_two_are_not_made_at_once(self):
        begin, end = self.under_way()
        begin()
        with self.assertRaisesRegex(BackupUnderWay, "made already, since"), backup_under_way():
            pass
        end()

    def test_what_cannot_be_deleted_is_tried_again(self):
        with (
            mock.patch.object(removed_files, "storage_of", side_effect=OSError("read-only")),
            self.assertLogs(),
        ):
            names = self.removed()
        self.assert_there(names, are_there=True)
        delete_removed_files()
        self.assert_there(names, are_there=False)


class AtOnceTest(TransactionTestCase):
    def test_of_several_backups_that_begin_in_the_same_moment_one_does(self):
        ready, begun, refused = threading.Barrier(6), [], []

        def try_to_begin():
            ready.wait()
            try:
                begun.append(begin())
            except BackupUnderWay as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=try_to_begin) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(begun), len(refused)), (1, 5))
        self.assertEqual(Backup.objects.count(), 1)
