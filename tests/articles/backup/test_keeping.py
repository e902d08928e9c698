"""Which backups are kept."""

import datetime

from django.test import SimpleTestCase

from articles.backup.destinations import Folder
from articles.backup.keeping import archive_name, backups_in, kept_by_the_rule, remove_old
from tests.articles.exporters.exported import folder_of

from .test_archive import write_archive

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SITE = "https://news.example.org"


class RuleTest(SimpleTestCase):
    def test_keeps_seven_days_four_weeks_and_twelve_months(self):
        """As it comes about: one is made each day for two years, and the rule applied each day."""
        kept = set()
        for number in range(730):
            kept = kept_by_the_rule(kept | {NOON + number * DAY})
        newest = NOON + 729 * DAY
        days = {(newest - each) // DAY for each in kept}
        self.assertLessEqual({0, 1, 2, 3, 4, 5, 6}, days)
        weeks = {each.isocalendar()[:2] for each in kept}
        self.assertLessEqual({(newest - 7 * number * DAY).isocalendar()[:2] for number in range(4)}, weeks)
        self.assertEqual(len({(each.year, each.month) for each in kept}), 12)
        self.assertLessEqual(len(kept), 7 + 4 + 12)

    def test_of_several_of_one_day_the_newest_stays(self):
        moments = [NOON - datetime.timedelta(hours=hours) for hours in range(4)]
        self.assertEqual(kept_by_the_rule(moments), {NOON})

    def test_nothing_goes_for_its_age_alone(self):
        old = NOON - 2000 * DAY
        self.assertEqual(kept_by_the_rule([old]), {old})
        self.assertEqual(kept_by_the_rule([]), set())


class RemovingTest(SimpleTestCase):
    def setUp(self):
        self.folder = folder_of(self)

    def made(self, days, site=SITE):
        return write_archive(self.folder / archive_name(site, NOON - days * DAY))

    def test_removes_what_the_rule_does_not_keep_and_nothing_else(self):
        old = [self.made(days) for days in range(10)]
        strangers = [self.made(9, site="https://other.example"), self.folder / "notes.txt"]
        strangers[1].write_text("mine")
        removed, broken = remove_old(Folder(self.folder), SITE)
        # The first of November's last seven days, three earlier weeks' newest, and the month.
        self.assertEqual(set(removed), {old[7], old[9]})
        self.assertEqual(broken, [])
        self.assertTrue(all(path.exists() for path in strangers))

    def test_what_is_not_whole_counts_as_no_backup_and_stays(self):
        good = self.made(30)
        for days in range(9):
            path = self.made(days)
            path.write_bytes(path.read_bytes()[:1500])
        removed, broken = remove_old(Folder(self.folder), SITE)
        self.assertEqual(removed, [])
        self.assertEqual(len(broken), 9)
        self.assertTrue(good.exists())

    def test_lists_them_with_the_newest_first(self):
        self.made(3), self.made(1), self.made(2)
        self.assertEqual(
            [(NOON - each.moment) // DAY for each in backups_in(Folder(self.folder), SITE)], [1, 2, 3]
        )
