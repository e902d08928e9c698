"""What stands on the shelf only because somebody has asked for it is kept true, and goes with its article."""

from articles import publishing
from articles.models.addresses import twin_address
from articles.publishing.authors import save_author
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom


class OnDemandTests(PrintedNewsroom):
    def address_of(self, article):
        return twin_address(article.get_absolute_url())

    def setUp(self):
        super().setUp()
        self.asked = self.address_of(self.story(0))
        self.press.printer.print_if_missing(self.asked)
        self.before = self.files()
        self.assertIn(self.asked, self.before)

    def test_a_mended_word_prints_it_and_no_other(self):
        self.republish(self.story(0), body=factories.BODY.replace("eleven", "twelve"))
        self.republish(self.story(1), body=factories.BODY.replace("eleven", "twelve"))
        changed = self.printed()
        self.assertIn(self.asked, changed)
        self.assertIsNone(self.shelf.read(self.address_of(self.story(1))))
        self.assert_true_to_the_site()

    def test_the_names_of_authors_and_tags_are_kept_true(self):
        author = self.mara
        author.name = "Mara Ellis-Ohm"
        save_author(author)
        self.printed()
        self.assert_true_to_the_site()

    def test_it_goes_with_its_article(self):
        publishing.withdraw(self.story(0), by=None)
        self.assertIn(self.asked, self.printed())
        self.assertIsNone(self.shelf.read(self.asked))

    def test_it_comes_back_when_somebody_asks_again(self):
        article = publishing.withdraw(self.story(0), by=None)
        self.printed()
        publishing.publish(article, by=None)
        self.printed()
        self.press.printer.print_if_missing(self.asked)
        self.assertEqual(self.shelf.status_at(self.asked), 200)
        self.assert_true_to_the_site()

    def test_at_a_new_address_the_old_one_goes(self):
        self.republish(self.story(0), slug="another-word")
        self.printed()
        self.assertIsNone(self.shelf.read(self.asked))
        self.assert_true_to_the_site()
