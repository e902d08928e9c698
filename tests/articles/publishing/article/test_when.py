"""Each verb can be told when the thing happened, as an importer tells it of a story's past."""

import datetime
import inspect

from django.utils import timezone

from articles import publishing
from articles.models import Article, OutboxEntry, State
from articles.publishing import Refused
from tests.articles.publishing.newsroom import NewsroomTestCase

DAY = datetime.timedelta(days=1)
BEGUN = datetime.datetime(2019, 3, 4, 9, 30, tzinfo=datetime.UTC)
THEN = BEGUN + 10 * DAY
LATER = BEGUN + 20 * DAY


class WhenTestCase(NewsroomTestCase):
    def setUp(self):
        self.draft = publishing.begin(self.content(), by=self.editor, when=BEGUN)

    def published(self):
        return publishing.publish(self.draft, by=self.editor, when=BEGUN + DAY)

    def with_scheduled_changes(self):
        later = timezone.now() + DAY
        changed = self.content(headline="Next week's headline")
        return publishing.schedule(self.published(), changed, by=self.editor, at=later, when=BEGUN + 2 * DAY)

    def calls(self):
        """Every verb, with an article that it can be done to, and whether it keeps a revision."""
        changed, by = self.content(headline="Changed"), self.editor
        tomorrow = timezone.now() + DAY
        return {
            "save_draft": (lambda: self.draft, {"content": changed, "by": by}, True),
            "submit": (lambda: self.draft, {"by": by}, False),
            "approve": (lambda: publishing.submit(self.draft, by=by, when=BEGUN), {"by": by}, False),
            "return_to_draft": (lambda: publishing.submit(self.draft, by=by, when=BEGUN), {"by": by}, False),
            "discard_working_copy": (
                lambda: publishing.save_draft(self.published(), changed, by=by, when=BEGUN),
                {"by": by},
                False,
            ),
            "publish": (lambda: self.draft, {"content": changed, "by": by}, True),
            "schedule": (self.published, {"content": changed, "by": by, "at": tomorrow}, True),
            "reschedule": (self.with_scheduled_changes, {"by": by, "at": tomorrow + DAY}, False),
            "cancel_scheduled": (self.with_scheduled_changes, {"by": by}, False),
            "withdraw": (self.published, {"by": by}, False),
            "change_publish_time": (self.published, {"by": by, "at": BEGUN}, False),
            "correct": (self.published, {"by": by, "text": "It was the other wall."}, False),
            "move_to_section": (self.published, {"section": self.harbours, "by": by}, True),
            "keep_times": (lambda: self.draft, {"times": {"expires_at": tomorrow}, "by": by}, False),
            "add_tag": (self.published, {"name": "walls", "by": by}, True),
        }


class EveryVerbTest(WhenTestCase):
    def each(self):
        for name, (prepared, arguments, keeps_revision) in self.calls().items():
            with self.subTest(name):
                self.setUp()
                yield name, prepared(), arguments, keeps_revision

    def test_that_is_exported_can_be_told_the_time(self):
        verbs = {name for name in publishing.__all__ if inspect.isfunction(getattr(publishing, name))}
        # What is deleted has no time, and what goes into the bin and comes out again is as old as it was.
        others = {"begin", "put_in_bin", "take_out_of_bin", "delete_for_good"}
        of_notes = {"mend_correction", "remove_correction"}  # tried below
        # What is brought in says itself when each thing happened.
        self.assertEqual(verbs, others | of_notes | {"bring_in", *self.calls()})

    def test_dates_the_article_its_act_and_its_revision(self):
        for name, article, arguments, keeps_revision in self.each():
            before = article.version
            getattr(publishing, name)(article, **arguments, when=THEN)
            article = Article.objects.get(pk=article.pk)
            self.assertEqual((article.created_at, article.modified_at), (BEGUN, THEN))
            self.assertEqual(article.acts.order_by("-pk").first().at, THEN)
            self.assertEqual(article.version, before + keeps_revision)
            revision = article.revisions.first()
            self.assertEqual(revision.at == THEN, keeps_revision)

    def test_happens_now_if_it_is_told_none(self):
        for name, article, arguments, keeps_revision in self.each():
            before = timezone.now()
            getattr(publishing, name)(article, **arguments)
            article = Article.objects.get(pk=article.pk)
            times = [article.modified_at, article.acts.order_by("-pk").first().at]
            times += [article.revisions.first().at] if keeps_revision else []
            self.assertTrue(all(before <= time <= timezone.now() for time in times))

    def test_refuses_a_time_that_is_still_to_come_and_changes_nothing(self):
        for name, article, arguments, _ in self.each():
            stored = Article.objects.filter(pk=article.pk).values().get()
            with self.assertRaisesMessage(Refused, "is still to come; say a time that has passed"):
                getattr(publishing, name)(article, **arguments, when=timezone.now() + DAY)
            self.assertEqual(Article.objects.filter(pk=article.pk).values().get(), stored)


class BeginTest(WhenTestCase):
    def test_dates_the_article_its_act_and_its_revision(self):
        article = Article.objects.get(pk=self.draft.pk)
        self.assertEqual((article.created_at, article.modified_at), (BEGUN, BEGUN))
        self.assertEqual([act.at for act in article.acts.all()], [BEGUN])
        self.assertEqual([revision.at for revision in article.revisions.all()], [BEGUN])

    def test_refuses_a_time_that_is_still_to_come(self):
        with self.assertRaisesMessage(Refused, "is still to come"):
            publishing.begin(self.content(), by=None, when=timezone.now() + DAY)
        self.assertEqual(Article.objects.count(), 1)

    def test_refuses_a_time_without_a_zone(self):
        with self.assertRaisesMessage(Refused, "has no time zone; give it one"):
            publishing.begin(self.content(), by=None, when=THEN.replace(tzinfo=None))


class BinTest(WhenTestCase):
    def test_dates_its_acts_and_leaves_the_article_its_own_time(self):
        saved_at = self.draft.modified_at
        binned = publishing.put_in_bin(self.draft, by=self.editor, when=THEN)
        self.assertEqual(Article.binned.get().binned_at, THEN)
        publishing.take_out_of_bin(binned, by=self.editor, when=LATER)
        self.assertEqual([act.at for act in self.draft.acts.order_by("pk")][-2:], [THEN, LATER])
        self.assertEqual(Article.objects.get().modified_at, saved_at)

    def test_refuses_a_time_that_is_still_to_come(self):
        with self.assertRaisesMessage(Refused, "is still to come"):
            publishing.put_in_bin(self.draft, by=None, when=timezone.now() + DAY)
        binned = publishing.put_in_bin(self.draft, by=None)
        with self.assertRaisesMessage(Refused, "is still to come"):
            publishing.take_out_of_bin(binned, by=None, when=timezone.now() + DAY)
        self.assertTrue(Article.binned.exists())


class ThePastTest(WhenTestCase):
    def test_of_a_publication_is_its_publish_time_and_its_address(self):
        article = publishing.publish(self.draft, by=self.editor, when=THEN)
        self.assertEqual((article.publish_at, article.first_published_at), (THEN, THEN))
        self.assertIsNone(article.updated_at)
        self.assertTrue(article.get_absolute_url().startswith("/2019/03/14/"))
        self.assertEqual({link.published_at for link in article.tag_links.all()}, {THEN})

    def test_of_a_publication_is_told_to_the_press_once_and_at_once(self):
        before = timezone.now()
        article = publishing.publish(self.draft, by=self.editor, when=THEN)
        (entry,) = OutboxEntry.objects.all()
        self.assertEqual(entry.change["addresses"], [article.get_absolute_url()])
        self.assertTrue(before <= entry.due_at <= timezone.now())

    def test_of_an_update_is_what_readers_see_as_its_time(self):
        publishing.publish(
            self.published(), self.content(body="<p>Longer now.</p>"), by=self.editor, when=THEN
        )
        self.assert_readers_see_as_updated(THEN)

    def test_of_a_correction_is_what_readers_see_as_its_time(self):
        correction = publishing.correct(self.published(), by=self.editor, text="Four metres.", when=THEN)
        self.assertEqual(correction.at, THEN)
        self.assert_readers_see_as_updated(THEN)
        publishing.correct(correction.article, by=self.editor, text="No, five.", when=LATER)
        self.assert_readers_see_as_updated(LATER)

    def test_of_a_mended_and_of_a_removed_note_is_when_it_was_changed(self):
        note = publishing.correct(self.published(), by=self.editor, text="Four metres.", when=BEGUN + 2 * DAY)
        more = {"by": self.editor, "when": THEN}
        publishing.mend_correction(note.article, note.pk, text="Five metres.", kind=note.kind, **more)
        self.assertEqual(note.article.corrections.get().at, BEGUN + 2 * DAY)
        self.assert_readers_see_as_updated(THEN)
        publishing.remove_correction(note.article, note.pk, by=self.editor, when=LATER)
        self.assert_readers_see_as_updated(LATER)

    def assert_readers_see_as_updated(self, time):
        article = Article.objects.get()
        self.assertEqual(article.updated_at, time)
        page = self.client.get(article.get_absolute_url()).content.decode()
        self.assertIn(f'datetime="{timezone.localtime(time).isoformat()}"', page)

    def test_of_an_article_that_has_ended_since_can_be_told(self):
        article = publishing.publish(self.draft, by=self.editor, when=THEN, until=LATER)
        changed = self.content(headline="As it was on its last day")
        article = publishing.publish(article, changed, by=self.editor, when=LATER - DAY)
        self.assertEqual((article.updated_at, article.expires_at), (LATER - DAY, LATER))
        self.assertFalse(article.is_public())

    def test_of_a_withdrawal_leaves_the_address_gone(self):
        article = publishing.withdraw(self.published(), by=self.editor, when=THEN)
        self.assertEqual(article.state, State.WITHDRAWN)
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 410)

    def test_of_a_story_is_the_history_that_the_desk_shows(self):
        article = self.published()
        publishing.add_tag(article, "walls", by=self.editor, when=THEN)
        publishing.correct(article, by=self.editor, text="Four metres.", when=LATER)
        shown = [(act.verb, act.at) for act in article.acts.all()]
        expected = [("correct", LATER), ("tag", THEN), ("publish", BEGUN + DAY), ("create", BEGUN)]
        self.assertEqual(shown, expected)
