"""The articles before and after one in a series lead to it, so they are printed with it, and no others."""

import time_machine

from articles import publishing
from articles.models import Tag
from articles.publishing.tags import merge_tags, save_tag
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly


class SeriesTest(Exactly):
    """Stories 0, 2, 3, 5, 6, 8, 9 and 11 are of the coast, 0 the newest."""

    def setUp(self):
        super().setUp()
        self.coast = Tag.objects.get(name="coast")
        self.coast.is_series = True
        save_tag(self.coast)
        self.assert_exact()
        self.before = self.files()

    def address(self, number):
        return self.story(number).get_absolute_url()

    def test_shows_on_each_of_its_articles(self):
        body = self.shelf.read(self.address(3)).body.decode()
        self.assertIn(f'<a rel="prev" href="{self.address(5)}">', body)
        self.assertIn(f'<a rel="next" href="{self.address(2)}">', body)
        self.assertNotIn('rel="next"', self.shelf.read(self.address(0)).body.decode())
        self.assertNotIn('class="series"', self.shelf.read(self.address(1)).body.decode())

    def test_a_headline_is_on_both_neighbours(self):
        self.republished(5, headline="Another headline")
        changed = self.assert_exact()
        self.assertLessEqual({self.address(3), self.address(6)}, changed)
        self.assertNotIn(self.address(9), changed)

    def test_a_standfirst_is_on_neither(self):
        self.republished(5, standfirst="Another sentence.")
        changed = self.assert_exact(maybe=["/"])
        self.assertTrue(changed.isdisjoint({self.address(3), self.address(6)}))

    def test_one_that_goes_and_comes_back_is_passed_over(self):
        for act in (publishing.withdraw, publishing.publish):
            act(self.story(5), by=None)
            self.rendered()
            self.assert_true_to_the_site()
            self.assertLessEqual({self.address(3), self.address(6)}, self.changed)
            self.before = self.files()

    def test_a_tag_more_and_a_tag_less(self):
        publishing.add_tag(self.story(4), "coast", by=None)
        self.assertLessEqual({self.address(3), self.address(5)}, self.assert_exact())
        self.before = self.files()
        self.republished(4, tags=("money",))
        self.assertLessEqual({self.address(3), self.address(5)}, self.assert_exact())

    def test_another_tag_is_on_no_neighbour(self):
        publishing.add_tag(self.story(5), "law", by=None)
        self.assertTrue(self.assert_exact().isdisjoint({self.address(3), self.address(6)}))

    def test_one_that_comes_and_goes_with_time_alone(self):
        self.publish(at=NOON + HOUR, until=NOON + 2 * HOUR)
        self.assertEqual(self.assert_exact(), set())
        for hours in (1, 2):
            with time_machine.travel(NOON + hours * HOUR, tick=False):
                self.assertIn(self.address(0), self.assert_exact(maybe=self.shelf.walk()))
                self.before = self.files()

    def test_two_of_the_same_second_lead_to_each_other(self):
        first, second = self.publish(), self.publish()
        self.printed()
        self.assert_true_to_the_site()
        body = self.shelf.read(first.get_absolute_url()).body.decode()
        self.assertIn(f'<a rel="next" href="{second.get_absolute_url()}">', body)

    def test_a_tag_that_is_merged_into_it(self):
        merge_tags([Tag.objects.get(name="money")], into=self.coast)
        self.printed()
        self.assert_true_to_the_site()
        self.assertIn(f'rel="next" href="{self.address(3)}"', self.shelf.read(self.address(4)).body.decode())

    def test_that_is_one_no_longer(self):
        self.coast.is_series = False
        save_tag(self.coast)
        self.assertEqual(self.assert_exact(), {self.address(number) for number in (0, 2, 3, 5, 6, 8, 9, 11)})
