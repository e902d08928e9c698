"""Scheduled changes to what readers have: printed at their second, by whichever press comes first."""

import shutil
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import publishing
from articles.management.commands.press import TROUBLE
from articles.models import Article, Image, OutboxEntry, PressStatus
from articles.press.press import Press
from articles.press.shelf.files import FolderShelf
from articles.publishing.pictures import change_image
from tests import factories

from .printed_newsroom import DAY, HOUR, NOON, PrintedNewsroom


class GoLiveTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.article = self.story(0)
        self.address = self.article.get_absolute_url()

    def schedule(self, *, at=NOON + HOUR, **changes):
        content = publishing.Content.newest(self.article)
        written = publishing.Content(**{**vars(content), "headline": "As scheduled", **changes})
        return publishing.schedule(self.article, written, by=None, at=at)

    def standing(self):
        return Article.objects.get(pk=self.article.pk).headline

    def test_scheduling_prints_nothing(self):
        self.schedule()
        self.assertEqual(self.printed(), set())

    def test_at_their_second_every_page_that_shows_them_follows_and_not_before(self):
        self.schedule(section_id=self.culture.pk, tags=("law",))
        with time_machine.travel(NOON + HOUR - HOUR / 3600, tick=False):
            self.assertEqual(self.printed(), set())
        with time_machine.travel(NOON + HOUR, tick=False):
            changed = self.printed()
            self.assertLessEqual({self.address, "/", "/culture/", "/tag/law/", "/tag/coast/"}, changed)
            self.assertIn(b"As scheduled", self.shelf.read(self.address).body)
            self.assert_true_to_the_site()

    def test_they_are_printed_in_the_turn_in_which_they_are_published(self):
        self.schedule()
        self.press.turn()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.press.turn()
            self.assertIn(b"As scheduled", self.shelf.read(self.address).body)

    def test_two_presses_publish_them_once_and_both_print_them(self):
        self.schedule()
        folder = Path(self.enterContext(TemporaryDirectory(prefix="shelf-")))
        shutil.copytree(self.shelf.root, folder / "shelf")
        other = Press(FolderShelf(folder / "shelf"))
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            while other.turn():
                pass
            self.assertEqual(self.article.acts.filter(verb="publish").count(), 2)
            self.assertEqual(other.shelf.read(self.address), self.shelf.read(self.address))

    def test_a_clock_that_is_set_back_before_they_are_due_publishes_nothing(self):
        self.schedule()
        with time_machine.travel(NOON + HOUR / 2, tick=False):
            self.printed()
        with time_machine.travel(NOON - DAY, tick=False):
            self.printed()
            self.assertNotEqual(self.standing(), "As scheduled")
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assertEqual(self.standing(), "As scheduled")
            self.assert_true_to_the_site()

    def test_a_press_that_comes_late_publishes_them_at_once(self):
        self.schedule()
        self.printed()
        with time_machine.travel(NOON + 5 * DAY, tick=False):
            self.press = Press(self.shelf)
            self.assertIn(self.address, self.printed())
            self.assert_true_to_the_site()

    def test_a_press_on_a_new_shelf_does_too(self):
        """It begins at the end of the outbox, where nobody tells it of what came due before."""
        self.schedule()
        with time_machine.travel(NOON + DAY, tick=False):
            OutboxEntry.objects.all().delete()
            folder = Path(self.enterContext(TemporaryDirectory(prefix="shelf-")))
            Press(FolderShelf(folder / "shelf")).turn()
            self.assertEqual(self.standing(), "As scheduled")

    def test_a_withdrawn_article_is_a_410_until_they_come(self):
        publishing.withdraw(self.article, by=None)
        self.schedule()
        self.printed()
        self.assertEqual(self.shelf.read(self.address).status, 410)
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assertEqual(self.shelf.read(self.address).status, 200)
            self.assert_true_to_the_site()

    def test_their_end_comes_at_its_second(self):
        content = publishing.Content.newest(self.article)
        publishing.publish(self.article, content, by=None, at=NOON + HOUR, until=NOON + 2 * HOUR)
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assertEqual(self.shelf.read(self.address).status, 200)
        with time_machine.travel(NOON + 2 * HOUR, tick=False):
            self.printed()
            self.assertEqual(self.shelf.read(self.address).status, 410)
            self.assert_true_to_the_site()

    def test_refused_the_old_page_stands_and_the_press_goes_on(self):
        image = factories.image(width=500, height=400)
        self.schedule(lead_image_id=image.pk)
        change_image(Image.objects.get(pk=image.pk), alt="")
        self.printed()
        before = self.shelf.read(self.address)
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assertEqual(self.shelf.read(self.address), before)
            article = self.publish()
            self.assertIn(article.get_absolute_url(), self.printed())
            self.assertEqual(self.article.acts.filter(verb="hold").count(), 1)


class StatusTest(PrintedNewsroom):
    def said(self, *, ends_with=None):
        """What `press status` prints, and the code that it ends with; its press has just been seen."""
        PressStatus.objects.update(seen_at=timezone.now())
        out = StringIO()
        try:
            call_command("press", "status", stdout=out)
        except CommandError as ended:
            self.assertEqual((ended.returncode, str(ended)), ends_with)
        else:
            self.assertIsNone(ends_with)
        return out.getvalue()

    def test_names_what_is_overdue_and_is_in_trouble_when_it_stays_so(self):
        publishing.schedule(self.story(0), by=None, at=NOON + HOUR)
        self.assertNotIn("the changes to", self.said())
        with time_machine.travel(NOON + HOUR, tick=False):
            said = self.said()
        self.assertIn("overdue: the changes to “Story 0” scheduled for 10 June 14:00:00; a press", said)
        with time_machine.travel(NOON + 2 * HOUR, tick=False):
            self.said(ends_with=(TROUBLE, "Scheduled changes did not go out."))

    def test_names_what_was_not_published_and_why(self):
        publishing.schedule(self.story(1), by=None, at=NOON + HOUR)
        Article.objects.filter(pk=self.story(1).pk).update(scheduled_problem="Choose a section.")
        with time_machine.travel(NOON + HOUR, tick=False):
            said = self.said(ends_with=(TROUBLE, "Scheduled changes did not go out."))
        self.assertIn(
            "not published: the changes to “Story 1” scheduled for 10 June 14:00:00: Choose a", said
        )
