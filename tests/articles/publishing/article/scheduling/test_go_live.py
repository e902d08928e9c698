"""Scheduled changes: what goes out at its second, what does not, and what an editor can still do about it."""

import datetime

import time_machine
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from articles.models import (
    Act,
    Article,
    ArticlePicture,
    Image,
    NamedPicture,
    OldAddress,
    OutboxEntry,
    Section,
    State,
    Tag,
)
from articles.publishing import (
    KEEP,
    Conflict,
    Content,
    NotReady,
    Refused,
    begin,
    cancel_scheduled,
    publish,
    reschedule,
    save_draft,
    schedule,
    withdraw,
)
from articles.publishing.article.scheduling.go_live import publish_due
from articles.publishing.authors import remove_author
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.pictures import change_image, is_before_readers
from articles.publishing.sections import remove_section
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
SECOND = datetime.timedelta(seconds=1)


class ScheduledCase(NewsroomTestCase):
    def setUp(self):
        traveller = time_machine.travel(NOON - DAY, tick=False)
        self.clock = traveller.start()
        self.addCleanup(traveller.stop)
        self.article = publish(begin(self.content(), by=self.editor), by=self.editor)
        self.clock.move_to(NOON)

    def scheduled(self, *, at=NOON + HOUR, until=KEEP, **changes):
        content = self.content(**{"headline": "Scheduled", **changes})
        return schedule(self.article, content, by=self.editor, at=at, until=until)

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def at_its_second(self):
        self.clock.move_to(NOON + HOUR)
        return publish_due()


class GoingOutTest(ScheduledCase):
    def test_until_its_second_the_page_is_as_it_was(self):
        before = self.client.get(self.article.get_absolute_url())
        OutboxEntry.objects.all().delete()
        self.scheduled()
        after = self.client.get(self.article.get_absolute_url())
        self.assertEqual((after.status_code, after.content), (200, before.content))
        self.assertEqual(
            [(entry.change, entry.due_at) for entry in OutboxEntry.objects.all()],
            [({"kind": "scheduled", "id": self.article.pk}, NOON + HOUR)],
        )

    def test_at_its_second_the_text_is_new_and_address_and_publish_time_are_not(self):
        self.scheduled()
        self.assertEqual(self.at_its_second(), 1)
        article = self.now()
        self.assertEqual((article.headline, article.updated_at), ("Scheduled", NOON + HOUR))
        self.assertEqual(
            (article.get_absolute_url(), article.publish_at, article.first_published_at),
            (self.article.get_absolute_url(), NOON - DAY, NOON - DAY),
        )
        self.assertFalse(OldAddress.objects.exists())
        self.assertEqual(OutboxEntry.objects.latest("pk").change["addresses"], [article.get_absolute_url()])
        act = article.acts.first()
        self.assertEqual(
            (act.verb, act.by, act.detail), ("publish", None, "as scheduled for 10 June 2026, 14:00")
        )

    def test_never_a_second_early_nor_when_the_clock_was_set_back(self):
        self.scheduled()
        for time in (NOON + HOUR - SECOND, NOON - 5 * DAY):
            self.clock.move_to(time)
            self.assertEqual((publish_due(), self.now().headline), (0, "Harbour towns weigh the price"))

    def test_a_second_call_does_nothing(self):
        self.scheduled()
        self.at_its_second()
        entries = OutboxEntry.objects.count()
        self.assertEqual((publish_due(), OutboxEntry.objects.count()), (0, entries))

    def test_what_is_saved_later_is_not_part_of_it_and_stays(self):
        self.scheduled()
        save_draft(self.article, self.content(headline="Saved later"), by=self.editor)
        self.at_its_second()
        article = self.now()
        self.assertEqual((article.headline, Content.newest(article).headline), ("Scheduled", "Saved later"))

    def test_a_new_slug_takes_its_address_then_and_leaves_the_old_one_behind(self):
        self.scheduled(slug="sea-wall")
        self.assertEqual(self.now().get_absolute_url(), self.article.get_absolute_url())
        self.at_its_second()
        self.assertEqual(self.now().get_absolute_url(), "/2026/06/09/sea-wall/")
        self.assertRedirects(self.client.get(self.article.get_absolute_url()), "/2026/06/09/sea-wall/", 301)

    def test_a_slug_that_another_took_meanwhile_gets_a_number(self):
        self.scheduled(slug="sea-wall")
        other = begin(self.content(slug="sea-wall"), by=self.editor)
        publish(other, by=self.editor, at=NOON - DAY)
        self.at_its_second()
        self.assertEqual(self.now().get_absolute_url(), "/2026/06/09/sea-wall-2/")

    def test_a_withdrawn_article_is_gone_until_its_second(self):
        withdraw(self.article, by=self.editor)
        self.scheduled()
        self.assertEqual(self.client.get(self.article.get_absolute_url()).status_code, 410)
        self.assertEqual(self.now().state, State.WITHDRAWN)
        self.at_its_second()
        self.assertContains(self.client.get(self.article.get_absolute_url()), "Scheduled")

    def test_an_author_who_has_gone_meanwhile_is_left_out(self):
        self.scheduled()
        Article.objects.get(pk=self.article.pk).bylines.filter(author=self.jonas).delete()
        self.jonas.delete()
        self.at_its_second()
        self.assertEqual([line.author for line in self.now().bylines.all()], [self.mara])

    def test_several_of_one_second_all_go_out(self):
        other = publish(begin(self.content(), by=self.editor), by=self.editor)
        self.scheduled()
        schedule(other, self.content(headline="The other"), by=self.editor, at=NOON + HOUR)
        self.assertEqual(self.at_its_second(), 2)


class EndTest(ScheduledCase):
    """`until`: not given keeps what is set, None takes it away."""

    def test_publishing_again_without_a_word_of_the_end_keeps_it(self):
        publish(self.article, by=self.editor, until=NOON + DAY)
        self.assertEqual(publish(self.article, by=self.editor).expires_at, NOON + DAY)
        self.assertIsNone(publish(self.article, by=self.editor, until=None).expires_at)

    def test_publishing_a_withdrawn_article_again_keeps_it(self):
        publish(self.article, by=self.editor, until=NOON + DAY)
        withdraw(self.article, by=self.editor)
        self.assertEqual(publish(self.article, by=self.editor).expires_at, NOON + DAY)

    def test_an_end_that_has_passed_is_not_kept_in_silence(self):
        publish(self.article, by=self.editor, until=NOON + HOUR)
        self.clock.move_to(NOON + 2 * HOUR)
        with self.assertRaises(NotReady) as refusal:
            publish(self.article, by=self.editor)
        self.assertEqual(refusal.exception.problems[0].field, "expires_at")
        self.assertTrue(publish(self.article, by=self.editor, until=None).is_public())

    def test_scheduled_changes_have_the_articles_end_unless_another_was_said(self):
        publish(self.article, by=self.editor, until=NOON + DAY)
        self.assertEqual(self.scheduled().scheduled_until, NOON + DAY)
        self.assertEqual(self.scheduled(until=NOON + 2 * DAY).scheduled_until, NOON + 2 * DAY)
        self.assertEqual(self.scheduled().scheduled_until, NOON + 2 * DAY)
        self.assertIsNone(self.scheduled(until=None).scheduled_until)
        self.assertEqual(self.now().expires_at, NOON + DAY)
        self.at_its_second()
        self.assertIsNone(self.now().expires_at)

    def test_another_time_keeps_their_end(self):
        self.scheduled(until=NOON + DAY)
        later = reschedule(self.article, by=self.editor, at=NOON + 2 * HOUR)
        self.assertEqual(later.scheduled_until, NOON + DAY)
        self.assertIsNone(reschedule(later, by=self.editor, at=NOON + 2 * HOUR, until=None).scheduled_until)

    def test_they_cannot_end_before_they_go_out(self):
        publish(self.article, by=self.editor, until=NOON + HOUR)
        with self.assertRaises(NotReady) as refusal:
            self.scheduled(at=NOON + 2 * HOUR)
        self.assertEqual(refusal.exception.problems[0].field, "expires_at")

    def test_cancelled_their_end_goes_too(self):
        publish(self.article, by=self.editor, until=NOON + DAY)
        self.scheduled(until=None)
        self.assertEqual(cancel_scheduled(self.article, by=self.editor).expires_at, NOON + DAY)

    def test_changes_that_are_so_late_that_their_end_has_passed_end_the_article(self):
        self.scheduled(until=NOON + 2 * HOUR)
        self.clock.move_to(NOON + 3 * HOUR)
        self.assertEqual(publish_due(), 1)
        self.assertEqual(self.client.get(self.article.get_absolute_url()).status_code, 410)

    def test_their_end_comes_at_its_second(self):
        self.scheduled(until=NOON + 2 * HOUR)
        self.at_its_second()
        self.assertTrue(OutboxEntry.objects.filter(due_at=NOON + 2 * HOUR, change__kind="article").exists())


class SecondThoughtsTest(ScheduledCase):
    def test_another_time_moves_the_changes_and_not_newer_text(self):
        self.scheduled()
        save_draft(self.article, self.content(headline="Saved later"), by=self.editor)
        later = reschedule(self.article, by=self.editor, at=NOON + 3 * HOUR)
        self.assertEqual(later.acts.first().detail, "changes for 10 June 2026, 16:00")
        self.assertEqual(self.at_its_second(), 0)
        self.clock.move_to(NOON + 3 * HOUR)
        self.assertEqual((publish_due(), self.now().headline), (1, "Scheduled"))

    def test_a_time_that_has_passed_is_refused(self):
        self.scheduled()
        for at in (NOON, NOON - HOUR):
            with self.assertRaises(NotReady) as refusal:
                reschedule(self.article, by=self.editor, at=at)
            self.assertEqual(refusal.exception.problems[0].field, "publish_at")

    def test_scheduled_again_the_newest_text_takes_the_first_ones_place(self):
        self.scheduled()
        save_draft(self.article, self.content(headline="Saved later"), by=self.editor)
        schedule(self.article, by=self.editor, at=NOON + 2 * HOUR)
        self.assertEqual((self.at_its_second(), self.now().headline), (0, "Harbour towns weigh the price"))
        self.clock.move_to(NOON + 2 * HOUR)
        self.assertEqual((publish_due(), self.now().headline), (1, "Saved later"))
        self.assertIsNone(self.now().working_copy)

    def test_published_before_its_time_says_what_it_was_instead_of(self):
        self.scheduled()
        article = publish(self.article, by=self.editor)
        self.assertEqual(article.headline, "Scheduled")
        self.assertEqual(article.acts.first().detail, "instead of what was scheduled for 10 June 2026, 14:00")
        self.assertEqual(self.at_its_second(), 0)

    def test_an_older_text_never_goes_over_a_newer_one(self):
        self.scheduled()
        publish(self.article, self.content(headline="A mistake mended"), by=self.editor)
        self.at_its_second()
        self.assertEqual(self.now().headline, "A mistake mended")

    def test_cancelled_they_are_the_working_copy(self):
        self.scheduled()
        article = cancel_scheduled(self.article, by=self.editor)
        self.assertEqual(Content.newest(article).headline, "Scheduled")
        self.assertEqual((self.at_its_second(), self.now().headline), (0, "Harbour towns weigh the price"))
        self.assertEqual(article.acts.first().verb, Act.Verb.CANCEL)

    def test_what_has_gone_out_can_neither_be_cancelled_nor_moved(self):
        self.scheduled()
        self.at_its_second()
        for verb in (cancel_scheduled, lambda article, **who: reschedule(article, at=NOON + DAY, **who)):
            with self.assertRaisesMessage(Refused, "Nothing is scheduled for this article any more"):
                verb(self.article, by=self.editor)

    def test_a_colleagues_newer_text_is_a_conflict(self):
        seen = self.scheduled().version
        save_draft(self.article, self.content(headline="Hers"), by=self.editor)
        for verb in (cancel_scheduled, lambda article, **who: reschedule(article, at=NOON + DAY, **who)):
            with self.assertRaises(Conflict):
                verb(self.article, by=self.editor, expected=seen)

    def test_withdrawn_it_does_not_come_back(self):
        self.scheduled()
        withdraw(self.article, by=self.editor)
        self.at_its_second()
        self.assertEqual(self.client.get(self.article.get_absolute_url()).status_code, 410)
        self.assertEqual(Content.newest(self.now()).headline, "Scheduled")


class NamedTest(ScheduledCase):
    """What scheduled changes name: sections, authors, tags and pictures."""

    def newer(self, **changes):
        """The scheduled changes have it; the working copy and the public text do not."""
        self.scheduled(**changes)
        save_draft(self.article, self.content(headline="Saved later", tags=()), by=self.editor)

    def test_a_renamed_tag_has_its_new_name_in_them(self):
        self.newer(tags=("storm",))
        tag = make.tag("storm")
        tag.name = "Storms"
        save_tag(tag)
        self.at_its_second()
        self.assertEqual(Content.of(self.now()).tags, ("Storms",))
        self.assertEqual(Content.newest(self.now()).headline, "Saved later")

    def test_a_merged_and_a_removed_tag_do_not_come_back(self):
        self.newer(tags=("storm", "gale", "coast"))
        storm, gale = make.tag("storm"), make.tag("gale")
        merge_tags([gale], into=storm)
        remove_tag(Tag.objects.get(name="coast"))
        self.at_its_second()
        self.assertEqual(Content.of(self.now()).tags, ("storm",))
        self.assertEqual(set(Tag.objects.values_list("name", flat=True)), {"storm", "money"})

    def test_section_author_and_pictures_cannot_be_deleted(self):
        section, author = make.section("Science"), make.author("Inés Prado")
        lead, shown = make.image(), make.image()
        body = f'<figure><img src="/x.jpg" data-image="{shown.pk}" alt="A harbour"></figure>'
        bylines = make.content(authors=[author]).bylines
        self.newer(section_id=section.pk, bylines=bylines, lead_image_id=lead.pk, body=body)
        for remove, row in (
            (remove_section, section),
            (remove_author, author),
            (remove_image, lead),
            (remove_image, shown),
        ):
            with self.subTest(str(row)), self.assertRaisesMessage(Refused, "is still used by"):
                remove(row)
        cancel_scheduled(self.article, by=self.editor)
        self.assertFalse(ArticlePicture.objects.filter(image=shown).exists())
        # An older version names it still, and keeps it.
        self.assertTrue(NamedPicture.objects.filter(image=shown).exists())

    def test_their_pictures_words_are_before_readers(self):
        """At a time that is set, as those of an article that is scheduled: a reporter may not change them."""
        lead, shown, other = make.image(), make.image(), make.image()
        body = f'<figure><img src="/x.jpg" data-image="{shown.pk}" alt="A harbour"></figure>'
        self.newer(lead_image_id=lead.pk, body=body)
        self.assertEqual([is_before_readers(each) for each in (lead, shown, other)], [True, True, False])

    def test_their_revision_cannot_be_thinned_out(self):
        article = self.scheduled()
        with self.assertRaises(RestrictedError):
            article.scheduled_revision.delete()

    def test_an_article_that_is_deleted_by_hand_takes_them_along(self):
        self.scheduled()
        self.now().delete()
        self.assertEqual((self.at_its_second(), Article.objects.count()), (0, 0))


class HeldBackTest(ScheduledCase):
    """What can't go out at its second."""

    def setUp(self):
        super().setUp()
        self.image = make.image()

    def refused(self):
        self.scheduled(lead_image_id=self.image.pk)
        change_image(self.image, alt="")
        self.assertEqual(self.at_its_second(), 0)
        return self.now()

    def test_readers_keep_the_old_text_and_the_reason_is_kept(self):
        article = self.refused()
        self.assertContains(self.client.get(article.get_absolute_url()), "Harbour towns weigh the price")
        self.assertIn("alt text", article.scheduled_problem)
        self.assertEqual((article.acts.first().verb, article.acts.first().by), (Act.Verb.HOLD, None))

    def test_it_is_not_tried_again(self):
        self.refused()
        self.clock.move_to(NOON + DAY)
        with self.assertNumQueries(1):
            self.assertEqual(publish_due(), 0)
        self.assertEqual(self.now().acts.filter(verb=Act.Verb.HOLD).count(), 1)

    def test_it_holds_up_no_other(self):
        other = publish(begin(self.content(), by=self.editor), by=self.editor)
        schedule(other, self.content(headline="The other"), by=self.editor, at=NOON + 2 * HOUR)
        self.refused()
        self.clock.move_to(NOON + 2 * HOUR)
        self.assertEqual(publish_due(), 1)

    def test_mended_it_goes_out_at_another_time_or_at_once(self):
        self.refused()
        with self.assertRaisesMessage(NotReady, "alt text"):
            reschedule(self.article, by=self.editor, at=NOON + 2 * HOUR)
        change_image(self.image, alt="A harbour")
        self.assertEqual(reschedule(self.article, by=self.editor, at=NOON + 2 * HOUR).scheduled_problem, "")
        self.clock.move_to(NOON + 2 * HOUR)
        self.assertEqual((publish_due(), self.now().headline), (1, "Scheduled"))

    def test_cancelled_the_reason_goes_too(self):
        self.refused()
        self.assertEqual(cancel_scheduled(self.article, by=self.editor).scheduled_problem, "")

    def test_a_section_or_a_picture_that_is_gone_is_named(self):
        science = Section.objects.create(name="Science", slug="science")
        self.scheduled(section_id=science.pk, lead_image_id=self.image.pk)
        # Past the verbs, which keep what scheduled changes name.
        Section.objects.filter(pk=science.pk).delete()
        NamedPicture.objects.all().delete()
        Image.objects.filter(pk=self.image.pk).delete()
        self.at_its_second()
        self.assertIn("Choose a section", self.now().scheduled_problem)
        self.assertIn("no longer in the library", self.now().scheduled_problem)

    def test_a_revision_that_nobody_can_read_is_put_aside_and_logged(self):
        article = self.scheduled()
        article.scheduled_revision.content = {"headline": "X", "section_id": self.world.pk, "bylines": [5]}
        article.scheduled_revision.save()
        with self.assertLogs("articles.publishing", "ERROR"):
            self.assertEqual(self.at_its_second(), 0)
        self.assertIn("TypeError", self.now().scheduled_problem)

    def test_what_an_editor_has_dealt_with_meanwhile_gets_no_reason(self):
        stale = self.refused()
        Article.objects.filter(pk=stale.pk).update(scheduled_problem="", scheduled_for=NOON + DAY)
        self.assertEqual(publish_due(), 0)
        self.assertEqual(self.now().scheduled_problem, "")


class ConstraintsTest(ScheduledCase):
    def refuses(self, **changes):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=self.article.pk).update(**changes)

    def test_a_time_has_a_revision_and_a_revision_a_time(self):
        self.refuses(scheduled_for=NOON + HOUR)
        self.refuses(scheduled_revision=self.article.revisions.first())
        self.refuses(scheduled_problem="Why")

    def test_only_what_is_or_was_out_has_scheduled_changes(self):
        self.scheduled()
        self.refuses(state=State.DRAFT)
        self.refuses(state=State.IN_REVIEW)

    def test_they_end_after_they_go_out(self):
        self.scheduled()
        self.refuses(scheduled_until=NOON + HOUR)
