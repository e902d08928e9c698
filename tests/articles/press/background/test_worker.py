"""What the thread beside the press does with pictures that can't be made: it puts them aside and goes on."""

import datetime
import os
import threading
import unittest
from contextlib import suppress
from unittest import mock

import time_machine
from django.db import OperationalError

from articles.images import ROLES, SHOWN, renditions_for
from articles.models import Article, PictureFailure
from articles.picture_files import is_on_disk, masters, read_file, renditions, store_whole
from articles.press.background import missing_pictures
from articles.press.background import worker as background
from articles.press.background.worker import BackgroundWorker
from articles.publishing import put_in_bin, take_out_of_bin
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.renditions import expected_renditions
from tests import factories
from tests.articles.press.printed_newsroom import HOUR, NOON, PrintedNewsroom

SECOND = datetime.timedelta(seconds=1)


class BackRoomCase(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.room = BackgroundWorker(self.shelf)
        self.kept = {}

    def picture(self, **more):
        return factories.image(width=500, height=400, **more)

    def break_master(self, image):
        """Nobody can read it: its file is gone."""
        self.kept[image.pk] = read_file(masters(), image.file.name)
        masters().delete(image.file.name)

    def mend_master(self, image):
        store_whole(masters(), image.file.name, self.kept[image.pk])

    def work_off(self):
        self.room.work_off(threading.Event())

    def is_made(self, image, wanted=None):
        return all(renditions().exists(each.path) for each in wanted or expected_renditions(image))


class BinTest(BackRoomCase):
    def test_is_emptied_once_an_hour(self):
        with time_machine.travel(NOON - 31 * 24 * HOUR, tick=False):
            first, second = (put_in_bin(factories.article(), by=None) for _ in range(2))
        take_out_of_bin(second, by=None)
        self.work_off()
        self.assertEqual(list(Article.including_bin.filter(pk__in=[first.pk, second.pk])), [second])
        Article.objects.filter(pk=second.pk).update(binned_at=NOON - 31 * 24 * HOUR)
        self.work_off()
        self.assertEqual(list(Article.binned.all()), [second], "only at the next round")


class PutAsideTest(BackRoomCase):
    def setUp(self):
        super().setUp()
        self.broken, self.whole = self.picture(), self.picture()
        self.break_master(self.broken)
        self.room.want([self.broken.pk, self.whole.pk])

    def test_a_picture_that_cannot_be_read_keeps_no_other_from_being_made(self):
        with self.assertLogs("articles.press", "ERROR"):
            self.work_off()
        self.assertTrue(self.is_made(self.whole))
        failure = PictureFailure.objects.get()
        self.assertEqual((failure.image, failure.attempts), (self.broken, 1))
        self.assertIn("cannot be read: ", failure.error)

    def test_it_is_tried_again_after_longer_and_longer_pauses_an_hour_at_most(self):
        waits = []
        with self.assertLogs("articles.press", "ERROR") as said:
            for _ in range(14):
                self.work_off()
                failure = PictureFailure.objects.get()
                waits.append((failure.next_try_at - failure.failed_at).total_seconds())
                for moment in (failure.next_try_at - SECOND, failure.next_try_at):
                    self.enterContext(time_machine.travel(moment, tick=False))
                    # Before its time it is left alone, whoever asks for it.
                    if moment < failure.next_try_at:
                        self.room.want([self.broken.pk])
                        self.work_off()
                self.room = BackgroundWorker(self.shelf)
        self.kept = {}
        self.assertEqual(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600])
        self.assertEqual(len(said.output), 14)

    def test_it_is_made_in_every_role_as_soon_as_it_can_be_read_and_said_no_more(self):
        with self.assertLogs("articles.press", "ERROR"):
            self.work_off()
        self.mend_master(self.broken)
        self.room = BackgroundWorker(self.shelf)
        self.kept = {}
        with time_machine.travel(NOON + HOUR, tick=False):
            self.work_off()
        self.assertTrue(self.is_made(self.broken, renditions_for(self.broken.source, SHOWN)))
        self.assertFalse(PictureFailure.objects.exists())

    def test_it_is_forgotten_with_the_picture(self):
        with self.assertLogs("articles.press", "ERROR"):
            self.work_off()
        remove_image(self.broken)
        self.assertFalse(PictureFailure.objects.exists())

    @unittest.skipUnless(is_on_disk(renditions()), "a store has no folders")
    def test_a_disk_that_takes_nothing_is_said_and_each_picture_has_its_turn(self):
        self.mend_master(self.broken)
        places = [self.take_place_of_files(image) for image in (self.broken, self.whole)]
        for _ in range(2):
            with self.assertRaises(FileExistsError):
                self.work_off()
        errors = PictureFailure.objects.values_list("error", flat=True)
        self.assertEqual(len(errors), 2)
        self.assertTrue(all(error.startswith("Its files cannot be stored: [Errno 17]") for error in errors))
        for place in places:
            os.remove(place)
        with time_machine.travel(NOON + HOUR, tick=False):
            self.room = BackgroundWorker(self.shelf)
            self.work_off()
        self.assertTrue(self.is_made(self.broken) and self.is_made(self.whole))

    def take_place_of_files(self, image):
        """A file stands where the folder of its renditions has to be."""
        place = os.path.dirname(renditions().path(expected_renditions(image)[0].path))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "x"):
            return place

    def test_a_database_that_is_away_loses_none_that_was_noted(self):
        self.mend_master(self.broken)
        away = mock.patch.object(background, "make_expected", side_effect=OperationalError("away"))
        with away, self.assertRaises(OperationalError):
            self.work_off()
        self.work_off()
        self.assertTrue(self.is_made(self.broken) and self.is_made(self.whole))


class WantedTest(BackRoomCase):
    """Pages printed for a reader on the way, whose pictures the press has still to make."""

    def page_with(self, image):
        article = self.publish(lead_image=image)
        made = self.press.printing.printer.print_if_missing(article.get_absolute_url())
        missing_pictures.note(self.shelf, made.facts.pictures)

    def notes(self):
        return list(missing_pictures.take(self.shelf))

    def test_a_picture_that_cannot_be_read_keeps_no_other_page_waiting(self):
        broken, whole = self.picture(), self.picture()
        self.break_master(broken)
        self.page_with(broken), self.page_with(whole)
        with self.assertLogs("articles.press", "ERROR"):
            self.work_off()
        lead = renditions_for(whole.source, [ROLES["lead"]])
        self.assertTrue(self.is_made(whole, lead))
        self.assertEqual(PictureFailure.objects.get().image, broken)
        self.assertEqual(self.notes(), [])

    def test_a_page_that_makes_trouble_comes_again_after_all_others(self):
        paths = ["/2026/06/10/one/", "/2026/06/10/two/", "/2026/06/10/three/"]
        for path in paths:
            missing_pictures.note(self.shelf, [f"{path}1.jpg", f"{path}2.jpg"])
        first = next(missing_pictures.take(self.shelf))
        self.assertEqual(first, [f"{paths[0]}1.jpg", f"{paths[0]}2.jpg"])
        self.assertEqual(
            [pictures[0] for pictures in self.notes()], [f"{path}1.jpg" for path in [*paths[1:], paths[0]]]
        )

    def test_no_more_are_noted_than_there_may_be(self):
        with mock.patch.object(missing_pictures, "MOST", 2):
            for name in ("one.jpg", "two.jpg", "three.jpg"):
                missing_pictures.note(self.shelf, [name])
        self.assertEqual(self.notes(), [["one.jpg"], ["two.jpg"]])

    def test_trouble_with_one_kind_of_work_keeps_nobody_from_the_other(self):
        image = self.picture()
        self.room.want([image.pk])
        stop = mock.Mock(is_set=lambda: False, wait=mock.Mock(side_effect=StopIteration))
        disk = mock.patch.object(missing_pictures, "take", side_effect=OSError(5, "Input/output error"))
        # Another thread would not see the rows of this test.
        here = mock.patch.object(background, "at_low_priority", background.run)
        with here, disk, self.assertLogs("articles.press", "ERROR"), self.assertRaises(StopIteration):
            self.room._work(stop)
        self.assertTrue(self.is_made(image))
        stop.wait.assert_called_once_with(background.AFTER_TROUBLE)

    def test_the_process_that_compresses_ends_with_the_work(self):
        for error in (None, RuntimeError("unexpected")):
            with self.subTest(error=error):
                room, stop = BackgroundWorker(self.shelf), threading.Event()
                room.recompress("/waits/")
                processes = []

                def compress(_, room=room, stop=stop, error=error, processes=processes):
                    room._compress(b"a page")
                    processes.append(room._compress._process)
                    stop.set()
                    if error:
                        raise error

                room._tidy_up_hourly = compress
                room.wait_for_the_press()
                here = mock.patch.object(background, "close_old_connections")
                with here, suppress(RuntimeError):
                    room._work(stop)
                self.assertIsNotNone(processes[0].returncode)
