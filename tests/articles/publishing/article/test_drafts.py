import datetime
import uuid

from django.utils import timezone

from articles.models import Act, Article, Author, OutboxEntry, State
from articles.publishing import (
    BylineContent,
    Conflict,
    Content,
    NotReady,
    Refused,
    begin,
    discard_working_copy,
    publish,
    return_to_draft,
    save_draft,
    schedule,
    submit,
    withdraw,
)
from tests.articles.publishing.newsroom import NewsroomTestCase

TOMORROW = datetime.timedelta(days=1)


class BeginTest(NewsroomTestCase):
    def test_keeps_all_that_was_written(self):
        article = begin(self.content(), by=self.editor)
        kept = Content.of(Article.objects.get(pk=article.pk))
        self.assertEqual(kept.headline, "Harbour towns weigh the price")
        self.assertEqual(kept.tags, ("coast", "money"))
        self.assertEqual([line.author_id for line in kept.bylines], [self.mara.pk, self.jonas.pk])
        self.assertEqual(kept.bylines[1].role, "Photographs by")

    def test_leaves_a_revision_and_an_act_and_nothing_for_readers(self):
        article = begin(self.content(), by=self.editor)
        self.assertEqual(article.revisions.get().content["headline"], "Harbour towns weigh the price")
        act = article.acts.get()
        self.assertEqual((act.verb, act.by), (Act.Verb.CREATE, self.editor))
        self.assertFalse(OutboxEntry.objects.exists())
        self.assertFalse(Article.objects.published().exists())

    def test_takes_an_empty_form(self):
        self.assertEqual(begin(Content(), by=self.editor).state, State.DRAFT)

    def test_refuses_the_same_form_sent_twice(self):
        uid = uuid.uuid4()
        begin(self.content(), by=self.editor, uid=uid)
        with self.assertRaises(Conflict):
            begin(self.content(), by=self.editor, uid=uid)
        self.assertEqual(Article.objects.count(), 1)

    def test_stores_the_body_sanitised_and_its_parts_with_ids(self):
        article = begin(self.content(body="<h2>A line</h2><script>x()</script><p>Text</p>"), by=self.editor)
        self.assertEqual(article.body, '<h2 id="a-line">A line</h2>\n<p>Text</p>')

    def test_drops_control_characters_from_plain_fields(self):
        article = begin(self.content(headline="Sea\x00\n wall", standfirst="One\r\ntwo\x07"), by=self.editor)
        self.assertEqual((article.headline, article.standfirst), ("Sea wall", "One\ntwo"))


class SaveDraftTest(NewsroomTestCase):
    def setUp(self):
        self.article = begin(self.content(), by=self.editor)

    def test_changes_a_draft_and_keeps_the_old_text_as_a_revision(self):
        save_draft(self.article, self.content(headline="Higher"), by=self.editor)
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Higher")
        self.assertEqual(
            [revision.content["headline"] for revision in self.article.revisions.all()],
            ["Higher", "Harbour towns weigh the price"],
        )

    def test_keeps_no_second_revision_of_an_unchanged_text(self):
        save_draft(self.article, self.content(), by=self.editor)
        self.assertEqual(self.article.revisions.count(), 1)

    def test_refuses_to_write_over_what_another_saved(self):
        save_draft(self.article, self.content(headline="Hers"), by=self.editor, expected=1)
        with self.assertRaises(Conflict):
            save_draft(self.article, self.content(headline="His"), by=self.editor, expected=1)
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Hers")

    def test_of_a_live_article_changes_the_working_copy_and_nothing_that_readers_see(self):
        publish(self.article, by=self.editor)
        entries = OutboxEntry.objects.count()
        saved = save_draft(self.article, self.content(headline="Not yet"), by=self.editor)
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Harbour towns weigh the price")
        self.assertEqual(Content.newest(saved).headline, "Not yet")
        self.assertEqual(OutboxEntry.objects.count(), entries)
        self.assertTrue(self.article.is_public())

    def test_of_a_live_article_keeps_an_id_when_other_parts_are_edited(self):
        publish(self.article, by=self.editor)
        body = "<h2>A new first part</h2><p>x</p><h2>A line</h2><p>Text</p>"
        saved = save_draft(self.article, self.content(body=body), by=self.editor)
        self.assertIn('<h2 id="a-line">A line</h2>', Content.newest(saved).body)

    def test_of_a_scheduled_article_changes_what_will_go_out(self):
        schedule(self.article, by=self.editor, at=timezone.now() + TOMORROW)
        saved = save_draft(self.article, self.content(headline="Better"), by=self.editor)
        saved.refresh_from_db()
        self.assertEqual(saved.headline, "Better")
        self.assertIsNone(saved.working_copy)

    def test_of_a_scheduled_article_refuses_what_could_not_go_out(self):
        schedule(self.article, by=self.editor, at=timezone.now() + TOMORROW)
        with self.assertRaises(NotReady) as refusal:
            save_draft(self.article, self.content(headline=""), by=self.editor)
        self.assertEqual(refusal.exception.problems[0].field, "headline")

    def test_of_a_scheduled_article_never_leaves_it_without_a_slug(self):
        schedule(self.article, by=self.editor, at=timezone.now() + TOMORROW)
        saved = save_draft(self.article, self.content(slug=""), by=self.editor)
        self.assertEqual(saved.slug, "harbour-towns-weigh-the-price")

    def test_gives_a_number_to_a_slug_that_another_article_of_that_day_has(self):
        other = publish(begin(self.content(slug="taken"), by=self.editor), by=self.editor)
        withdraw(publish(self.article, by=self.editor), by=self.editor)
        saved = save_draft(self.article, self.content(slug="taken"), by=self.editor)
        self.assertEqual((other.address_date, other.slug), (saved.address_date, "taken"))
        self.assertEqual(saved.slug, "taken-2")

    def test_leaves_the_old_address_of_a_withdrawn_article_gone_for_good(self):
        old = publish(self.article, by=self.editor).get_absolute_url()
        withdraw(self.article, by=self.editor)
        saved = save_draft(self.article, self.content(slug="another"), by=self.editor)
        self.assertEqual(saved.old_addresses.get().path, old)
        self.assertIn(old, OutboxEntry.objects.order_by("pk").last().change["addresses"])
        self.assertIn(saved.get_absolute_url(), OutboxEntry.objects.order_by("pk").last().change["addresses"])

    def test_of_a_withdrawn_article_takes_away_its_section_and_goes_on(self):
        withdraw(publish(self.article, by=self.editor), by=self.editor)
        save_draft(self.article, self.content(section_id=None), by=self.editor)
        again = publish(self.article, self.content(headline="Back again"), by=self.editor)
        self.assertTrue(again.is_public())

    def test_of_an_expired_article_changes_the_working_copy(self):
        hour = datetime.timedelta(hours=1)
        now = timezone.now()
        publish(self.article, by=self.editor, at=now - 2 * hour, until=now - hour)
        saved = save_draft(self.article, self.content(section_id=None, headline=""), by=self.editor)
        saved.refresh_from_db()
        self.assertEqual(saved.headline, "Harbour towns weigh the price")
        self.assertEqual(Content.newest(saved).headline, "")

    def test_a_discarded_working_copy_leaves_its_revision(self):
        publish(self.article, by=self.editor)
        save_draft(self.article, self.content(headline="No"), by=self.editor)
        discard_working_copy(self.article, by=self.editor)
        self.article.refresh_from_db()
        self.assertEqual(Content.newest(self.article).headline, "Harbour towns weigh the price")
        self.assertEqual(self.article.revisions.first().content["headline"], "No")

    def test_a_colleagues_newer_text_is_not_discarded(self):
        publish(self.article, by=self.editor)
        save_draft(self.article, self.content(headline="Mine"), by=self.editor)
        seen = save_draft(self.article, self.content(headline="Hers"), by=self.editor).version - 1
        with self.assertRaises(Conflict):
            discard_working_copy(self.article, by=self.editor, expected=seen)

    def test_of_an_article_that_somebody_deleted_is_refused_with_a_way_out(self):
        Article.objects.filter(pk=self.article.pk).delete()
        with self.assertRaisesMessage(Refused, "save your text as a new one"):
            save_draft(self.article, self.content(headline="Late"), by=self.editor)

    def test_goes_without_an_author_who_has_left(self):
        gone = Author.objects.create(name="Gone", slug="gone")
        content = self.content(bylines=(BylineContent(gone.pk), BylineContent(self.mara.pk)))
        gone.delete()
        saved = save_draft(self.article, content, by=self.editor)
        self.assertEqual([line.author for line in saved.bylines.all()], [self.mara])


class SubmitTest(NewsroomTestCase):
    def test_hands_a_draft_to_the_editors_and_back(self):
        article = submit(begin(self.content(), by=self.editor), by=self.editor)
        self.assertEqual(article.state, State.IN_REVIEW)
        self.assertEqual(return_to_draft(article, by=self.editor).state, State.DRAFT)

    def test_needs_a_headline(self):
        article = begin(self.content(headline=""), by=self.editor)
        with self.assertRaises(NotReady):
            submit(article, by=self.editor)

    def test_refuses_what_is_published(self):
        article = publish(begin(self.content(), by=self.editor), by=self.editor)
        with self.assertRaises(Refused):
            submit(article, by=self.editor)

    def test_a_scheduled_article_taken_back_has_no_address(self):
        article = begin(self.content(), by=self.editor)
        schedule(article, by=self.editor, at=timezone.now() + TOMORROW)
        article = return_to_draft(article, by=self.editor)
        self.assertEqual((article.state, article.address_date, article.publish_at), (State.DRAFT, None, None))
