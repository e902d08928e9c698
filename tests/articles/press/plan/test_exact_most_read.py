"""The list of the most read is printed when it is made, on the front and on its page and nowhere else."""

from articles import publishing
from articles.models import MostRead
from articles.publishing.counting.reads import ON_FRONT, make_most_read, write_reads
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly


class MostReadTest(Exactly):
    """Story 11 is the most read, then 10, 9 and so on, six of them."""

    def setUp(self):
        super().setUp()
        self.opened({11 - place: 20 - place for place in range(6)})
        self.made = self.assert_exact()
        self.before = self.files()

    def opened(self, numbers, at=NOON):
        write_reads({self.story(number).get_absolute_url(): times for number, times in numbers.items()}, at)
        make_most_read(at)

    def test_no_article_is_printed_for_it(self):
        self.assertEqual(self.made, {"/", "/most-read/"})

    def test_places_that_the_front_does_not_show(self):
        self.opened({11 - ON_FRONT - 1: 2}, at=NOON + HOUR)
        self.assertEqual(self.assert_exact(), {"/most-read/"})

    def test_a_headline(self):
        self.republished(11, headline="Another headline")
        self.assertLessEqual({"/", "/most-read/"}, self.assert_exact())

    def test_a_headline_of_one_that_is_not_among_them(self):
        self.republished(1, headline="Another headline")
        self.assertNotIn("/most-read/", self.assert_exact())

    def test_a_standfirst_is_on_neither(self):
        self.republished(11, standfirst="Another sentence.")
        self.assertTrue(self.assert_exact(maybe=["/"]).isdisjoint({"/most-read/"}))

    def test_one_that_goes_and_comes_back(self):
        for act in (publishing.withdraw, publishing.publish):
            act(self.story(8), by=None)
            self.assertIn("/most-read/", self.rendered())
            self.assert_true_to_the_site()
            self.before = self.files()
        self.assertEqual(MostRead.objects.count(), 6)
