import datetime

import time_machine
from django.test import TestCase

from articles.models import Board, BoardVersion, OutboxEntry
from articles.publishing import Refused
from articles.publishing.boards import Filled, bring_back_board, cancel_board, publish_board, put_on_front
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.shared.versions import Outdated
from tests import factories

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@time_machine.travel(NOON, tick=False)
class BoardsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        with time_machine.travel(NOON, tick=False):
            cls.one, cls.two = factories.published_articles(2)
        cls.world = cls.one.section

    def setUp(self):
        OutboxEntry.objects.all().delete()

    def publish(self, *filled, section=None, layout="usual", **more):
        return publish_board(section, layout, filled, by=self.editor, **more)

    def announced(self):
        rows = OutboxEntry.objects.order_by("due_at")
        return [(entry.change["fronts"], entry.due_at) for entry in rows]

    def counts(self, at=NOON, section=None):
        return BoardVersion.objects.of(section).out(at).first()

    def refused(self, *filled, **more):
        with self.assertRaises(Refused) as raised:
            self.publish(*filled, **more)
        self.assertFalse(Board.objects.exists())
        return [problem.field for problem in raised.exception.problems]

    def test_a_version_says_who_and_when_and_what_stands_where(self):
        version = self.publish(Filled(0, self.one.pk, headline="Mine", kicker="Now", until=NOON + HOUR))
        slot = version.slots.get()
        self.assertEqual((version.number, version.who, version.at), (1, "editor", NOON))
        self.assertEqual((slot.article, slot.headline, slot.kicker), (self.one, "Mine", "Now"))

    def test_announces_the_front_alone_now_and_when_a_place_ends(self):
        self.publish(Filled(0, self.one.pk, until=NOON + HOUR), Filled(1, self.two.pk, until=NOON + HOUR))
        self.assertEqual(self.announced(), [(["/"], NOON), (["/"], NOON + HOUR)])

    def test_announces_the_front_of_its_section(self):
        self.publish(Filled(0, self.one.pk), section=self.world)
        self.assertEqual(self.announced(), [(["/world/"], NOON)])

    def test_a_scheduled_one_counts_from_its_second_and_is_announced_then(self):
        now = self.publish()
        later = self.publish(Filled(0, self.one.pk), at=NOON + HOUR)
        self.assertEqual(self.announced(), [(["/"], NOON), (["/"], NOON + HOUR)])
        self.assertEqual(self.counts(NOON + HOUR - HOUR / 3600), now)
        self.assertEqual(self.counts(NOON + HOUR), later)

    def test_one_that_was_published_before_gives_way_to_a_scheduled_one_and_one_after_it_does_not(self):
        later = self.publish(at=NOON + HOUR)
        self.publish()
        self.assertEqual(self.counts(NOON + HOUR), later)
        with time_machine.travel(NOON + 2 * HOUR, tick=False):
            last = self.publish()
        self.assertEqual(self.counts(NOON + 2 * HOUR), last)

    def test_a_cancelled_one_never_counts(self):
        now = self.publish()
        later = self.publish(at=NOON + HOUR)
        cancel_board(later, by=self.editor)
        self.assertEqual(self.counts(NOON + HOUR), now)

    def test_one_that_is_out_can_not_be_cancelled(self):
        version = self.publish()
        with self.assertRaisesMessage(Refused, "out already"):
            cancel_board(version, by=self.editor)

    def test_who_has_seen_an_older_one_is_told(self):
        self.publish(expected=0)
        with self.assertRaisesMessage(Outdated, "Somebody has changed this board meanwhile"):
            self.publish(expected=0)
        self.assertEqual(BoardVersion.objects.count(), 1)

    def test_fronts_of_sections_have_versions_of_their_own(self):
        self.publish(expected=0)
        self.publish(section=self.world, expected=0)
        self.assertEqual(Board.objects.count(), 2)
        self.assertIsNone(self.counts(section=factories.section("Sport").pk))

    def test_an_older_one_is_brought_back_as_a_new_one_without_what_has_ended(self):
        first = self.publish(
            Filled(0, self.one.pk, headline="Mine"),
            Filled(1, self.two.pk, until=NOON + HOUR),
            layout="big",
            blocks=[(self.world.pk, True)],
        )
        self.publish()
        with time_machine.travel(NOON + 2 * HOUR, tick=False):
            back = bring_back_board(first, by=self.editor, expected=2)
        self.assertEqual((back.number, back.layout, back.brings_back), (3, "big", 1))
        self.assertEqual(back.blocks, [[self.world.pk, True]])
        self.assertEqual([(slot.article, slot.headline) for slot in back.slots.all()], [(self.one, "Mine")])

    def test_a_story_in_two_places_is_refused_at_the_second(self):
        self.assertEqual(self.refused(Filled(0, self.one.pk), Filled(2, self.one.pk)), ["article_2"])

    def test_times_that_have_passed_are_refused_at_their_fields(self):
        self.assertEqual(self.refused(at=NOON), ["at"])
        self.assertEqual(self.refused(Filled(1, self.one.pk, until=NOON)), ["until_1"])
        over = Filled(1, self.one.pk, until=NOON + HOUR)
        self.assertEqual(self.refused(over, at=NOON + HOUR), ["until_1"])

    def test_a_layout_or_a_place_that_does_not_exist_is_refused(self):
        self.assertEqual(self.refused(layout="none"), ["layout"])
        self.assertEqual(self.refused(Filled(99, self.one.pk)), [""])

    def test_a_picture_that_some_version_has_can_not_be_deleted(self):
        image = factories.image(width=60, height=40)
        self.publish(Filled(0, self.one.pk, image_id=image.pk))
        self.publish()
        with self.assertRaisesMessage(Refused, "still used by 1 front with its older versions"):
            remove_image(image)

    def test_a_section_that_is_deleted_takes_its_board_along(self):
        sport = factories.section("Sport")
        self.publish(section=sport)
        sport.delete()
        self.assertFalse(BoardVersion.objects.exists())

    def test_an_article_that_is_deleted_for_good_leaves_its_place_empty(self):
        version = self.publish(Filled(0, self.one.pk), Filled(1, self.two.pk))
        self.one.delete()
        self.assertEqual([slot.article for slot in version.slots.all()], [self.two])


@time_machine.travel(NOON, tick=False)
class PutOnFrontTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        with time_machine.travel(NOON, tick=False):
            cls.stories = factories.published_articles(7)

    def board(self, *numbers, layout="usual", **more):
        """None leaves the place empty."""
        filled = [
            Filled(place, self.stories[number].pk, **more)
            for place, number in enumerate(numbers)
            if number is not None
        ]
        return publish_board(None, layout, filled, by=None)

    def put(self, number, *, first):
        version, _ = put_on_front(self.stories[number], None, by=None, first=first)
        there = {slot.place: self.stories.index(slot.article) for slot in version.slots.all()}
        return [there.get(place) for place in range(5)]

    def test_comes_first_where_no_board_was(self):
        self.assertEqual(self.put(6, first=True), [6, None, None, None, None])

    def test_stands_after_the_first_place_where_no_board_was(self):
        self.assertEqual(self.put(6, first=False), [None, 6, None, None, None])

    def test_comes_first_and_moves_the_others_down_to_the_first_empty_place(self):
        self.board(0, 1, None, 3)
        self.assertEqual(self.put(6, first=True), [6, 0, 1, 3, None])

    def test_comes_first_and_the_last_leaves_a_full_board(self):
        self.board(0, 1, 2, 3, 4)
        self.assertEqual(self.put(6, first=True), [6, 0, 1, 2, 3])

    def test_takes_the_first_empty_place_and_of_a_full_board_the_last(self):
        self.board(0, 1, None, 3)
        self.assertEqual(self.put(6, first=False), [0, 1, 6, 3, None])
        self.board(0, 1, 2, 3, 4)
        self.assertEqual(self.put(6, first=False), [0, 1, 2, 3, 6])

    def test_one_that_is_there_moves_and_keeps_its_words(self):
        self.board(0, 1, 2, headline="Mine")
        self.assertEqual(self.put(2, first=True), [2, 0, 1, None, None])
        self.assertEqual({slot.headline for slot in BoardVersion.objects.first().slots.all()}, {"Mine"})

    def test_keeps_what_stands_in_places_that_the_layout_does_not_have(self):
        self.board(0, 1, 2, 3, 4, 5)
        for first in (True, False):
            self.put(6, first=first)
            slots = dict(BoardVersion.objects.first().slots.values_list("place", "article"))
            self.assertEqual(slots[5], self.stories[5].pk)
        self.put(5, first=True)
        self.assertEqual(BoardVersion.objects.first().slots.filter(article=self.stories[5]).get().place, 0)

    def test_keeps_the_layout_and_the_time_of_the_article(self):
        self.board(0, layout="two")
        BoardVersion.objects.update(blocks=[[1, True]])
        before = self.stories[6].publish_at
        self.put(6, first=True)
        newest = BoardVersion.objects.first()
        self.assertEqual((newest.layout, newest.blocks), ("two", [[1, True]]))
        self.stories[6].refresh_from_db()
        self.assertEqual(self.stories[6].publish_at, before)
