import datetime

import time_machine
from django.utils import timezone

from articles.models import Act, Article, Correction, OldAddress, OutboxEntry, State
from articles.publishing import (
    Content,
    NotReady,
    Refused,
    add_tag,
    begin,
    correct,
    move_to_section,
    publish,
    save_draft,
    schedule,
    withdraw,
)
from tests.articles.publishing.newsroom import NewsroomTestCase

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


class PublishTest(NewsroomTestCase):
    def setUp(self):
        traveller = time_machine.travel(NOON, tick=False)
        self.clock = traveller.start()
        self.addCleanup(traveller.stop)
        self.article = begin(self.content(), by=self.editor)

    def published(self, **changes):
        return publish(self.article, self.content(**changes), by=self.editor)

    def test_makes_it_public_at_once_at_an_address_with_its_date(self):
        article = self.published()
        self.assertEqual(article.get_absolute_url(), "/2026/06/10/harbour-towns-weigh-the-price/")
        self.assertEqual((article.publish_at, article.first_published_at), (NOON, NOON))
        self.assertIsNone(article.updated_at)
        self.assertEqual(list(Article.objects.published()), [article])

    def test_the_date_in_the_address_is_the_sites_not_utcs(self):
        self.clock.move_to(datetime.datetime(2026, 6, 10, 23, 30, tzinfo=datetime.UTC))
        self.assertEqual(self.published().address_date, datetime.date(2026, 6, 11))

    def test_saves_what_came_with_it_and_says_who_did_it(self):
        article = self.published(headline="As typed last")
        self.assertEqual(article.headline, "As typed last")
        self.assertEqual(article.acts.first().verb, Act.Verb.PUBLISH)

    def test_writes_what_shows_it_into_the_outbox(self):
        article = self.published()
        change = OutboxEntry.objects.get().change
        self.assertEqual(change["addresses"], [article.get_absolute_url()])
        self.assertEqual(change["sections"], ["/world/"])
        self.assertEqual(change["tags"], ["coast", "money"])
        self.assertEqual(change["authors"], ["jonas-okafor", "mara-ellis"])
        self.assertEqual(change["days"], ["2026-06-10"])

    def test_carries_its_time_to_tags_and_bylines(self):
        article = self.published()
        self.assertEqual({link.published_at for link in article.tag_links.all()}, {NOON})
        self.assertEqual({line.published_at for line in article.bylines.all()}, {NOON})

    def test_names_all_that_is_missing_at_its_field_and_changes_nothing(self):
        with self.assertRaises(NotReady) as refusal:
            self.published(headline="", section_id=None, body="", standfirst="")
        fields = {problem.field for problem in refusal.exception.problems}
        self.assertEqual(fields, {"headline", "section", "body"})
        self.article.refresh_from_db()
        self.assertEqual((self.article.state, self.article.version), (State.DRAFT, 1))

    def test_refuses_times_that_can_only_be_slips(self):
        for year in (1900, 9999):
            with self.subTest(year=year), self.assertRaises(NotReady) as refusal:
                at = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
                publish(self.article, by=self.editor, at=at)
            self.assertEqual(refusal.exception.problems[0].field, "publish_at")

    def test_refuses_an_end_before_the_beginning(self):
        with self.assertRaises(NotReady) as refusal:
            publish(self.article, by=self.editor, until=NOON - HOUR)
        self.assertEqual(refusal.exception.problems[0].field, "expires_at")

    def test_gives_a_taken_slug_a_number(self):
        self.published()
        second = publish(begin(self.content(), by=self.editor), by=self.editor)
        third = publish(begin(self.content(), by=self.editor), by=self.editor)
        self.assertEqual([second.slug[-2:], third.slug[-2:]], ["-2", "-3"])

    def test_the_same_slug_is_free_on_another_day(self):
        self.published()
        self.clock.move_to(NOON + 24 * HOUR)
        second = publish(begin(self.content(), by=self.editor), by=self.editor)
        self.assertEqual(second.slug, "harbour-towns-weigh-the-price")

    def test_a_headline_of_signs_alone_gets_an_address(self):
        self.assertEqual(self.published(headline="!!!").slug, "story")

    def test_a_slug_of_a_long_headline_is_of_whole_words(self):
        slug = self.published(headline="The harbour towns of the north weigh the price " * 3).slug
        self.assertEqual(
            slug, "the-harbour-towns-of-the-north-weigh-the-price-the-harbour-towns-of-the-north"
        )

    def test_a_slug_that_was_longer_before_stays_where_it_is(self):
        long = "海" * 110
        self.published()
        Article.objects.filter(pk=self.article.pk).update(slug=long)
        article = self.published(slug=long, headline="Changed")
        self.assertEqual((article.slug, article.headline), (long, "Changed"))
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 200)

    def test_an_address_of_another_script_is_found_when_it_has_changed(self):
        old = self.published(slug="海" * 80).get_absolute_url()
        new = self.published(slug="م" * 80).get_absolute_url()
        self.assertRedirects(self.client.get(old), new, status_code=301)

    def test_a_changed_slug_leaves_the_old_address_behind(self):
        self.published()
        article = self.published(slug="sea-wall")
        self.assertEqual(article.get_absolute_url(), "/2026/06/10/sea-wall/")
        self.assertEqual(OldAddress.objects.get().path, "/2026/06/10/harbour-towns-weigh-the-price/")
        self.assertEqual(len(OutboxEntry.objects.last().change["addresses"]), 2)

    def test_an_old_address_is_given_to_nobody_else(self):
        self.published()
        self.published(slug="sea-wall")
        other = publish(begin(self.content(), by=self.editor), by=self.editor)
        self.assertEqual(other.slug, "harbour-towns-weigh-the-price-2")

    def test_a_slug_that_goes_back_is_no_redirect_to_itself(self):
        self.published()
        self.published(slug="sea-wall")
        self.published(slug="harbour-towns-weigh-the-price")
        self.assertEqual([old.path for old in OldAddress.objects.all()], ["/2026/06/10/sea-wall/"])

    def test_a_changed_headline_keeps_the_address(self):
        before = self.published().get_absolute_url()
        article = publish(self.article, self.content(headline="Another one"), by=self.editor)
        self.assertEqual(article.get_absolute_url(), before)

    def test_a_changed_text_is_an_update_and_a_changed_tag_is_none(self):
        self.published()
        self.clock.move_to(NOON + HOUR)
        self.assertIsNone(self.published(tags=("coast",)).updated_at)
        article = self.published(tags=("coast",), headline="Changed")
        self.assertEqual((article.updated_at, article.publish_at), (NOON + HOUR, NOON))

    def test_tags_keep_the_order_they_are_given(self):
        for tags in (
            ("coast", "money"),
            ("money", "coast"),
            ("fog", "money", "tides", "coast"),
            ("coast", "fog"),
            ("tides", "coast", "fog"),
        ):
            with self.subTest(tags):
                article = self.published(tags=tags)
                self.assertEqual(Content.of(article).tags, tags)
                self.assertEqual({link.published_at for link in article.tag_links.all()}, {NOON})

    def test_tags_that_stay_in_order_keep_their_rows(self):
        links = set(self.published(tags=("coast", "money", "tides")).tag_links.values_list("pk", flat=True))
        article = self.published(tags=("coast", "tides", "fog"))
        self.assertEqual(len(links & set(article.tag_links.values_list("pk", flat=True))), 2)

    def test_makes_the_working_copy_public(self):
        self.published()
        save_draft(self.article, self.content(headline="Better"), by=self.editor)
        article = publish(self.article, by=self.editor)
        self.assertEqual((article.headline, article.working_copy), ("Better", None))


class ScheduleTest(NewsroomTestCase):
    def setUp(self):
        traveller = time_machine.travel(NOON, tick=False)
        self.clock = traveller.start()
        self.addCleanup(traveller.stop)
        self.article = begin(self.content(), by=self.editor)

    def test_is_public_at_its_second_and_not_before_without_anything_running(self):
        schedule(self.article, by=self.editor, at=NOON + HOUR)
        self.clock.move_to(NOON + HOUR - datetime.timedelta(seconds=1))
        self.assertFalse(Article.objects.published().exists())
        self.clock.move_to(NOON + HOUR)
        self.assertTrue(Article.objects.published().exists())
        self.article.refresh_from_db()
        self.assertTrue(self.article.is_public())

    def test_is_gone_at_the_second_it_expires(self):
        publish(self.article, by=self.editor, until=NOON + HOUR)
        self.clock.move_to(NOON + HOUR - datetime.timedelta(seconds=1))
        self.assertTrue(Article.objects.published().exists())
        self.clock.move_to(NOON + HOUR)
        self.assertFalse(Article.objects.published().exists())

    def test_writes_outbox_entries_for_the_seconds_at_which_time_changes_pages(self):
        schedule(self.article, by=self.editor, at=NOON + HOUR, until=NOON + 2 * HOUR)
        due = list(OutboxEntry.objects.values_list("due_at", flat=True))
        self.assertEqual(due, [NOON + HOUR, NOON + 2 * HOUR])

    def test_refuses_a_time_that_has_passed(self):
        with self.assertRaises(NotReady) as refusal:
            schedule(self.article, by=self.editor, at=NOON - HOUR)
        self.assertEqual(refusal.exception.problems[0].field, "publish_at")

    def test_a_new_time_moves_the_address_and_leaves_no_first_time_behind(self):
        schedule(self.article, by=self.editor, at=NOON + HOUR)
        article = schedule(self.article, by=self.editor, at=NOON + 24 * HOUR)
        self.assertEqual(article.address_date, datetime.date(2026, 6, 11))
        self.assertEqual(article.first_published_at, NOON + 24 * HOUR)

    def test_is_not_corrected_before_readers_have_had_it(self):
        schedule(self.article, by=self.editor, at=NOON + HOUR)
        with self.assertRaises(Refused):
            correct(self.article, by=self.editor, text="Too early.")

    def test_published_by_hand_before_its_time_goes_out_now(self):
        schedule(self.article, by=self.editor, at=NOON + HOUR)
        self.assertEqual(publish(self.article, by=self.editor).publish_at, NOON)


class AfterwardsTest(NewsroomTestCase):
    def setUp(self):
        self.article = publish(begin(self.content(), by=self.editor), by=self.editor)

    def test_withdrawn_it_is_nowhere_and_its_address_is_remembered(self):
        article = withdraw(self.article, by=self.editor, reason="wrong person")
        self.assertFalse(Article.objects.published().exists())
        self.assertEqual(article.get_absolute_url(), self.article.get_absolute_url())
        self.assertEqual(article.tag_links.first().published_at, None)
        self.assertEqual(article.acts.first().detail, "wrong person")

    def test_withdrawn_before_its_time_it_is_a_draft_that_was_never_out(self):
        article = schedule(begin(self.content(), by=self.editor), by=self.editor, at=timezone.now() + HOUR)
        article = withdraw(article, by=self.editor)
        self.assertEqual(article.state, State.DRAFT)
        self.assertEqual((article.first_published_at, article.address_date), (None, None))

    def test_withdrawing_a_draft_is_refused(self):
        with self.assertRaises(Refused):
            withdraw(begin(self.content(), by=self.editor), by=self.editor)

    def test_published_again_it_has_its_old_address_and_time(self):
        withdraw(self.article, by=self.editor)
        article = publish(self.article, by=self.editor)
        self.assertEqual(article.publish_at, self.article.publish_at)
        self.assertEqual(article.get_absolute_url(), self.article.get_absolute_url())

    def test_a_correction_is_dated_and_counts_as_an_update(self):
        note = correct(self.article, by=self.editor, text="It is four metres, not five.")
        self.article.refresh_from_db()
        self.assertEqual(note.kind, Correction.Kind.CORRECTION)
        self.assertEqual(self.article.updated_at, note.at)

    def test_a_correction_without_words_is_refused(self):
        with self.assertRaises(Refused):
            correct(self.article, by=self.editor, text=" \n ")

    def test_moved_it_keeps_its_address_and_both_fronts_are_told(self):
        article = move_to_section(self.article, self.harbours, by=self.editor)
        self.assertEqual((article.section, article.department), (self.harbours, self.world))
        self.assertEqual(article.get_absolute_url(), self.article.get_absolute_url())
        self.assertEqual(OutboxEntry.objects.last().change["sections"], ["/world/", "/world/harbours/"])

    def test_a_tag_is_added_at_once_and_to_the_working_copy(self):
        save_draft(self.article, self.content(headline="Working"), by=self.editor)
        article = add_tag(self.article, "storm", by=self.editor)
        article.refresh_from_db()
        self.assertEqual(article.headline, "Harbour towns weigh the price")
        self.assertIn("storm", Content.of(article).tags)
        newest = Content.newest(article)
        self.assertEqual((newest.headline, newest.tags), ("Working", ("coast", "money", "storm")))
