"""A change prints the feeds that show it: always those of the paper and its sections, and those of tags and
authors that somebody has asked for."""

from articles import publishing
from articles.models import Author, Tag
from articles.models.addresses.paths import feed_address
from articles.publishing.authors import save_author
from articles.publishing.pictures import change_image
from articles.publishing.tags import save_tag
from tests import factories
from tests.articles.press.printed_newsroom import FORMATS, HOUR, NOON, feed_addresses

from .exactly import Exactly

COAST, MARA = feed_address("/tag/coast/"), feed_address("/author/mara-ellis/", FORMATS[-1])


def of(*starts):
    return {address for start in starts for address in feed_addresses(start)}


OWN = {*of("/", "/world/", "/world/harbours/"), COAST, MARA}


class FeedsTest(Exactly):
    def assert_feeds(self, wanted, *, maybe=()):
        self.assert_exact(maybe=maybe)
        self.assertEqual(self.feeds, wanted)

    def test_a_typo_is_in_every_feed_that_has_the_text(self):
        self.republished(0, body=factories.BODY.replace("eleven", "twelve"))
        self.assert_feeds(OWN)

    def test_a_note_to_readers_is_in_them(self):
        publishing.correct(self.story(0), by=None, text="The wall is five metres high.")
        self.assert_feeds(OWN)

    def test_another_kind_and_the_stars_of_a_review_are_in_them(self):
        self.republished(0, kind="review", rating=3)
        self.assert_feeds(OWN)

    def test_a_search_title_and_a_kicker_are_in_none(self):
        self.republished(0, search_title="The wall, and what it costs", kicker="Flood defence")
        self.assert_feeds(set())

    def test_a_new_story_is_in_those_of_its_lists(self):
        self.publish()
        self.assert_feeds(OWN)

    def test_a_withdrawn_one_is_in_none(self):
        publishing.withdraw(self.story(0), by=None)
        self.assert_feeds(OWN)

    def test_a_story_that_is_too_old_for_a_feed_prints_none(self):
        factories.published_articles(
            51, newest=NOON, section=self.harbours, authors=[self.mara], tags=("coast",)
        )
        self.rendered()
        self.before = self.files()
        self.republished(0, body=factories.BODY.replace("eleven", "twelve"))
        self.assert_feeds(set())

    def test_another_section_is_in_both(self):
        publishing.move_to_section(self.story(0), self.culture, by=None)
        self.assert_feeds(OWN | of("/culture/"))

    def test_a_renamed_tag_is_in_those_of_its_stories(self):
        tag = Tag.objects.get(name="coast")
        tag.name = "Coasts"
        save_tag(tag)
        self.assert_feeds(OWN | of("/world/courts/"))

    def test_a_renamed_tag_takes_its_feed_along(self):
        tag = Tag.objects.get(name="coast")
        tag.slug = "shores"
        save_tag(tag)
        self.rendered()
        self.assertIsNone(self.shelf.status_at(COAST))
        self.assertEqual(self.shelf.status_at("/tag/shores/feed/"), 200)

    def test_a_renamed_author_is_in_those_of_the_stories(self):
        author = Author.objects.get(pk=self.mara.pk)
        author.name = "Mara E. Ellis"
        save_author(author)
        self.rendered()
        self.assert_true_to_the_site()
        self.assertLessEqual(OWN | of("/world/courts/"), self.changed)

    def test_a_credit_in_the_library_is_in_those_of_its_stories(self):
        image = factories.image(width=600, height=400, seed=1)
        self.republished(0, lead_image_id=image.pk)
        self.rendered()
        self.before = self.files()
        change_image(image, credit="Photograph: Ana Lind")
        self.assert_feeds(OWN)

    def test_readers_get_the_newest_before_feeds_are_printed(self):
        self.publish(at=NOON - HOUR)
        order = list(self.rendered())
        self.assertLess(order.index("/world/harbours/"), order.index("/feed/"))
