"""The loop itself: what it does with pages that fail, disks that are full, and what is left over from before."""

import datetime
import fcntl
import itertools
import threading
import zlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from urllib.parse import unquote

import time_machine
from django.conf import settings
from django.db import ProgrammingError
from django.test import TransactionTestCase, override_settings
from django.utils import timezone

from articles.feeds import entries
from articles.models import Article, Image, OutboxEntry, PressStatus, PrintFailure
from articles.models.addresses.paths import SECURITY, SITE_FILES
from articles.outbox.cursor import KEPT, Position, can_follow, prune
from articles.press.background.pictures import make_ahead
from articles.press.everything.walk import SLICE
from articles.press.plan import printing_order
from articles.press.press import Press, Stopped
from articles.press.render.failures import wait_after
from articles.press.render.printer import DatabaseAway, Outcome
from articles.press.shelf import release
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.in_flight import noted
from articles.press.shelf.interface import ShelfFull
from articles.press.shelf.locks import LOCKS
from articles.press.status import forget_lost_shelves
from articles.publishing import withdraw
from tests import factories

from .printed_newsroom import DAY, HOUR, NOON, PrintedNewsroom, without_feeds

SECOND = datetime.timedelta(seconds=1)


class FailureTest(PrintedNewsroom):
    def broken(self, name="pages/tag.html"):
        """Settings with which a template can't be rendered."""
        folder = self.shelf.root / "templates/pages"
        folder.mkdir(parents=True)
        (folder.parent / name).write_text("{% this is no tag %}")
        desk, readers = settings.TEMPLATES
        readers = {**readers, "DIRS": [folder.parent, *readers["DIRS"]]}
        return override_settings(TEMPLATES=[desk, readers])

    def test_a_page_that_fails_keeps_its_last_copy_and_holds_up_no_other(self):
        standing = self.shelf.read("/tag/coast/")
        with self.broken(), self.assertLogs("articles.press", "ERROR"):
            article = self.publish()
            changed = self.printed()
        self.assertIn(article.get_absolute_url(), changed)
        self.assertEqual(self.shelf.read("/tag/coast/"), standing)
        failure = PrintFailure.objects.get(path="/tag/coast/")
        self.assertIn("TemplateSyntaxError", failure.error)

    def test_a_page_that_another_process_never_finishes_holds_up_no_other(self):
        article = self.publish()
        with (
            mock.patch("articles.press.shelf.locks.LONGEST_PRINT", 0.02),
            self.shelf.lock("/world/"),
            self.assertLogs("articles.press", "ERROR"),
        ):
            changed = self.printed()
        self.assertIn(article.get_absolute_url(), changed)
        self.assertIn("does not finish", PrintFailure.objects.get(path="/world/").error)
        with time_machine.travel(NOON + HOUR, tick=False):
            self.press = Press(self.shelf)
            self.printed()
            self.assert_true_to_the_site()

    def test_a_page_that_somebody_else_has_in_hand_is_printed_when_the_fronts_are(self):
        article, printed = self.publish(), []
        path = article.get_absolute_url()
        render, lock = self.press.printing.printer.render, self.shelf.lock(path)

        def rendered(asked):
            printed.append(asked)
            if asked == "/":
                lock.__exit__(None, None, None)
            return render(asked)

        lock.__enter__()
        with mock.patch.object(self.press.printing.printer, "render", rendered):
            self.printed()
        self.assertEqual(printed[0], "/")
        self.assertLess(printed.index(path), printed.index(f"/{NOON:%Y/%m}/"))
        self.assertEqual(printed.count(path), 1)
        self.assert_true_to_the_site()

    def test_an_error_that_breaks_the_error_page_too_stops_no_press(self):
        with self.broken("base.html"), self.assertLogs("articles.press", "ERROR"):
            self.publish()
            self.assertEqual(without_feeds(self.printed()), set())
        self.assertIn("TemplateSyntaxError", PrintFailure.objects.get(path="/").error)

    def test_it_is_tried_again_after_a_while_and_forgotten_when_it_works(self):
        with self.broken(), self.assertLogs("articles.press", "ERROR"):
            self.publish()
            self.printed()
        with time_machine.travel(NOON + 10 * SECOND, tick=False):
            self.press = Press(self.shelf)
            self.assertIn("/tag/coast/", self.printed())
        self.assertFalse(PrintFailure.objects.exists())
        self.assert_true_to_the_site()

    def test_waits_longer_each_time_and_an_hour_at_most(self):
        waits = [wait_after(attempt).total_seconds() for attempt in (1, 2, 3, 10, 12, 1000)]
        self.assertEqual(waits, [2, 4, 8, 1024, 3600, 3600])


class LeavingTest(TransactionTestCase):
    """The press runs with its threads, which have connections of their own: in a transaction of the test's they would wait
    for its lock."""

    def setUp(self):
        self.press = Press(FolderShelf(Path(self.enterContext(TemporaryDirectory(prefix="shelf-")))))

    def beside(self):
        names = ("background", "consumer")
        return [thread for thread in threading.enumerate() if thread.name.startswith(names)]

    def assert_no_thread_is_left(self):
        for thread in self.beside():
            thread.join(30)
        self.assertEqual(self.beside(), [])

    def test_an_error_nobody_foresaw_leaves_no_thread_behind(self):
        with (
            mock.patch.object(self.press, "turn", side_effect=ZeroDivisionError),
            self.assertRaises(ZeroDivisionError),
        ):
            self.press.run(threading.Event())
        self.assert_no_thread_is_left()

    def test_a_database_that_lacks_its_tables_is_waited_for(self):
        missing = ProgrammingError('relation "articles_outboxentry" does not exist')
        with (
            mock.patch.object(self.press, "turn", side_effect=[missing, Stopped]) as turn,
            self.assertLogs("articles.press", "ERROR"),
        ):
            self.press.run(threading.Event())
        self.assertEqual(turn.call_count, 2)
        self.assert_no_thread_is_left()


class FaultTest(PrintedNewsroom):
    """What comes due in the very turn that fails comes again."""

    def test_what_time_brings_while_the_disk_is_full_is_printed_afterwards(self):
        article = self.publish(until=NOON + HOUR)
        self.printed()
        with time_machine.travel(NOON + HOUR, tick=False):
            full = OSError(28, "No space left on device")
            with (
                mock.patch.object(type(self.shelf), "_put_together", side_effect=full),
                self.assertRaises(ShelfFull),
            ):
                self.press.turn()
            self.printed()
            self.assertEqual(self.shelf.read(article.get_absolute_url()).status, 410)
            self.assert_true_to_the_site()

    def test_a_shelf_is_taken_up_although_the_database_was_away_at_first(self):
        self.shelf.note("position.json").delete()
        self.shelf.put("/world/", self.shelf.read("/culture/"))
        self.press = Press(self.shelf)
        with (
            mock.patch("articles.press.changes.intake.Position.start", side_effect=DatabaseAway),
            self.assertRaises(DatabaseAway),
        ):
            self.press.turn()
        self.printed()
        self.assert_true_to_the_site()

    def test_pictures_that_cannot_be_written_hold_up_no_page(self):
        full = OSError(28, "No space left on device")
        with (
            mock.patch("articles.press.render.printer.make_ahead", side_effect=full),
            self.assertLogs("articles.press", "ERROR"),
        ):
            article = self.publish(lead_image=factories.image(width=500, height=400))
            self.assertIn(article.get_absolute_url(), self.printed())

    def test_a_wrong_setting_does_not_empty_the_shelf(self):
        with override_settings(ALLOWED_HOSTS=["other.example"]), self.assertLogs("articles.press", "ERROR"):
            self.press.printing.print_all(["/", "/world/"])
        self.assertEqual(self.files(), self.before)
        self.assertIn("400", PrintFailure.objects.get(path="/").error)


class DiskTest(PrintedNewsroom):
    def test_a_full_disk_loses_nothing_that_was_published(self):
        article = self.publish()
        full = OSError(28, "No space left on device")
        with (
            mock.patch.object(type(self.shelf), "_put_together", side_effect=full),
            self.assertRaisesRegex(ShelfFull, "No space left on device"),
        ):
            self.press.turn()
        self.assertIsNone(self.shelf.read(article.get_absolute_url()))
        self.assertIn(article.get_absolute_url(), self.printed())
        self.assert_true_to_the_site()

    def test_the_trouble_is_said_in_the_status(self):
        self.press._complain(ShelfFull("/world/ could not be printed: No space left on device"))
        self.press.status.say(self.press.intake.printed)
        status = PressStatus.objects.get(shelf=self.press.name)
        self.assertIn("No space left", status.last_error)


# On a busy machine a slice of a few pages takes longer than the press otherwise prints between two looks.
WHOLE_SLICES = mock.patch("articles.press.walking.SLICE", 60)


class WholeReprintTest(PrintedNewsroom):
    """How the press comes to walk over everything, and what it does meanwhile."""

    def printed_by(self, press, *, turns=None):
        """The paths that the press prints in so many turns, or until it has nothing more to do."""
        with mock.patch.object(
            press.printing.printer, "print", wraps=press.printing.printer.print
        ) as printed:
            for _ in itertools.count() if turns is None else range(turns):
                if not press.turn():
                    break
        return [unquote(call.args[0]) for call in printed.call_args_list]

    def test_is_in_the_status_until_it_is_done(self):
        self.press.walk.begin()
        self.press.turn()
        status = PressStatus.objects.get(shelf=self.press.name)
        self.assertRegex(status.in_words(timezone.now()), r"runs; reprinting, \d+ of \d+ articles$")
        while self.press.turn():
            pass
        self.press.status._said_at = float("-inf")
        self.press.turn()
        status.refresh_from_db()
        self.assertEqual(status.in_words(timezone.now()), "runs; nothing waits")

    @WHOLE_SLICES
    def test_a_database_that_goes_away_in_the_middle_costs_no_page(self):
        self.press.walk.begin()
        self.press.turn()
        with (
            mock.patch.object(self.press.printing.printer, "print", side_effect=DatabaseAway),
            self.assertRaises(DatabaseAway),
        ):
            self.press.turn()
        self.assertEqual(self.printed_by(self.press), list(self.shelf.walk())[SLICE:])

    @WHOLE_SLICES
    def test_goes_on_where_a_press_was_killed(self):
        self.press.walk.begin()
        for _ in range(2):
            self.press.turn()
        self.assertEqual(self.printed_by(Press(self.shelf)), list(self.shelf.walk())[2 * SLICE :])
        self.assertFalse(Press(self.shelf).walk.is_under_way)

    def test_what_is_published_meanwhile_does_not_wait_for_it(self):
        self.press.walk.begin()
        self.press.turn()
        article = self.publish()
        self.assertTrue(self.press.turn())
        self.assertTrue(self.shelf.read(article.get_absolute_url()))
        self.assertTrue(self.press.walk.is_under_way)

    def test_begins_when_the_site_was_changed_since_it_was_printed(self):
        self.assertFalse(self.press.walk.is_under_way)
        with override_settings(NEWSROOM={**settings.NEWSROOM, "NAME": "The Harbour Post"}):
            self.press = Press(self.shelf)
            self.assertEqual(without_feeds(self.printed()), without_feeds(self.before))
            self.assert_true_to_the_site()

    def test_begins_when_the_shelf_has_pages_and_no_position(self):
        self.shelf.note("position.json").delete()
        self.shelf.put("/world/", self.shelf.read("/culture/"))
        self.press = Press(self.shelf)
        self.printed()
        self.assert_true_to_the_site()

    def test_begins_when_the_database_is_an_older_one_than_it_followed(self):
        far = Position(10**6, NOON)
        self.assertFalse(can_follow(far, NOON))
        far.write(self.shelf.note("position.json"))
        withdraw(self.story(0), by=None)
        self.press = Press(self.shelf)
        self.printed()
        self.assert_true_to_the_site()

    def test_begins_when_the_database_was_restored_and_has_grown_past_it_again(self):
        self.publish(), self.printed()
        number = OutboxEntry.objects.latest("pk").pk
        OutboxEntry.objects.filter(pk=number).delete()
        with time_machine.travel(NOON + SECOND, tick=False):
            OutboxEntry.objects.create(pk=number, change={"kind": "renditions", "id": 1}, due_at=NOON)
        self.shelf.put("/world/", self.shelf.read("/culture/"))
        self.printed()
        self.assert_true_to_the_site()

    def test_begins_when_what_was_lost_had_only_begun_to_be_printed(self):
        article = self.publish()
        with mock.patch("articles.press.press.LOOK_EVERY", 0):
            self.press.turn()
        self.assertTrue(self.shelf.read(article.get_absolute_url()))
        # As after a fail-over to a copy that had not got it yet.
        Article.objects.filter(pk=article.pk).delete()
        OutboxEntry.objects.all().delete()
        self.printed()
        self.assertIsNone(self.shelf.read(article.get_absolute_url()))
        self.assert_true_to_the_site()

    def test_a_press_that_was_killed_notices_it_too(self):
        article = self.publish()
        with mock.patch("articles.press.press.LOOK_EVERY", 0):
            self.press.turn()
        Article.objects.filter(pk=article.pk).delete()
        OutboxEntry.objects.all().delete()
        self.press = Press(self.shelf)
        self.printed()
        self.assertIsNone(self.shelf.read(article.get_absolute_url()))
        self.assert_true_to_the_site()

    def test_a_press_that_is_killed_while_it_begins_anew_notices_it_again(self):
        self.publish(), self.printed()
        OutboxEntry.objects.all().delete()
        self.shelf.put("/world/", self.shelf.read("/culture/"))
        with (
            mock.patch.object(self.press.walk, "begin", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.press.turn()
        self.press.walk.end()
        self.press = Press(self.shelf)
        self.printed()
        self.assert_true_to_the_site()

    def test_a_page_that_takes_long_is_the_last_of_its_turn(self):
        self.press.walk.begin()
        with mock.patch("articles.press.walking.SLICE", 0):
            self.assertEqual(self.printed_by(self.press, turns=3), list(self.shelf.walk())[:3])

    def test_begins_when_it_was_away_for_longer_than_entries_are_kept(self):
        self.assertTrue(can_follow(Position(0, NOON - 80 * DAY), NOON))
        self.assertFalse(can_follow(Position(0, NOON - 91 * DAY), NOON))


class ImprintTest(PrintedNewsroom):
    def test_names_what_shapes_pages(self):
        before = release.current_release()
        self.assertEqual(release.current_release(), before)
        for changed in ({"TIME_ZONE": "Asia/Tokyo"}, {"SECRET_KEY": "other"}, {"MEDIA_URL": "/pictures/"}):
            with override_settings(**changed):
                self.assertNotEqual(release.current_release(), before)

    def test_looks_at_templates_styles_and_views_and_not_at_the_desk(self):
        files = {
            file.relative_to(settings.BASE_DIR).as_posix()
            for file in release.shaping_files(settings.BASE_DIR)
        }
        self.assertLessEqual(
            {"templates/base.html", "static/css/tokens.css", "articles/views/article.py"}, files
        )
        self.assertEqual([file for file in files if "/admin/" in file or "management" in file], [])


class SiteFilesTest(PrintedNewsroom):
    """Files for machines, such as robots.txt: operators change them while nothing runs."""

    def saying(self, **values):
        return self.settings(SITE_FILES={**settings.SITE_FILES, **values})

    def print_those_asked_for(self):
        self.press.printing.print_all(SITE_FILES)
        self.before = self.files()

    def test_are_printed_again_at_a_start_if_they_stand_on_the_shelf(self):
        self.print_those_asked_for()
        self.assertNotIn("/ads.txt", self.before)
        added = self.shelf.root.parent / "added.txt"
        added.write_text("User-agent: GreedyBot\nDisallow: /\n")
        with self.saying(ROBOTS=added, ADS=added):
            self.press = Press(self.shelf)
            self.assertEqual(self.printed(), {"/robots.txt"})
            self.press.printing.printer.print_if_missing("/ads.txt")
            self.assertEqual(self.printed(), {"/robots.txt", "/ads.txt"})
        self.press = Press(self.shelf)
        self.assertEqual(self.printed(), set())

    def test_hold_for_longer_on_a_new_day(self):
        with self.saying(SECURITY_CONTACTS=["mailto:security@example.org"]):
            self.print_those_asked_for()
            with time_machine.travel(NOON + 30 * DAY, tick=False):
                self.assertIn(SECURITY, self.printed())
                self.assertIn(b"Expires: 2027-02-01", self.shelf.read(SECURITY).body)


class OutboxTest(PrintedNewsroom):
    def entry(self, *, written, due):
        entry = OutboxEntry.objects.create(change={"kind": "page", "id": 1}, due_at=due)
        OutboxEntry.objects.filter(pk=entry.pk).update(written_at=written)
        return entry.pk

    def test_is_pruned_of_what_was_followed_long_ago_and_never_of_the_newest(self):
        old = NOON - KEPT - DAY
        self.entry(written=old, due=old)
        kept = [
            self.entry(written=old, due=NOON + DAY),
            self.entry(written=NOON, due=NOON),
        ]
        seen = Position.start()
        self.assertEqual(prune(seen, NOON), 1)
        # A clock that runs half a year ahead makes nothing older than the newest.
        self.assertEqual(prune(seen, NOON + 200 * DAY), 0)
        self.assertEqual(list(OutboxEntry.objects.values_list("pk", flat=True)), kept)

    def test_keeps_the_newest_of_what_is_old_by_which_other_presses_know_it(self):
        """As on the day on which a paper that was quiet for half a year publishes again."""
        old = NOON - KEPT - DAY
        for days in (2, 1, 0):
            last = self.entry(written=old - days * DAY, due=old - days * DAY)
        before = Position.start()
        newest = self.entry(written=NOON, due=NOON)
        self.assertEqual(prune(Position.start(), NOON), 2)
        self.assertEqual(list(OutboxEntry.objects.values_list("pk", flat=True)), [last, newest])
        self.assertTrue(can_follow(before, NOON))

    def test_a_shelf_that_is_no_more_is_forgotten(self):
        PressStatus.objects.create(shelf="old:/srv/shelf", seen_at=NOON - 40 * DAY)
        forget_lost_shelves(NOON)
        self.assertFalse(PressStatus.objects.filter(shelf="old:/srv/shelf").exists())

    def test_that_holds_more_than_a_batch_is_followed_to_its_end(self):
        for _ in range(5):
            self.entry(written=NOON, due=NOON)
        position, handed_out = self.shelf.note("position.json"), []

        def noted(queue, shelf, changes, those_due):
            handed_out.append((len(changes), Position.read(position).last))
            return printing_order.order(queue, shelf, changes, those_due)

        before = Position.read(position).last
        with (
            mock.patch("articles.press.changes.intake.BATCH", 2),
            mock.patch("articles.press.press.order", noted),
        ):
            self.printed()
        # Killed in between, a press begins with the first of them again.
        self.assertEqual(handed_out, [(2, before), (2, before), (1, before)])
        self.assertEqual(Position.read(position).last, OutboxEntry.objects.latest("pk").pk)

    def test_an_entry_that_nobody_can_read_holds_up_no_other(self):
        for change in ({"what": "no kind"}, {"kind": "tag", "id": 1, "addresses": [7]}, {"kind": "tag"}, []):
            OutboxEntry.objects.create(change=change, due_at=NOON)
        article = self.publish()
        with self.assertLogs("articles.press", "ERROR") as said:
            self.assertIn(article.get_absolute_url(), self.printed())
        self.assertEqual(len(said.output), 4)
        self.assert_true_to_the_site()

    def woken_at(self, address):
        """Whether the page stands on the shelf as it is now, each time the other consumers are woken."""
        before, found = self.shelf.read(address), []
        self.press.consumers = mock.Mock(wake=lambda: found.append(self.shelf.read(address) != before))
        with mock.patch("articles.press.press.LOOK_EVERY", 0):
            self.printed()
        return found

    def test_other_consumers_are_woken_once_when_the_month_is_printed(self):
        self.printed()
        self.publish()
        with mock.patch("articles.press.press.CONSUMERS_WAIT", 3600):
            self.assertEqual(self.woken_at("/2026/06/"), [True])

    def test_or_soon_if_there_is_very_much_to_print(self):
        self.printed()
        self.publish()
        with mock.patch("articles.press.press.CONSUMERS_WAIT", 0):
            self.assertEqual(self.woken_at("/2026/06/"), [False])

    def test_what_feeds_say_of_a_story_is_read_once_for_all_of_them(self):
        self.printed()
        self.publish()
        with mock.patch.object(entries, "entry_of", side_effect=entries.entry_of) as read:
            printed = self.printed()
        self.assertLessEqual({"/feed/", "/world/feed/", "/world/harbours/feed/"}, printed)
        numbers = [call.args[0].pk for call in read.call_args_list]
        self.assertCountEqual(numbers, set(numbers))
        self.assert_true_to_the_site()

    def test_and_once_more_after_the_next_change(self):
        article = self.publish()
        self.printed()
        self.republish(article, headline="Newer")
        self.assertIn("/feed/", self.printed())
        self.assert_true_to_the_site()

    def test_an_idle_look_costs_one_query(self):
        self.printed()
        with self.assertNumQueries(1):
            self.press.turn()


class StoresTest(PrintedNewsroom):
    """What is noted for a store in front of the site."""

    def setUp(self):
        super().setUp()
        self.printed()
        self.press.printing.purges = mock.Mock()

    def noted(self):
        return {path for call in self.press.printing.purges.note.call_args_list for path in call.args[0]}

    def test_is_what_has_become_another_page(self):
        self.publish()
        changed = self.printed()
        self.assertEqual(self.noted(), changed)

    def test_is_after_a_fault_also_what_came_out_the_same(self):
        """The press may have been killed between printing and noting."""
        self.publish()
        changed = self.printed()
        self.press.printing.purges.note.reset_mock()
        position = self.shelf.note("position.json")
        said = Position.read(position)
        replace(said, last=0, written=None).write(position)
        purges, self.press = self.press.printing.purges, Press(self.shelf)
        self.press.printing.purges = purges
        self.printed()
        self.assertLessEqual(changed, self.noted())


class RaceTest(PrintedNewsroom):
    """A reader's page that was rendered before a change, and is put on the shelf after the press has looked."""

    def test_a_day_that_is_printed_for_a_reader_meanwhile_is_printed_again(self):
        day = f"/{NOON:%Y/%m/%d}/"
        article = self.publish()
        with noted(self.shelf, day):
            self.printed()
        self.assertIn(article.headline.encode(), self.shelf.read(day).body)


class PicturesTest(PrintedNewsroom):
    def test_are_made_before_the_page_that_names_them_is_put_in_place(self):
        self.publish(lead_image=factories.image(width=500, height=400))
        self.printed()
        self.assert_true_to_the_site()

    def test_that_take_long_hold_up_no_reader_who_asks_for_the_page(self):
        article, asked = self.publish(lead_image=factories.image(width=500, height=400)), []

        def make_slowly(pictures, *, seconds):
            # A lock that were held would let nobody in here; the page is printed for the reader.
            with open(self.shelf.root / "locks" / str(zlib.crc32(path.encode()) % LOCKS)) as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            asked.append(self.press.printing.printer.print_if_missing(path))
            make_ahead(pictures)

        path = article.get_absolute_url()
        with mock.patch("articles.press.render.printer.make_ahead", make_slowly):
            made = self.press.printing.printer.print(path)
        self.assertEqual((asked[0].outcome, asked[0].waits), (Outcome.PRINTED, True))
        self.assertEqual((made.outcome, made.waits), (Outcome.SAME, False))

    def test_are_made_as_soon_as_they_are_in_the_library(self):
        image = factories.image(width=500, height=400)
        self.printed()
        self.press.background.work_off(threading.Event())
        self.publish(lead_image=Image.objects.get(pk=image.pk))
        with mock.patch("articles.press.background.pictures.make_renditions") as made:
            self.printed()
        made.assert_not_called()

    def test_of_a_page_that_nobody_asked_for_are_made_beside_the_press(self):
        article = self.publish(lead_image=factories.image(width=500, height=400))
        path = article.get_absolute_url()
        self.printed()
        for file in Path(settings.MEDIA_ROOT, "renditions").rglob("*.*"):
            file.unlink()
        self.shelf.remove(path)
        self.press.printing.gives_way = True
        self.press.walk.begin(whole=True)
        with mock.patch("articles.press.background.pictures.make_renditions") as made:
            self.printed()
        made.assert_not_called()
        self.assertEqual(self.shelf.status_at(path), 200)
        with mock.patch("articles.press.background.pictures.make_renditions") as made:
            self.press.background.work_off(threading.Event())
        self.assertIn(article.lead_image, [call.args[0] for call in made.call_args_list])

    def test_that_take_too_long_are_made_beside_the_press_once_the_page_is_out(self):
        article = self.publish(lead_image=factories.image(width=500, height=400))
        self.press.printing.gives_way = True
        with (
            mock.patch("articles.press.printing.PICTURES_TAKE", 1e-9),
            mock.patch("articles.press.background.pictures.make_renditions") as made,
        ):
            self.assertIn(article.get_absolute_url(), self.printed())
            made.assert_not_called()
            self.press.background.work_off(threading.Event())
        self.assertIn(article.lead_image, [call.args[0] for call in made.call_args_list])

    def test_that_cannot_be_read_stop_no_page(self):
        image = factories.image(width=500, height=400)
        with image.file.open("wb") as file:
            file.write(b"no picture at all")
        with self.assertLogs("articles.press", "ERROR") as said:
            article = self.publish(lead_image=image)
            self.assertIn(article.get_absolute_url(), self.printed())
        # Said once, and not by each page that shows it.
        self.assertEqual(len(said.output), 1)

    def test_that_are_gone_from_the_disk_stop_no_page(self):
        image = factories.image(width=500, height=400)
        image.file.storage.delete(image.file.name)
        with self.assertLogs("articles.press", "ERROR"):
            article = self.publish(lead_image=image)
            self.assertIn(article.get_absolute_url(), self.printed())

    def test_of_a_page_printed_on_the_way_are_made_afterwards(self):
        image = factories.image(width=500, height=400)
        article = self.publish(lead_image=image)
        self.press.printing.printer.print_if_missing(article.get_absolute_url())
        with self.settings(MEDIA_ROOT=settings.MEDIA_ROOT):
            self.printed()
        self.assert_true_to_the_site()
