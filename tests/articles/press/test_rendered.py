from unittest import mock

from articles.models import Article
from articles.press.render.printer import Printer
from tests import corpora

from .printed_newsroom import PrintedNewsroom


class RenderedTest(PrintedNewsroom):
    """Whether tests that compare the whole site with its shelf see what is wrong there."""

    def test_what_shows_a_row_that_is_another_now_is_rendered_again(self):
        Article.objects.filter(pk=self.story(3).pk).update(headline="Nobody has told the press")
        with self.assertRaisesMessage(AssertionError, "/world/harbours/"):
            self.assert_true_to_the_site()

    def test_what_shows_none_of_it_is_not(self):
        old = self.story(11)
        Article.objects.filter(pk=old.pk).update(search_title="On its own page alone")
        rendered, real = [], Printer._answer
        noted = mock.patch.object(
            Printer, "_answer", lambda *asked: rendered.append(asked[1]) or real(*asked)
        )
        with noted, self.assertRaisesMessage(AssertionError, old.get_absolute_url()):
            self.assert_true_to_the_site()
        self.assertIn(old.get_absolute_url(), rendered)
        if not corpora.is_full:
            self.assertNotIn("/about/", rendered)
