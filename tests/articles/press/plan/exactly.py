"""What the press prints of a change, compared with what is another page by it."""

import dataclasses
from unittest import mock

from articles import publishing
from articles.press.render.printer import Outcome
from articles.publishing import Content
from tests.articles.press.printed_newsroom import ASIDE, PrintedNewsroom, without_feeds


def without_lists_of_addresses(found):
    return {path: made for path, made in found.items() if not ASIDE.match(path)}


class Exactly(PrintedNewsroom):
    """Story 0 leads the front, story 3 is beside it and before it in their section."""

    def republished(self, number, *, at=None, until=None, **changes):
        article = self.story(number)
        content = dataclasses.replace(Content.newest(article), **changes)
        return publishing.publish(article, content, by=None, at=at, until=until)

    def rendered(self):
        """What the press printed until it had nothing to do: path → what came of it."""
        found, real = {}, self.press.printing.printer.print

        def noted(uri, **more):
            made = real(uri, **more)
            found[made.path] = made.outcome
            return made

        with mock.patch.object(self.press.printing.printer, "print", noted):
            self.changed = self.printed()
        return found

    def assert_exact(self, *, maybe=()):
        """Every page of the site is on the shelf as it is now, and what was printed for that is another page.
        `maybe` may come out as they were, and so may sitemaps and the lists of months and days, which cost little. Answers the pages that
        have changed, without these and feeds, and keeps the feeds in `self.feeds`."""
        found = self.rendered()
        self.assert_true_to_the_site()
        found = without_lists_of_addresses(found)
        self.changed = set(without_lists_of_addresses(dict.fromkeys(self.changed)))
        for_nothing = {path for path, made in found.items() if made in (Outcome.SAME, Outcome.NOTHING)}
        self.assertEqual(for_nothing - set(maybe), set())
        self.assertEqual(set(found) - for_nothing, self.changed)
        pages = without_feeds(self.changed)
        self.feeds = self.changed - pages
        return pages
