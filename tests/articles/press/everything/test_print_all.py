"""`press all`: every page of the site, and what else stands on the shelf."""

import datetime
import json
import shutil
from concurrent.futures.process import BrokenProcessPool
from io import StringIO
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import override_settings

from articles.models import Article, OutboxEntry
from articles.outbox.cursor import Position
from articles.press.background.recompress import is_best
from articles.press.everything import print_all
from articles.press.everything.print_all import WholeSite, patiently, print_here, printer_of_this_process
from articles.press.press import Press
from articles.press.render.printer import DatabaseAway, Printer
from articles.press.shelf import release
from articles.press.shelf.interface import PrintedPage, ShelfFull
from articles.views.archive.months import ON_A_PAGE
from tests import factories
from tests.articles.press.printed_newsroom import DAY, NOON, PrintedNewsroom
from tests.articles.publishing.many import copies_of

SECOND = datetime.timedelta(seconds=1)


class PressAllTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        printer_of_this_process.cache_clear()
        self.addCleanup(printer_of_this_process.cache_clear)

    def print_all(self):
        whole = WholeSite(self.shelf)
        for _ in whole.print(print_here):
            pass
        return whole.tally.pages

    def test_comes_to_every_page_that_stands_on_the_shelf(self):
        self.assertEqual(self.print_all(), len(self.before))
        self.assertEqual(self.files(), self.before)

    def test_prints_days_anew_and_takes_away_what_the_site_has_no_more(self):
        day = next(path for path in self.before if path.count("/") == 4 and path.startswith("/20"))
        self.shelf.put(day, PrintedPage(200, "text/html", b"of yesterday"))
        self.shelf.put("/world/old-news/", PrintedPage(200, "text/html", b"of another site"))
        self.shelf.put("/2019/01/01/küste/", PrintedPage(410, "text/html", b"of another site"))
        Article.objects.filter(pk=self.story(0).pk).delete()
        OutboxEntry.objects.all().delete()
        self.print_all()
        self.assert_true_to_the_site()

    def test_prints_the_days_that_an_overfull_month_leads_to(self):
        at = NOON - 200 * DAY
        busy = factories.published_article(at=at + ON_A_PAGE * SECOND, headline="Busy", section=self.world)
        copies_of(busy, ON_A_PAGE, apart=SECOND)
        self.shelf.clear()
        pages = self.print_all()
        self.assertEqual(pages, len(list(self.shelf.walk())))
        self.assertEqual(self.shelf.read(f"/{at:%Y/%m/%d}/").status, 200)
        self.assertEqual(self.shelf.read(f"/world/{at:%Y/%m/%d}/").status, 200)
        self.assertIsNone(self.shelf.read(f"/{self.story(0).publish_at:%Y/%m/%d}/"))

    def test_leaves_nothing_for_the_press_that_comes_after_it_but_what_is_new(self):
        shutil.rmtree(self.shelf.root)
        self.shelf.root.mkdir()
        whole = WholeSite(self.shelf)
        for _ in whole.print(print_here):
            pass
        article = self.publish()
        whole.complete(best=False)
        self.press = Press(self.shelf)
        with mock.patch.object(self.press.walk, "begin") as walk_begins:
            self.press.turn()
            self.printed()
        walk_begins.assert_not_called()
        self.assertEqual(self.shelf.read(article.get_absolute_url()).status, 200)
        self.assert_true_to_the_site()

    def test_does_not_put_back_how_far_a_press_has_come(self):
        before = Position(7, NOON - DAY)
        before.write(self.press.intake.note)
        release.note_release(self.shelf, "of code that still runs")
        WholeSite(self.shelf).complete(best=False)
        self.assertEqual(Position.read(self.press.intake.note), before)
        self.assertFalse(release.is_of_this_release(self.shelf))

    def test_says_what_to_do_when_it_does_not_come_back(self):
        with (
            mock.patch("articles.press.everything.print_all.PATIENCE", 0),
            mock.patch.object(Printer, "print", side_effect=DatabaseAway("no answer")),
            pytest.raises(CommandError, match="no answer.*give the same command again"),
        ):
            call_command("press", "all", "--jobs", "1")

    def test_says_that_the_disk_is_full(self):
        with (
            mock.patch.object(
                Printer, "print", side_effect=ShelfFull("/ could not be printed: No space left")
            ),
            pytest.raises(CommandError, match="No space left.*Make room"),
        ):
            call_command("press", "all", "--jobs", "1")

    def test_says_that_a_process_of_its_own_was_ended(self):
        with (
            mock.patch.object(Printer, "print", side_effect=BrokenProcessPool),
            pytest.raises(CommandError, match="was ended from outside.*give the same command again"),
        ):
            call_command("press", "all", "--jobs", "1")

    def killed(self):
        """One that prints in small chunks and is killed after the first. Answers how far it has come."""
        with mock.patch.object(print_all, "CHUNK", 2):
            return next(WholeSite(self.shelf).print(print_here))

    def test_goes_on_where_it_was_killed_twenty_times(self):
        pages = list(self.shelf.walk())
        reached = [self.killed().reached for _ in range(20)]
        self.assertEqual(reached, pages[1:40:2])
        self.assertEqual(self.print_all(), len(pages) - 40)

    def test_printed_in_parts_it_leaves_to_the_press_what_was_written_since_the_first(self):
        shutil.rmtree(self.shelf.root)
        self.shelf.make()
        self.killed()
        article = self.publish()
        self.republish(self.story(0), headline="Another headline")
        whole = WholeSite(self.shelf)
        for _ in whole.print(print_here):
            pass
        whole.complete(best=False)
        self.press = Press(self.shelf)
        self.printed()
        self.assertEqual(self.shelf.read(article.get_absolute_url()).status, 200)
        self.assert_true_to_the_site()

    def test_begins_anew_where_the_site_prints_otherwise_by_now(self):
        self.killed()
        with override_settings(NEWSROOM={**settings.NEWSROOM, "NAME": "The Harbour Post"}):
            printer_of_this_process.cache_clear()
            self.assertEqual(self.print_all(), len(self.before))
            self.assert_true_to_the_site()

    def test_has_what_it_printed_compressed_better_by_the_press_and_at_once_if_asked_for(self):
        call_command("press", "all", "--jobs", "1", stdout=StringIO())
        self.assertEqual(self.shelf.note("recompress").read(), "")
        call_command("press", "all", "--jobs", "1", "--best", stdout=StringIO())
        self.assertIsNone(self.shelf.note("recompress").read())
        rough = [path for path in self.shelf.walk() if not is_best(self.shelf.stored(path, "br").body)]
        # The sitemap of the news is empty here, and so short that it cannot be compressed better.
        self.assertEqual(rough, ["/sitemap-news.xml"])

    def test_ends_what_a_press_had_still_to_fill_and_not_what_it_had_to_print_anew(self):
        for fills in (True, False):
            self.press.walk.note.write(json.dumps({"fills": fills}))
            WholeSite(self.shelf).complete(best=False)
            self.assertEqual(self.press.walk.is_under_way, not fills)


class TestPatiently:
    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch):
        self.paused = []
        monkeypatch.setattr(print_all, "gave_up", False)
        monkeypatch.setattr(print_all.time, "sleep", self.paused.append)
        monkeypatch.setattr(print_all, "close_old_connections", lambda: None)

    def test_waits_for_a_database_that_is_away_for_a_moment(self):
        ask = mock.Mock(side_effect=[OperationalError("starting up"), DatabaseAway("nearly"), "rows"])
        assert patiently(ask, "what") == "rows"

    def test_waits_longer_each_time(self):
        patiently(mock.Mock(side_effect=[OperationalError("no answer")] * 7 + ["rows"]))
        assert self.paused == [0.5, 1, 2, 4, 8, 8, 8]

    def test_ends_when_it_does_not_come_back(self, monkeypatch):
        monkeypatch.setattr(print_all, "PATIENCE", 0)
        with pytest.raises(DatabaseAway, match="no answer"):
            patiently(mock.Mock(side_effect=OperationalError("no answer")))
        assert self.paused == []

    def test_does_not_wait_again_before_it_has_come_back(self, monkeypatch):
        away = mock.Mock(side_effect=OperationalError("no answer"))
        monkeypatch.setattr(print_all, "gave_up", True)
        with pytest.raises(DatabaseAway):
            patiently(away)
        assert self.paused == []
        assert patiently(mock.Mock(return_value="rows")) == "rows"
        patiently(mock.Mock(side_effect=[OperationalError("no answer"), "rows"]))
        assert self.paused == [0.5]
