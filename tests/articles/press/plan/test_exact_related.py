"""The pages that show an article under “Related” are printed with what they show of it, and no others."""

from articles import publishing
from articles.models import Article, OutboxEntry, Related
from articles.outbox.consumers import CONSUMERS, Follower
from articles.related.candidates import RARITY
from tests import factories

from .exactly import Exactly


class RelatedTest(Exactly):
    """Story 1 shows 4, 7 and 10 and has 2, 0 and 8 behind them; story 5 shows 4 in the third place."""

    def setUp(self):
        super().setUp()
        self.related(1, [4, 7, 10, 2, 0, 8])
        self.related(5, [11, 8, 4])
        self.assert_exact()
        self.before = self.files()

    def related(self, number, others):
        """As the consumer writes it, and with the entry that it writes."""
        rows = [
            Related(article=self.story(number), other=self.story(other), likeness=10.0 - place)
            for place, other in enumerate(others)
        ]
        Related.objects.bulk_create(rows)
        change = {"kind": "related", "id": 0, "printed": [self.address(number)]}
        OutboxEntry.objects.create(change=change, due_at=self.press.intake.seen.clock)

    def address(self, number):
        return self.story(number).get_absolute_url()

    def body(self, number):
        return self.shelf.read(self.address(number)).body.decode()

    def test_shows_instead_of_more_from_the_section(self):
        self.assertIn(">Related</h2>", self.body(1))
        self.assertIn(f'href="{self.address(10)}"', self.body(1))
        self.assertNotIn(f'href="{self.address(8)}"', self.body(1))
        self.assertIn("More from ", self.body(2))

    def test_a_headline_is_on_the_pages_that_show_it(self):
        self.republished(4, headline="Another headline")
        self.assertLessEqual({self.address(1), self.address(5)}, self.assert_exact())

    def test_a_headline_of_one_behind_them_is_not(self):
        self.republished(8, headline="Another headline")
        changed = self.assert_exact()
        self.assertIn(self.address(5), changed)
        self.assertNotIn(self.address(1), changed)

    def test_a_standfirst_is_on_none(self):
        self.republished(4, standfirst="Another sentence.")
        self.assertTrue(self.assert_exact().isdisjoint({self.address(1), self.address(5)}))

    def test_a_picture_is_on_those_that_show_it_first(self):
        self.republished(4, lead_image_id=factories.image(width=600, height=400, seed=1).pk)
        changed = self.assert_exact()
        self.assertIn(self.address(1), changed)
        self.assertNotIn(self.address(5), changed)

    def test_one_that_goes_is_followed_by_the_next_and_comes_back(self):
        for act, shown in ((publishing.withdraw, self.assertIn), (publishing.publish, self.assertNotIn)):
            act(self.story(4), by=None)
            self.assertLessEqual({self.address(1), self.address(5)}, self.assert_exact())
            shown(f'href="{self.address(2)}"', self.body(1))
            self.before = self.files()

    def test_the_last_one_that_goes_leaves_more_from_the_section(self):
        for number in (11, 8, 4):
            publishing.withdraw(self.story(number), by=None)
            self.assertIn(self.address(5), self.rendered())
            self.assert_true_to_the_site()
        self.assertIn("More from ", self.body(5))
        # From now on it is printed for the stories of its section.
        publishing.withdraw(self.story(2), by=None)
        self.assertIn(self.address(5), self.rendered())

    def test_one_that_goes_into_the_bin(self):
        publishing.put_in_bin(self.story(4), by=None)
        self.assertLessEqual({self.address(1), self.address(5)}, self.assert_exact())

    def test_stories_of_its_section_are_not_on_it(self):
        """Story 1 is of culture, where story 4 stands before it."""
        self.publish(section=self.culture, at=self.story(4).publish_at, tags=(), authors=[self.mara])
        self.assertNotIn(self.address(1), self.rendered())
        self.assert_true_to_the_site()

    def test_the_consumer_has_those_printed_that_show_another_list(self):
        RARITY.forget()
        self.addCleanup(RARITY.forget)
        Related.objects.all().delete()
        for name in ("search", "related"):
            follower = Follower(CONSUMERS[name])
            while follower.turn():
                pass
        self.printed()
        self.assert_true_to_the_site()
        self.before = self.files()
        new = self.publish(tags=("law",))
        self.assert_exact()
        self.before = self.files()
        for name in ("search", "related"):
            follower = Follower(CONSUMERS[name])
            while follower.turn():
                pass
        self.assertIn(new.get_absolute_url(), self.assert_exact())
        self.assertTrue(Article.objects.related_to(new.pk))
