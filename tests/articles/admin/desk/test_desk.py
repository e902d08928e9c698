import datetime
from dataclasses import replace
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.images import make_master
from articles.models import Article, Author, Image, State, Tag
from articles.publishing import Content, save_draft
from tests import factories

from .filled_form import add_address, change_address, errors, fields, write


class AtTheDesk(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.editor = factories.editor("ana")
        cls.me = factories.author("Ana Lind", user=cls.editor)
        cls.other = factories.author("Jonas Okafor")
        factories.tag("coast")

    def setUp(self):
        self.client.force_login(self.editor)

    def only_article(self):
        return Article.objects.get()


class NewArticleTests(AtTheDesk):
    def test_has_the_writers_byline_already(self):
        self.assertEqual(fields(self.client.get(add_address()))["bylines"], "Ana Lind")

    def test_puts_the_caret_into_the_headline(self):
        self.assertContains(self.client.get(add_address()), "autofocus", count=1)

    def test_is_saved_as_a_draft_and_stays_on_the_form(self):
        response = write(self.client, headline="Sea walls", body="<p>One.</p>", _save_draft="1")
        article = self.only_article()
        self.assertRedirects(response, change_address(article))
        self.assertEqual(
            (article.state, article.headline, article.body), ("draft", "Sea walls", "<p>One.</p>")
        )
        self.assertEqual([line.author for line in article.bylines.all()], [self.me])

    def test_is_published_from_the_first_press_of_the_button(self):
        write(
            self.client,
            headline="Sea walls",
            body="<p>One.</p>",
            section=self.world.pk,
            tags="Coast, tides",
            bylines="Jonas Okafor\nPhotographs by: Ana Lind",
            _publish="1",
        )
        article = self.only_article()
        self.assertTrue(article.is_public())
        self.assertEqual(article.slug, "sea-walls")
        self.assertEqual({tag.name for tag in article.tags.all()}, {"coast", "tides"})
        self.assertEqual(
            [(line.author.name, line.role) for line in article.bylines.all()],
            [("Jonas Okafor", ""), ("Ana Lind", "Photographs by")],
        )

    def test_is_submitted_for_review(self):
        write(self.client, headline="Sea walls", _submit="1")
        self.assertEqual(self.only_article().state, State.IN_REVIEW)

    def test_names_what_is_missing_at_its_field_and_saves_nothing(self):
        response = write(self.client, headline="", body="<p>The body is full.</p>", _publish="1")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(set(errors(response)), {"headline", "section"})
        self.assertFalse(Article.objects.exists())
        self.assertEqual(fields(response)["body"], "<p>The body is full.</p>")

    def test_tells_how_to_see_the_live_page(self):
        response = write(
            self.client, headline="Sea walls", body="<p>One.</p>", section=self.world.pk, _publish="1"
        )
        page = self.client.get(response.url)
        self.assertContains(page, f'<a href="{self.only_article().get_absolute_url()}">View the page</a>')

    def test_sent_twice_makes_one_article(self):
        sent = fields(
            self.client.get(add_address()), headline="Sea walls", body="<p>One.</p>", section=self.world.pk
        )
        for button in ("_publish", "_publish"):
            response = self.client.post(add_address(), sent | {button: "1"})
            self.assertEqual(response.status_code, 302)
        self.assertEqual(self.only_article().version, 1)

    def test_takes_a_lead_picture_without_any_script(self):
        from_disk = SimpleUploadedFile("harbour.jpg", factories.picture_bytes())
        write(self.client, headline="Sea walls", lead_file=from_disk, lead_alt="A harbour", _save_draft="1")
        self.assertEqual(self.only_article().lead_alt, "A harbour")

    def test_decodes_a_picture_before_the_database_is_held(self):
        held, outside = [], len(connection.savepoint_ids)

        def noted(data):
            held.append(len(connection.savepoint_ids) > outside)
            return make_master(data)

        from_disk = SimpleUploadedFile("harbour.jpg", factories.picture_bytes())
        with mock.patch("articles.publishing.picture_library.intake.make_master", noted):
            write(self.client, headline="Sea walls", lead_file=from_disk, _save_draft="1")
        self.assertEqual(held, [False])

    def test_keeps_a_picture_through_a_refusal(self):
        from_disk = SimpleUploadedFile("harbour.jpg", factories.picture_bytes())
        refused = write(self.client, headline="", lead_file=from_disk, lead_alt="A harbour", _publish="1")
        self.assertEqual(refused.status_code, 422)
        again = fields(refused, headline="Sea walls")
        self.assertEqual(self.client.post(add_address(), again | {"_save_draft": "1"}).status_code, 302)
        self.assertEqual(self.only_article().lead_alt, "A harbour")


class LiveArticleTests(AtTheDesk):
    def setUp(self):
        super().setUp()
        self.article = factories.published_article(headline="Old words", section=self.world)

    def test_keeps_what_is_saved_from_its_readers(self):
        write(self.client, self.article, headline="New words", _save_draft="1")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Old words")
        self.assertEqual(fields(self.client.get(change_address(self.article)))["headline"], "New words")
        self.assertContains(self.client.get(change_address(self.article)), "Live, with unpublished changes")

    def test_gets_its_changes_out(self):
        write(self.client, self.article, headline="New words", _publish="1")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "New words")
        self.assertIsNone(self.article.working_copy)

    def test_drops_its_changes(self):
        write(self.client, self.article, headline="New words", _save_draft="1")
        write(self.client, self.article, _discard="1")
        self.article.refresh_from_db()
        self.assertEqual(Content.newest(self.article).headline, "Old words")

    def test_is_withdrawn_and_what_was_typed_is_kept(self):
        write(self.client, self.article, headline="Typed before withdrawing", _withdraw="1")
        self.article.refresh_from_db()
        self.assertEqual(self.article.state, State.WITHDRAWN)
        self.assertEqual(Content.newest(self.article).headline, "Typed before withdrawing")

    def test_gets_a_correction(self):
        write(
            self.client,
            self.article,
            correction_kind="clarification",
            correction_text="It is four metres.",
            _correct="1",
        )
        note = self.article.corrections.get()
        self.assertEqual((note.kind, note.text), ("clarification", "It is four metres."))

    def test_asks_for_the_text_of_a_correction_at_its_field(self):
        self.assertIn("correction_text", errors(write(self.client, self.article, _correct="1")))

    def test_gets_another_slug_and_leaves_the_old_address_behind(self):
        old = self.article.get_absolute_url()
        write(self.client, self.article, slug="A new Address!", _publish="1")
        self.article.refresh_from_db()
        self.assertEqual(self.article.slug, "a-new-address")
        self.assertTrue(self.article.old_addresses.filter(path=old).exists())

    def test_says_who_did_what(self):
        write(self.client, self.article, headline="New words", _publish="1")
        self.assertContains(self.client.get(change_address(self.article)), "ana published")


class SubmittedTests(AtTheDesk):
    def setUp(self):
        super().setUp()
        self.article = publishing.submit(factories.article(body="<p>Four metres.</p>"), by=self.editor)

    def saves(self, name, body):
        return save_draft(
            self.article, replace(Content.of(self.article), body=body), by=factories.editor(name)
        )

    def test_say_who_has_changed_the_text_since_and_lead_to_what(self):
        self.saves("ben", "<p>Five metres.</p>")
        self.article.refresh_from_db()
        self.saves("carol", "<p>Six metres.</p>")
        page = self.client.get(change_address(self.article))
        compare = reverse("admin:articles_article_compare", args=[self.article.pk])
        link = f'<a href="{compare}?old=1&amp;new=3">What changed since it was submitted</a>'
        self.assertContains(page, f"<p>{link}, by ben, carol</p>")
        compared = self.client.get(f"{compare}?old=1&new=3")
        self.assertContains(compared, "<del>Four</del><ins>Six</ins> metres.")

    def test_say_nothing_of_a_text_that_nobody_has_changed(self):
        self.assertNotContains(self.client.get(change_address(self.article)), "since it was submitted")

    def test_say_nothing_once_the_review_is_over(self):
        self.saves("ben", "<p>Five metres.</p>")
        publishing.return_to_draft(self.article, by=self.editor)
        self.assertNotContains(self.client.get(change_address(self.article)), "since it was submitted")

    def test_count_from_the_last_time_it_was_submitted(self):
        self.saves("ben", "<p>Five metres.</p>")
        publishing.return_to_draft(self.article, by=self.editor)
        self.article.refresh_from_db()
        publishing.submit(self.article, by=self.editor)
        self.assertNotContains(self.client.get(change_address(self.article)), "since it was submitted")


class SlugTests(AtTheDesk):
    def test_gets_a_number_where_it_is_taken_on_that_day(self):
        factories.published_article(headline="Sea walls", slug="sea-walls", section=self.world)
        write(self.client, headline="Sea walls", body="<p>Two.</p>", section=self.world.pk, _publish="1")
        self.assertEqual(Article.objects.first().slug, "sea-walls-2")


class TimeTests(AtTheDesk):
    def try_time(self, time, button="_schedule", **more):
        return write(
            self.client,
            headline="Sea walls",
            body="<p>One.</p>",
            section=self.world.pk,
            publish_at=time,
            **{button: "1"},
            **more,
        )

    def test_schedules_in_the_sites_zone(self):
        day = timezone.localdate() + datetime.timedelta(days=1)
        self.try_time(f"{day}T06:00")
        article = self.only_article()
        self.assertTrue(article.is_scheduled)
        self.assertEqual(f"{timezone.localtime(article.publish_at):%Y-%m-%d %H:%M}", f"{day} 06:00")

    def test_never_publishes_before_the_time_that_is_filled_in(self):
        day = timezone.localdate() + datetime.timedelta(days=1)
        self.try_time(f"{day}T06:00", button="_publish")
        self.assertTrue(self.only_article().is_scheduled)

    def test_publishes_a_scheduled_article_at_once_when_asked(self):
        article = factories.published_article(
            authors=[self.me], at=timezone.now() + datetime.timedelta(days=1), section=self.world
        )
        write(self.client, article, _publish="1")
        article.refresh_from_db()
        self.assertTrue(article.is_public())

    def test_is_taken_off_the_schedule_even_unfinished(self):
        article = factories.published_article(
            at=timezone.now() + datetime.timedelta(days=1), section=self.world
        )
        write(self.client, article, headline="", _return="1")
        article.refresh_from_db()
        self.assertEqual((article.state, article.headline), (State.DRAFT, ""))

    def test_says_at_the_field_what_is_wrong_with_a_time(self):
        for time in (
            "1900-01-01T06:00",
            "9999-12-31T23:59",
            "0001-01-01T00:00",
            "99999-01-01T06:00",
            "tomorrow",
            "2027-03-28T01:30",
            "",
            "2026-02-30T06:00",
            "2020-01-01T06:00",
        ):
            with self.subTest(time):
                response = self.try_time(time)
                self.assertEqual(response.status_code, 422)
                self.assertEqual(set(errors(response)), {"publish_at"})
                self.assertFalse(Article.objects.exists())

    def test_refuses_an_end_that_has_passed(self):
        response = self.try_time("", button="_publish", expires_at="2020-01-01T06:00")
        self.assertEqual(set(errors(response)), {"expires_at"})

    def test_keeps_the_end_of_a_live_article_when_its_text_changes(self):
        until = timezone.now().replace(microsecond=0, second=0) + datetime.timedelta(days=9)
        article = factories.published_article(until=until, section=self.world)
        write(self.client, article, headline="New words", _publish="1")
        article.refresh_from_db()
        self.assertEqual(article.expires_at, until)


class QueryTests(AtTheDesk):
    def test_opens_the_form_in_a_bounded_number_of_queries(self):
        article = factories.published_article(
            section=self.world, authors=[self.me, self.other], lead_image=factories.image()
        )
        article.tags.set(["coast", "tides", "walls"])
        save_draft(article, replace(Content.of(article), kicker="Coast"), by=self.editor)
        self.client.get(change_address(article))
        with self.assertNumQueries(15):
            self.client.get(change_address(article))

    def test_leaves_no_row_behind_by_being_opened(self):
        self.client.get(add_address())
        self.assertEqual(
            (Article.objects.count(), Image.objects.count(), Tag.objects.count(), Author.objects.count()),
            (0, 0, 1, 2),
        )
