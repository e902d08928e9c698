import threading
from unittest import mock

from articles.models import Article
from articles.press.everything.walk import SLICE
from articles.press.press import Press
from articles.press.render.printer import Printer
from articles.press.shelf.in_flight import paths_under_way
from articles.publishing.sections import save_section
from articles.publishing.tags import save_tag
from tests import factories
from tests.articles.press.printed_newsroom import DAY, NOON, PrintedNewsroom


class NewShelfTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.shelf.clear()
        self.shelf.note("position.json").delete()
        self.press = Press(self.shelf)

    def test_gets_every_page_with_no_reader(self):
        self.printed()
        self.assert_true_to_the_site()
        self.assertFalse(self.press.walk.is_under_way)

    def test_what_is_published_meanwhile_does_not_wait_for_it(self):
        self.press.turn()
        article = self.publish()
        self.press.turn()
        self.assertTrue(self.shelf.read(article.get_absolute_url()))
        self.assertTrue(self.press.walk.is_under_way)

    def test_another_press_goes_on_with_it(self):
        for _ in range(3):
            self.press.turn()
        self.press = Press(self.shelf)
        self.printed()
        self.assert_true_to_the_site()

    def test_says_how_far_it_has_come(self):
        articles, seen = Article.objects.published().count(), []
        while self.press.turn():
            if words := self.press.walk.in_words():
                seen.append(words)
        said = "printing what the shelf lacks, {} of {} articles".format
        self.assertEqual(seen[0], said(0, articles))
        # The last slice may hold the last articles and the end.
        self.assertIn(seen[-1], [said(number, articles) for number in range(articles - SLICE, articles + 1)])
        self.assertEqual(self.press.walk.in_words(), "")

    def test_a_page_that_somebody_has_asked_for_meanwhile_is_passed_over(self):
        self.press.turn()
        article = self.story(11)
        self.press.printing.printer.print_if_missing(article.get_absolute_url())
        with mock.patch.object(
            self.press.printing.printer, "print", wraps=self.press.printing.printer.print
        ) as printed:
            self.printed()
        addresses = [call.args[0] for call in printed.call_args_list]
        self.assertNotIn(article.get_absolute_url(), addresses)
        self.assertEqual(len(addresses), len(set(addresses)))

    def test_a_nearly_full_disk_is_left_to_the_others(self):
        with (
            mock.patch("articles.press.shelf.files.shortage", return_value="nearly full"),
            self.assertLogs("articles.press", "WARNING") as said,
        ):
            self.printed()
        self.assertIn("is nearly full", said.output[0])
        self.assertLess(len(list(self.shelf.walk())), 20)


class MonthsThatReadersPrintTest(PrintedNewsroom):
    def test_a_month_that_a_reader_asked_for_first_is_linked_to_by_its_neighbours(self):
        article = self.publish(at=NOON - 400 * DAY)
        self.press.printing.printer.print_if_missing(f"/{article.publish_at:%Y/%m}/")
        self.printed()
        self.assert_true_to_the_site()

    def test_so_is_one_that_a_press_had_printed_when_it_was_killed(self):
        article = self.publish(at=NOON - 400 * DAY)
        self.press.printing.printer.print(f"/{article.publish_at:%Y/%m}/")
        self.press = Press(self.shelf)
        self.printed()
        self.assert_true_to_the_site()


class UnderWayTest(PrintedNewsroom):
    """A reader's page that is rendered before a change and stands on the shelf only after it."""

    def printed_with_reader(self, path, change):
        self.shelf.remove(path)
        before = self.press.printing.printer.render(path)
        began, may_go_on = threading.Event(), threading.Event()

        def render_slowly(_path):
            began.set()
            may_go_on.wait(20)
            return before

        printer = Printer(self.shelf)
        printer.render = render_slowly
        reader = threading.Thread(target=printer.print_if_missing, args=[path])
        reader.start()
        began.wait(20)
        change()
        # The press may come to the page only when the reader has it.
        threading.Timer(0.3, may_go_on.set).start()
        self.printed()
        reader.join()
        self.assert_true_to_the_site()

    def test_shows_a_change_of_everything(self):
        self.culture.name = "Arts"
        self.printed_with_reader("/tag/money/", lambda: save_section(self.culture))

    def test_shows_the_new_name_of_what_it_lies_below(self):
        tag = factories.tag("coast")
        tag.name = "shore"
        self.printed_with_reader("/tag/coast/2026/05/", lambda: save_tag(tag))

    def test_shows_a_change_of_its_own(self):
        story = self.story(0)
        self.printed_with_reader(story.get_absolute_url(), lambda: self.republish(story, headline="Other"))

    def test_is_noted_while_it_is_rendered_and_no_longer(self):
        path, seen = "/tag/money/", []
        self.shelf.remove(path)
        render = self.press.printing.printer.render

        def watched(asked):
            seen.append(paths_under_way(self.shelf))
            return render(asked)

        with mock.patch.object(self.press.printing.printer, "render", watched):
            self.press.printing.printer.print_if_missing(path)
        self.assertEqual(seen, [[path]])
        self.assertEqual(paths_under_way(self.shelf), [])
