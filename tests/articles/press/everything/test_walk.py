"""The walk over everything: its order, its depth, and that it goes on wherever it was cut off."""

import datetime
import itertools
import json
from unittest import mock
from urllib.parse import unquote

from django.conf import settings
from django.test import SimpleTestCase

from articles.models import Article
from articles.press.everything import walk as walk_module
from articles.press.everything.addresses import PORTION, every_address, is_article
from articles.press.everything.walk import Progress, Walk
from articles.press.press import Press
from articles.press.shelf.interface import PrintedPage
from articles.publishing import withdraw
from tests import factories
from tests.articles.press.printed_newsroom import DAY, NOON, PrintedNewsroom
from tests.asked import asked


def walked(walk, *, until=None):
    """The paths that it still comes to, or so many of them, each of them done."""
    found = []
    for step in walk.steps():
        walk.done(step)
        if step.address is not None:
            found.append(unquote(step.address))
        if len(found) == until:
            break
    return found


class WalkTest(PrintedNewsroom):
    """In which order it comes to what, and where it goes on."""

    def test_comes_first_to_what_is_on_the_shelf_lists_and_then_the_newest_articles(self):
        walk = Walk(self.shelf)
        walk.begin()
        found = walked(walk)
        self.assertEqual(found, list(self.shelf.walk()))
        self.assertEqual(found[0], "/")
        articles = [path for path in found if is_article(path)]
        self.assertEqual(articles, sorted(articles, reverse=True))
        first = found.index(articles[0])
        self.assertTrue(all(path[:3] == "/20" for path in found[first:]))
        self.assertFalse(walk.is_under_way)

    def test_comes_then_to_what_the_shelf_lacks_the_newest_articles_first(self):
        self.shelf.clear()
        walk = Walk(self.shelf)
        walk.begin()
        self.assertEqual(walked(walk), [unquote(address) for address in every_address()])

    def test_prints_no_page_twice_and_takes_away_what_the_site_has_no_more(self):
        for number in (0, 5):
            self.shelf.remove(self.story(number).get_absolute_url())
        self.shelf.put("/world/old-news/", PrintedPage(200, "text/html", b"of another site"))
        withdraw(self.story(7), by=None)
        walk, printed = Walk(self.shelf), []
        walk.begin()
        for step in walk.steps():
            if step.address is not None:
                printed.append(step.address)
                self.press.printing.printer.print(step.address)
            walk.done(step)
        self.assertEqual(len(printed), len(set(printed)))
        self.printed()
        self.assert_true_to_the_site()

    def test_of_an_older_database_goes_over_old_pages_too(self):
        """The setting keeps the press out of the deep archive, but not where nobody knows what has changed."""
        self.shelf.put("/2001/05/04/gone/", PrintedPage(200, "text/html", b"of another database"))
        walk = Walk(self.shelf, years=1)
        walk.begin()
        self.assertNotIn("/2001/05/04/gone/", walked(walk))
        walk.begin()
        walked(walk, until=3)
        walk.begin(whole=True)
        again = Walk(self.shelf, years=1)
        self.assertIn("/2001/05/04/gone/", walked(again))
        self.assertFalse(again.is_under_way)

    def assert_resumed(self, before):
        """Killed twenty times, each time after some more steps, it prints what one does that is never killed."""
        first = Walk(self.shelf)
        first.begin()
        whole = list(before)
        sizes, found = itertools.cycle([1, 3, 2, 7]), []
        for _ in range(20):
            found += walked(Walk(self.shelf), until=next(sizes))
        self.assertLess(len(found), len(whole))
        found += walked(Walk(self.shelf))
        self.assertEqual(found, whole)
        self.assertFalse(Walk(self.shelf).is_under_way)

    def test_is_killed_twenty_times_and_comes_to_each_page_once(self):
        self.assertGreater(len(list(self.shelf.walk())), 70)
        self.assert_resumed(self.shelf.walk())

    def test_is_killed_twenty_times_with_its_press_and_fills_the_shelf(self):
        self.shelf.clear()
        self.shelf.note("position.json").delete()
        for _ in range(20):
            press = Press(self.shelf)
            with mock.patch.object(walk_module, "SLICE", 1):
                press.turn()
            self.assertTrue(press.walk.is_under_way)
        self.press = Press(self.shelf)
        self.printed()
        self.assertFalse(self.press.walk.is_under_way)
        self.assert_true_to_the_site()

    def test_looks_at_nothing_again_that_was_done(self):
        self.shelf.clear()
        every = [unquote(address) for address in every_address()]
        for done in (3, len(every) - 5):
            Walk(self.shelf).begin()
            walked(Walk(self.shelf), until=done)
            self.assertEqual(walked(Walk(self.shelf)), every[done:])

    def test_begins_again_with_lists_when_the_one_that_was_done_last_has_gone(self):
        self.shelf.clear()
        Walk(self.shelf).begin()
        reached = walked(Walk(self.shelf), until=30)[-1]
        self.assertFalse(is_article(reached))
        every = [unquote(address) for address in every_address()]
        with mock.patch.object(
            walk_module.Walk, "progress", return_value=Progress(fills=True, reached="/no/")
        ):
            steps = list(Walk(self.shelf).steps())
        self.assertEqual([unquote(step.address) for step in steps if step.address], every)

    def test_begun_again_it_goes_round_once_more_to_where_it_was(self):
        paths, walk = list(self.shelf.walk()), Walk(self.shelf)
        walk.begin()
        self.assertEqual(walked(walk, until=40), paths[:40])
        walk.begin()
        self.assertEqual(walked(walk), [*paths[40:], *paths[:40]])

    def test_changes_that_come_faster_than_it_prints_do_not_keep_it_at_the_first_pages(self):
        paths, walk, seen = list(self.shelf.walk()), Walk(self.shelf), []
        while len(seen) < len(paths):
            walk.begin()
            seen += walked(walk, until=20)
        self.assertEqual(seen[: len(paths)], paths)

    def test_begun_again_in_its_second_round_it_still_comes_to_every_page(self):
        paths, walk = list(self.shelf.walk()), Walk(self.shelf)
        walk.begin()
        walked(walk, until=40)
        walk.begin()
        walked(walk, until=len(paths) - 40 + 20)
        walk.begin()
        self.assertEqual(sorted(walked(Walk(self.shelf))), sorted(paths))

    def test_begun_again_while_it_fills_it_walks_the_shelf_first(self):
        missing = self.story(3).get_absolute_url()
        self.shelf.remove(missing)
        paths, walk = list(self.shelf.walk()), Walk(self.shelf)
        walk.begin()
        walked(walk, until=len(paths))
        step = next(walk.steps())
        self.assertTrue(step.progress.fills)
        walk.done(step)
        walk.begin()
        self.assertEqual(walked(walk), [*paths, missing])

    def test_a_note_that_a_power_cut_has_damaged_means_from_the_start(self):
        walk = Walk(self.shelf)
        walk.begin()
        walked(walk, until=10)
        for text in ("", "{", '{"no such": 1}'):
            walk.note.write(text)
            self.assertEqual(len(walked(Walk(self.shelf))), len(list(self.shelf.walk())))

    def test_says_how_far_it_is_in_articles_and_anew_for_what_the_shelf_lacks(self):
        articles, walk = Article.objects.published().count(), Walk(self.shelf)
        walk.begin()
        self.assertEqual(walk.progress().in_words(), f"reprinting, 0 of {articles} articles")
        paths = walked(walk, until=len(list(self.shelf.walk())) - 1)
        done = sum(map(is_article, paths))
        self.assertGreater(done, 3)
        self.assertEqual(walk.progress().in_words(), f"reprinting, {done} of {articles} articles")
        # Begun again, it has all of them still to do.
        walk.begin()
        self.assertEqual(walk.progress().in_words(), f"reprinting, {done} of {done + articles} articles")
        walked(walk)
        walk.begin()
        for step in walk.steps():
            if step.progress and step.progress.fills:
                break
        self.assertEqual(step.progress.in_words(), f"printing what the shelf lacks, 0 of {articles} articles")

    def test_asks_for_a_portion_of_addresses_when_its_turn_has_come(self):
        self.shelf.clear()
        for number in range(7):
            factories.published_article(at=NOON - DAY * number, headline=f"More {number}", section=self.world)
        asked_for = []

        def ask(rows):
            asked_for.append(list(rows))
            return asked_for[-1]

        with mock.patch("articles.press.everything.addresses.PORTION", 5):
            walk = Walk(self.shelf, ask=ask)
            walk.begin()
            for step in walk.steps():
                walk.done(step)
                if step.address and is_article(step.address):
                    break
            self.assertEqual(len(asked_for[-1]), 5)
            before = len(asked_for)
            for _ in range(5):
                next(walk.steps())
            self.assertEqual(len(asked_for), before + 1)
        self.assertTrue(all(len(rows) <= PORTION for rows in asked_for))

    def test_notes_a_few_bytes_however_far_it_is(self):
        walk = Walk(self.shelf)
        walk.begin()
        for step in walk.steps():
            walk.done(step)
            if step.progress is not None:
                self.assertLess(len(walk.note.read()), 400)
                self.assertEqual(set(json.loads(walk.note.read())), set(vars(step.progress)))

    def test_has_slices_of_a_few_steps_also_when_there_is_nothing_to_print(self):
        walk = Walk(self.shelf)
        walk.begin()
        self.assertEqual(len(list(walk.slice())), walk_module.SLICE)
        walked(walk, until=len(list(self.shelf.walk())) - walk_module.SLICE)
        with asked() as queries:
            self.assertEqual(len(list(walk.slice())), walk_module.LOOKED_AT)
        self.assertLess(len(queries), 20)


class DepthTest(PrintedNewsroom):
    """NOON is on 10 June 2026; two years of whole months begin on 1 June 2024."""

    def setUp(self):
        super().setUp()
        for at in ("2024-06-01", "2024-05-31", "2019-03-04"):
            moment = datetime.datetime.fromisoformat(f"{at}T12:00:00+00:00")
            self.publish(at=moment, headline=f"Of {at}")
        self.printed()
        self.old = {path for path in self.shelf.walk() if "/2024/05/" in path or "/2019/" in path}
        self.assertGreater(len(self.old), 8)

    def test_leaves_out_older_pages_of_the_shelf(self):
        every, walk = set(self.shelf.walk()), Walk(self.shelf, years=2)
        walk.begin()
        self.assertEqual(every - set(walked(walk)), self.old)
        self.assertEqual(walk.progress().total, 0)

    def test_prints_no_older_page_that_the_shelf_lacks(self):
        self.shelf.clear()
        walk = Walk(self.shelf, years=2)
        walk.begin()
        every = {unquote(address) for address in every_address()}
        self.assertEqual(every - set(walked(walk)), {path for path in self.old if path in every})

    def test_counts_the_articles_to_which_it_comes(self):
        walk = Walk(self.shelf, years=2)
        walk.begin()
        self.assertEqual(walk.progress().total, Article.objects.published().count() - 2)

    def test_is_that_of_the_setting_for_the_press(self):
        with self.settings(PRESS=self.with_years(2)):
            self.assertEqual(Press(self.shelf).walk.years, 2)
        self.assertEqual(self.press.walk.years, 0)

    def test_an_older_page_is_printed_when_it_changes(self):
        old = Article.objects.get(headline="Of 2019-03-04")
        with self.settings(PRESS=self.with_years(2)):
            self.press = Press(self.shelf)
            self.printed()
            self.republish(old, headline="Another headline")
            self.printed()
        self.assertIn(b"Another headline", self.shelf.read(old.get_absolute_url()).body)

    def with_years(self, years):
        return {**settings.PRESS, "WALK_YEARS": years}


class AgeTest(SimpleTestCase):
    def test_is_known_by_the_year_and_month_of_lists_articles_and_what_is_above_them(self):
        walk = Walk(mock.Mock(), years=1)
        with mock.patch.object(walk, "_oldest", return_value=datetime.date(2025, 6, 1)):
            for path in (
                "/2024/",
                "/2025/05/",
                "/2025/05/31/story/",
                "/world/2024/",
                "/world/coast/2025/05/",
            ):
                self.assertTrue(walk._is_too_old(path), path)
            for path in ("/tag/x/2024/11/", "/tag/2019/2024/", "/author/mara-ellis/2025/05/12/older/2/"):
                self.assertTrue(walk._is_too_old(path), path)
            for path in (
                "/",
                "/2025/",
                "/2025/06/",
                "/2025/06/01/2019/",
                "/world/",
                "/world/2025/",
                "/tag/2019/",
            ):
                self.assertFalse(walk._is_too_old(path), path)
            for path in ("/author/2019/2025/06/", "/feed/", "/robots.txt", "/world/coast/2025/06/"):
                self.assertFalse(walk._is_too_old(path), path)
