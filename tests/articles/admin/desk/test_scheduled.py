"""Scheduled changes at the desk: set, shown, moved, cancelled; and said where they could not go out."""

import datetime

from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.publishing import Content
from articles.publishing.article.scheduling.go_live import publish_due
from tests import factories as make

from .case import DeskTestCase, address, somebody
from .filled_form import buttons, change_address, errors, fields, write

DAY = datetime.timedelta(days=1)


def on(days):
    """That many days from now at six, as it is typed."""
    return f"{timezone.localdate() + days * DAY}T06:00"


class ScheduledCase(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.world = make.section("World")
        cls.article = make.published_article(
            authors=[make.author()], headline="As readers have it", section=cls.world
        )

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def form(self):
        return self.client.get(change_address(self.article))

    def scheduled(self, **changes):
        written = {"headline": "As scheduled", "publish_at": on(1), "_schedule": "1"}
        return write(self.client, self.article, **(written | changes))

    def overdue(self, **changes):
        """A day ago, and no press has come."""
        values = {"scheduled_for": timezone.now() - DAY, **changes}
        Article.objects.filter(pk=self.article.pk).update(**values)

    def messages(self, response):
        return self.told(self.client.get(response.url))


class ScheduleTest(ScheduledCase):
    def test_readers_keep_the_page_and_the_editor_is_told_so(self):
        told = self.messages(self.scheduled())
        self.assertIn("The changes go out on", told[0])
        self.assertIn("Until then readers keep what they have.", told[0])
        article = self.now()
        self.assertTrue(article.is_public())
        self.assertEqual(article.headline, "As readers have it")
        self.assertEqual(f"{timezone.localtime(article.scheduled_for):%Y-%m-%dT%H:%M}", on(1))

    def test_the_form_shows_them_with_their_time(self):
        self.scheduled()
        page = self.form()
        self.assertContains(page, "Live, with changes scheduled")
        self.assertContains(page, "Readers see the text published before.")
        self.assertContains(page, "The changes go out on")
        shown = fields(page)
        self.assertEqual((shown["headline"], shown["publish_at"]), ("As scheduled", on(1)))
        offered = {"_save_draft", "_publish", "_reschedule", "_schedule", "_cancel", "_withdraw", "_correct"}
        self.assertEqual(buttons(page), offered | {"_bin"})

    def test_a_time_that_is_filled_in_is_kept_whatever_button_is_pressed(self):
        sent = fields(self.form(), headline="As scheduled", publish_at=on(1)) | {"_publish": "1"}
        told = self.messages(self.client.post(change_address(self.article), sent))
        self.assertIn("The changes go out on", told[0])
        self.assertTrue(self.now().has_scheduled_changes)
        self.assertEqual(self.now().headline, "As readers have it")

    def test_a_time_that_has_passed_moves_no_live_article(self):
        for button in ("_schedule", "_publish"):
            with self.subTest(button):
                sent = fields(self.form(), headline="New", publish_at=on(-1)) | {button: "1"}
                response = self.client.post(change_address(self.article), sent)
                self.assertEqual((response.status_code, set(errors(response))), (422, {"publish_at"}))
                self.assertEqual(self.now().publish_at, self.article.publish_at)

    def test_of_a_withdrawn_article_says_that_it_comes_back(self):
        publishing.withdraw(self.article, by=None)
        self.assertIn("It comes back on", self.messages(self.scheduled())[0])
        page = self.form()
        self.assertContains(page, "Withdrawn")
        self.assertContains(page, "It comes back on")
        self.assertNotIn("_submit", buttons(page))
        self.assertEqual(self.client.get(self.article.get_absolute_url()).status_code, 410)

    def test_their_end_is_said_with_their_time(self):
        self.scheduled(expires_at=on(3))
        self.assertContains(self.form(), "It ends on")
        self.assertEqual(fields(self.form())["expires_at"], on(3))
        self.assertIsNone(self.now().expires_at)

    def test_what_is_saved_later_is_not_part_of_them(self):
        self.scheduled()
        told = self.messages(write(self.client, self.article, headline="Later", _save_draft="1"))
        self.assertIn("stays as it was; this is not part of it", told[0])
        page = self.form()
        self.assertContains(page, "What was saved since is not part of it.")
        self.assertIn("_discard", buttons(page))
        self.assertContains(page, f"/preview/{self.article.uid}/?scheduled")
        preview = self.client.get(f"/preview/{self.article.uid}/?scheduled")
        self.assertContains(preview, "As scheduled")
        self.assertNotContains(preview, "Later")

    def test_newer_changes_are_discarded_back_to_what_is_scheduled(self):
        self.scheduled()
        write(self.client, self.article, headline="Later", _save_draft="1")
        self.assertIn(
            "this is what is scheduled", self.messages(write(self.client, self.article, _discard="1"))[0]
        )
        self.assertEqual(fields(self.form())["headline"], "As scheduled")
        self.assertTrue(self.now().has_scheduled_changes)

    def test_a_reporter_neither_cancels_nor_moves_them_and_may_save_beside_them(self):
        self.scheduled()
        self.client.force_login(somebody("rita", "Editors"))
        self.assertEqual(buttons(self.form()), {"_save_draft"})
        for button in ("_cancel", "_reschedule", "_schedule"):
            with self.subTest(button):
                sent = fields(self.form(), headline="Sneaked in") | {button: "1", "publish_at": on(2)}
                self.assertEqual(self.client.post(change_address(self.article), sent).status_code, 403)
        write(self.client, self.article, headline="A reporter's", _save_draft="1")
        article = self.now()
        self.assertEqual(article.scheduled_revision.content["headline"], "As scheduled")
        self.assertEqual(Content.newest(article).headline, "A reporter's")


class SecondThoughtsTest(ScheduledCase):
    def setUp(self):
        super().setUp()
        self.scheduled()

    def test_another_time_is_theirs_and_what_was_typed_is_kept_beside_them(self):
        told = self.messages(
            write(self.client, self.article, headline="Typed", publish_at=on(2), _reschedule="1")
        )
        self.assertIn("What was saved since is not part of it.", told[0])
        article = self.now()
        self.assertEqual(f"{timezone.localtime(article.scheduled_for):%Y-%m-%dT%H:%M}", on(2))
        self.assertEqual(article.scheduled_revision.content["headline"], "As scheduled")
        self.assertEqual(Content.newest(article).headline, "Typed")

    def test_another_time_alone_saves_no_second_text(self):
        version = self.now().version
        write(self.client, self.article, publish_at=on(2), _reschedule="1")
        self.assertEqual((self.now().version, self.now().has_unscheduled_changes), (version, False))

    def test_another_text_takes_their_place(self):
        write(self.client, self.article, headline="Instead", _schedule="1")
        article = self.now()
        self.assertEqual(article.scheduled_revision.content["headline"], "Instead")
        self.assertFalse(article.has_unscheduled_changes)

    def test_cancelled_they_stay_in_the_form(self):
        told = self.messages(write(self.client, self.article, _cancel="1"))
        self.assertIn("Nothing goes out at that time", told[0])
        self.assertFalse(self.now().has_scheduled_changes)
        page = self.form()
        self.assertContains(page, "Live, with unpublished changes")
        self.assertEqual((fields(page)["headline"], fields(page)["publish_at"]), ("As scheduled", ""))

    def test_cancelling_keeps_what_was_typed(self):
        write(self.client, self.article, headline="Typed", _cancel="1")
        self.assertEqual(Content.newest(self.now()).headline, "Typed")

    def test_a_colleague_who_was_faster_is_not_overruled(self):
        for button, more in (("_cancel", {}), ("_reschedule", {"publish_at": on(2)})):
            with self.subTest(button):
                sent = fields(self.form(), headline="Mine", **more) | {button: "1"}
                newer = make.content(headline=f"Hers before {button}", section=self.world)
                publishing.save_draft(self.article, newer, by=None)
                response = self.client.post(change_address(self.article), sent)
                self.assertEqual(response.status_code, 409)
                self.assertContains(response, "data-choice", status_code=409)
                self.assertEqual(f"{timezone.localtime(self.now().scheduled_for):%Y-%m-%dT%H:%M}", on(1))

    def test_what_went_out_meanwhile_can_neither_be_cancelled_nor_moved(self):
        for button, more in (("_cancel", {}), ("_reschedule", {"publish_at": on(2)})):
            with self.subTest(button):
                self.scheduled(headline=f"Out before {button}")
                sent = fields(self.form(), **more) | {button: "1"}
                self.overdue()
                publish_due()
                response = self.client.post(change_address(self.article), sent)
                self.assertContains(response, "The site published it at", status_code=409)
                again = self.client.post(
                    change_address(self.article), fields(response) | {button: "1"} | more
                )
                self.assertContains(again, "Nothing is scheduled for this article any more", status_code=422)

    def test_published_now_it_is_said_what_does_not_go_out(self):
        told = self.messages(write(self.client, self.article, _publish="1"))
        self.assertIn("Published. It takes the place of what was scheduled for", told[0])
        self.assertEqual(self.now().headline, "As scheduled")
        self.assertFalse(self.now().has_scheduled_changes)

    def test_withdrawn_it_is_said_that_they_do_not_go_out(self):
        told = self.messages(write(self.client, self.article, _withdraw="1"))
        self.assertIn("is cancelled, and stays here", told[0])
        self.assertFalse(self.now().has_scheduled_changes)

    def test_many_at_once_are_not_published_before_their_time(self):
        told = self.told(self.act("publish", self.article))
        self.assertIn("Changes to it are scheduled for", told[-1])
        self.assertEqual(self.now().headline, "As readers have it")


class EndTest(ScheduledCase):
    def test_a_form_without_the_field_leaves_the_end_as_it_is(self):
        until = timezone.now().replace(microsecond=0, second=0) + DAY
        publishing.publish(self.article, by=None, until=until)
        sent = fields(self.form(), headline="New words") | {"_publish": "1"}
        del sent["expires_at"]
        self.client.post(change_address(self.article), sent)
        self.assertEqual((self.now().headline, self.now().expires_at), ("New words", until))

    def test_an_empty_field_takes_it_away(self):
        publishing.publish(self.article, by=None, until=timezone.now() + DAY)
        write(self.client, self.article, expires_at="", _publish="1")
        self.assertIsNone(self.now().expires_at)


class ListTest(ScheduledCase):
    def row(self):
        return self.client.get(address("article_changelist"))

    def test_says_when_they_go_out(self):
        self.scheduled()
        self.assertContains(self.row(), '<small class="standing__ahead">changes scheduled for <time')
        self.assertNotContains(self.row(), "unpublished changes</small>")

    def test_says_when_a_withdrawn_article_comes_back(self):
        publishing.withdraw(self.article, by=None)
        self.scheduled()
        self.assertContains(self.row(), '<small class="standing__ahead">scheduled for <time')

    def test_says_that_something_newer_waits_beside_them(self):
        self.scheduled()
        write(self.client, self.article, headline="Later", _save_draft="1")
        self.assertContains(self.row(), "changes scheduled for <time")
        self.assertContains(self.row(), "unpublished changes</small>")

    def test_is_found_under_scheduled_in_the_order_of_time(self):
        sooner = make.published_article(
            authors=[make.author()], at=timezone.now() + DAY / 24, section=self.world
        )
        later = make.published_article(
            authors=[make.author()], at=timezone.now() + 5 * DAY, section=self.world
        )
        self.scheduled(publish_at=on(2))
        self.assertEqual(self.shown(state="scheduled"), [sooner, self.article, later])
        self.assertEqual(self.shown(state="changed"), [])
        write(self.client, self.article, headline="Later", _save_draft="1")
        self.assertEqual(self.shown(state="changed"), [self.article])

    def test_of_many_asks_nothing_more(self):
        for _ in range(20):
            article = make.published_article(authors=[make.author()], section=self.world)
            publishing.schedule(article, by=None, at=timezone.now() + DAY)
        # Session, user, permissions (2), their sections, sections, languages, count, rows, open windows, bylines, the bell,
        # first and last time.
        with self.assertNumQueries(14):
            self.row()


class TroubleTest(ScheduledCase):
    """No press came, or something refused them: said on the article, in the list and on the first page."""

    def test_overdue(self):
        self.scheduled()
        self.assertNotContains(self.client.get("/admin/"), "were to go out")
        self.overdue()
        self.assertContains(self.form(), "The changes were to go out on")
        self.assertContains(self.client.get(address("article_changelist")), "changes overdue since <time")
        page = self.client.get("/admin/")
        self.assertContains(
            page, f'<a href="{change_address(self.article)}" dir="auto">As readers have it</a>'
        )
        self.assertContains(page, "no press has come to it")
        publish_due()
        self.assertNotContains(self.client.get("/admin/"), "no press has come to it")

    def test_refused(self):
        self.scheduled()
        self.overdue(scheduled_problem="Choose a <section>.")
        for page in (self.form(), self.client.get(address("article_changelist")), self.client.get("/admin/")):
            self.assertContains(page, "Choose a &lt;section&gt;.")
        self.assertContains(self.form(), "The changes did not go out on")
        self.assertContains(self.client.get("/admin/"), "readers keep the text from before")
        write(self.client, self.article, publish_at=on(1), _reschedule="1")
        self.assertNotContains(self.form(), "Choose a &lt;section&gt;.")

    def test_of_a_withdrawn_article(self):
        publishing.withdraw(self.article, by=None)
        self.scheduled()
        self.overdue()
        self.assertContains(self.form(), "It was to come back on")
        self.overdue(scheduled_problem="Choose a section.")
        self.assertContains(self.form(), "It did not come back on")

    def test_of_many_names_ten_and_leads_to_the_rest(self):
        for _ in range(11):
            article = make.published_article(authors=[make.author()], section=self.world)
            publishing.schedule(article, by=None, at=timezone.now() + DAY)
        Article.objects.exclude(scheduled_for=None).update(scheduled_for=timezone.now())
        page = self.client.get("/admin/")
        self.assertContains(page, "no press has come to it", count=10)
        self.assertContains(page, '?state=scheduled">more</a>')
