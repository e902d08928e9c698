"""The articles before and after one in a series lead to it, so they are printed with it, and no others."""

import re

import time_machine

from articles import publishing
from articles.models import Tag
from articles.publishing.tags import merge_tags, order_series, save_tag
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


class OrderTest(Exactly):
    """The order by hand: 9, 0, 5. After these come the others by time: 11, 8, 6, 3, 2."""

    def setUp(self):
        super().setUp()
        Tag.objects.filter(name="coast").update(is_series=True)
        self.order(9, 0, 5)
        self.press.printing.print_all(self.story(number).get_absolute_url() for number in range(12))
        self.printed()
        self.before = self.files()

    def order(self, *numbers):
        order_series(Tag.objects.get(name="coast"), [self.story(number).pk for number in numbers])

    def address(self, number):
        return self.story(number).get_absolute_url()

    def assert_order(self, *numbers):
        addresses = [self.address(number) for number in numbers]
        for before, here, after in zip([None, *addresses], addresses, [*addresses[1:], None], strict=False):
            series = self.shelf.read(here).body.decode().partition('class="series"')[2]
            for rel, other in (("prev", before), ("next", after)):
                found = re.findall(f'<a rel="{rel}" href="([^"]*)"', series)
                self.assertEqual(found, [other] if other else [], here)

    def test_readers_are_led_in_this_order(self):
        self.assert_true_to_the_site()
        self.assert_order(9, 0, 5, 11, 8, 6, 3, 2)

    def test_one_that_is_moved(self):
        self.order(9, 5, 0)
        self.assertEqual(self.assert_exact(), {self.address(number) for number in (9, 5, 0, 11)})
        self.assert_order(9, 5, 0, 11, 8, 6, 3, 2)

    def test_by_time_again(self):
        self.order()
        self.assert_exact()
        self.assert_order(11, 9, 8, 6, 5, 3, 2, 0)

    def test_one_that_goes_and_comes_back(self):
        for act in (publishing.withdraw, publishing.publish):
            act(self.story(5), by=None)
            self.assertLessEqual({self.address(0), self.address(11)}, set(self.rendered()))
            self.assert_true_to_the_site()
            self.before = self.files()
        self.assert_order(9, 0, 5, 11, 8, 6, 3, 2)

    def test_a_headline_is_on_both_neighbours(self):
        self.republished(0, headline="Another headline")
        changed = self.assert_exact()
        self.assertLessEqual({self.address(9), self.address(5)}, changed)

    def test_the_last_one_with_a_place_is_beside_the_first_without(self):
        self.republished(11, headline="Another headline")
        self.assertLessEqual({self.address(5), self.address(8)}, self.assert_exact())

    def test_a_new_one_comes_last(self):
        new = self.publish()
        self.assertIn(self.address(2), self.assert_exact())
        self.assertIn(
            f'rel="prev" href="{self.address(2)}"', self.shelf.read(new.get_absolute_url()).body.decode()
        )

    def test_other_tags_before_it_leave_the_place(self):
        self.republished(5, tags=("law", "coast"))
        self.rendered()
        self.assert_order(9, 0, 5, 11, 8, 6, 3, 2)

    def test_tags_that_are_merged_into_it_come_last(self):
        merge_tags([Tag.objects.get(name="law")], into=Tag.objects.get(name="coast"))
        self.printed()
        self.assert_true_to_the_site()
        self.assert_order(9, 0, 5, 11, 8, 6, 3, 2)
