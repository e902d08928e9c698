"""What stands on the shelf only because somebody has asked for it is kept true, and goes with its article."""

from django.conf import settings

from articles import publishing
from articles.models.addresses.paths import embed_address, twin_address
from articles.press.press import Press
from articles.publishing.authors import save_author
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom


class OnDemand:
    def setUp(self):
        super().setUp()
        self.asked = self.address_of(self.story(0))
        self.press.printing.printer.print_if_missing(self.asked)
        self.before = self.files()
        self.assertIn(self.asked, self.before)

    def test_a_mended_text_prints_it_and_no_other(self):
        for number in (0, 1):
            body = factories.BODY.replace("eleven", "twelve")
            self.republish(self.story(number), headline="Another headline", body=body)
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
        self.assertNotEqual(self.shelf.status_at(self.asked), 200)
        self.assert_true_to_the_site()

    def test_it_comes_back_when_somebody_asks_again(self):
        article = publishing.withdraw(self.story(0), by=None)
        self.printed()
        publishing.publish(article, by=None)
        self.printed()
        self.press.printing.printer.print_if_missing(self.asked)
        self.assertEqual(self.shelf.status_at(self.asked), 200)
        self.assert_true_to_the_site()

    def test_all_on_the_shelf_is_printed_again_with_everything_else(self):
        self.press.walk.begin()
        with self.settings(NEWSROOM={**settings.NEWSROOM, "NAME": "The Harbour Post"}):
            self.press = Press(self.shelf)
            self.assertIn(self.asked, self.printed())
            self.assert_true_to_the_site()


class TwinTests(OnDemand, PrintedNewsroom):
    def address_of(self, article):
        return twin_address(article.get_absolute_url())

    def test_at_a_new_address_the_old_one_goes(self):
        self.republish(self.story(0), slug="another-word")
        self.printed()
        self.assertIsNone(self.shelf.read(self.asked))
        self.assert_true_to_the_site()


class EmbedTests(OnDemand, PrintedNewsroom):
    def address_of(self, article):
        return embed_address(article.uid)

    def test_a_value_that_it_does_not_show_leaves_it_alone(self):
        self.republish(self.story(0), search_title="For search engines")
        self.assertNotIn(self.asked, self.printed())

    def test_an_article_that_is_deleted_for_good_takes_it_along(self):
        article = publishing.put_in_bin(self.story(0), by=None)
        self.printed()
        publishing.delete_for_good(article)
        self.printed()
        self.assertIsNone(self.shelf.status_at(self.asked))
