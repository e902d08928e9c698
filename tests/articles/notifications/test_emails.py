"""E-mails through a real mail server on this computer."""

import datetime

import time_machine
from django.contrib.auth import get_user_model
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Email, EmailWanted, Notification, OutboxEntry
from articles.models.desk.notification import Kind
from articles.notifications.consumer import Notifications
from articles.notifications.sending import IN_HAND, KEPT, Mail
from articles.press.render.failures import note_failure
from articles.publishing import approve, publish, put_in_bin, return_to_draft, submit
from articles.publishing.notes.draft_links import make_link, write_comment
from articles.publishing.notes.words import Words
from articles.publishing.notes.writing import write_note
from tests import factories as make
from tests.articles.admin.desk.case import somebody

from .mail_server import MailServer

HOUR = datetime.timedelta(hours=1)
NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class EmailTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.mairi = make.editor("ana"), somebody("mairi", "Editors")
        get_user_model().objects.filter(pk=cls.mairi.pk).update(email="mairi@example.org")
        get_user_model().objects.filter(pk=cls.ana.pk).update(email="ana@example.org")
        for person in (cls.ana, cls.mairi):
            EmailWanted.objects.bulk_create(EmailWanted(person=person, kind=kind) for kind in Kind)
        cls.article = make.article(headline="The wall", by=cls.mairi)

    def setUp(self):
        self.server = self.enterContext(MailServer())
        self.enterContext(
            self.settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=self.server.port)
        )
        self.newest = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def work_off(self):
        """What the consumer and the sending thread of a press do. Twice, because a reminder brings an entry of its
        own, and what comes again tells nobody again."""
        for _ in range(2):
            due = OutboxEntry.objects.filter(pk__gt=self.newest, due_at__lte=timezone.now())
            Notifications().take([entry.change for entry in due.order_by("pk")])
        while Mail().turn():
            pass

    @property
    def subjects(self):
        return [" ".join(message["Subject"].split()) for message in self.server.messages]

    @override_settings(
        NEWSROOM={"NAME": "The Tide", "TAGLINE": "", "URL": "https://tide.example", "LANGUAGE": "en-gb"}
    )
    def test_a_mention_arrives_in_text_and_html_with_links_that_work(self):
        words = Words("four metres")
        note = write_note(self.article, "Six, @mairi? <b>", by=self.ana, words=words)
        self.work_off()
        (message,) = self.server.messages
        self.assertEqual(message["Subject"], "ana mentions you in a note on “The wall”")
        self.assertEqual(message["To"], "mairi@example.org")
        self.assertEqual(
            message["Message-ID"], f"<notification-{Notification.objects.get().pk}@tide.example>"
        )
        text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
        link = f"https://tide.example/admin/articles/article/{self.article.pk}/change/#note-{note.pk}"
        for part in (text, html):
            for said in (link, "four metres", "https://tide.example/admin/articles/notification/"):
                self.assertIn(said, part)
        self.assertIn("Six, @mairi? <b>", text)
        self.assertIn("Six, @mairi? &lt;b&gt;", html)
        self.client.force_login(self.mairi)
        self.assertContains(
            self.client.get(link.removeprefix("https://tide.example")), f'id="note-{note.pk}"'
        )

    def test_each_event_has_its_e_mail(self):
        with time_machine.travel(NOON, tick=False) as clock:
            submit(self.article, by=self.mairi)
            return_to_draft(self.article, by=self.ana, reason="Who says so?")
            submit(self.article, by=self.mairi)
            approve(self.article, by=self.ana)
            write_note(self.article, "She does.", by=self.mairi, thread=self.article.notes.get().pk)
            publish(self.article, by=self.ana, at=NOON + 2 * HOUR)
            clock.move_to(NOON + HOUR)
            self.work_off()
        self.assertEqual(
            sorted(self.subjects),
            [
                "ana has approved “The wall”",
                "ana has sent “The wall” back",
                "mairi has answered in a thread on “The wall”",
                "“The wall” goes out at 10 June 2026, 15:00",
                "“The wall” goes out at 10 June 2026, 15:00",
            ],
        )

    def test_a_comment_through_a_draft_link_is_told_to_who_made_it_and_who_wrote_the_article(self):
        link, _ = make_link(self.article, by=self.ana)
        write_comment(link, "It is six metres. @mairi", name="Dr. Vo")
        write_comment(link, "It is six metres. @mairi", name="Dr. Vo")
        self.work_off()
        subject = "Dr. Vo, who has a draft link, comments on “The wall”"
        self.assertEqual(self.subjects, [subject, subject])
        self.assertEqual(
            {message["To"] for message in self.server.messages}, {"ana@example.org", "mairi@example.org"}
        )
        self.assertIn("six metres", self.server.messages[0].get_body(["plain"]).get_content())
        self.client.force_login(self.ana)
        bell = self.client.get(reverse("admin:articles_notification_changelist"))
        self.assertContains(bell, subject)

    def test_an_hour_before_is_not_told_when_it_is_too_late_or_not_true_any_more(self):
        with time_machine.travel(NOON, tick=False) as clock:
            article = publish(submit(self.article, by=self.mairi), by=self.ana, at=NOON + 2 * HOUR)
            clock.move_to(NOON + HOUR)
            due = OutboxEntry.objects.filter(pk__gt=self.newest, due_at__lte=timezone.now())
            Notifications().take([entry.change for entry in due.order_by("pk")])
            self.assertTrue(Notification.objects.filter(kind=Kind.SOON).exists())
            return_to_draft(article, by=self.ana, reason="Not yet.")
            self.work_off()
        self.assertFalse([subject for subject in self.subjects if "goes out" in subject])

    def test_who_publishes_and_who_wrote_are_told_of_a_page_that_fails(self):
        article = publish(submit(self.article, by=self.mairi), by=self.ana)
        self.newest = OutboxEntry.objects.order_by("-pk").first().pk
        for shelf in ("one", "two"):
            for _ in range(2):
                note_failure(shelf, article.get_absolute_url(), "ValueError: broken")
        self.work_off()
        self.work_off()
        self.assertEqual(len(self.subjects), 2)
        self.assertIn("“The wall” cannot be printed", self.subjects[0])
        self.assertEqual(
            {message["To"] for message in self.server.messages}, {"ana@example.org", "mairi@example.org"}
        )

    def test_many_failing_pages_are_told_of_some(self):
        for number in range(25):
            note_failure("shelf", f"/{number}/", "ValueError: broken")
        self.assertEqual(OutboxEntry.objects.filter(change__kind="print_failed").count(), 20)

    def test_is_sent_once_however_often_and_on_how_many_hosts_it_comes(self):
        write_note(self.article, "@mairi", by=self.ana)
        change = OutboxEntry.objects.order_by("-pk").first().change
        for _ in range(2):
            Notifications().take([change])
        email = Email.objects.get()
        self.assertEqual([Mail().turn(), Mail().turn()], [True, False])
        Notifications().take([change])
        self.assertEqual(([Mail().turn()], len(self.subjects)), ([False], 1))
        # Another host has it in hand.
        Email.objects.update(done_at=None, next_try_at=timezone.now() + IN_HAND)
        self.assertFalse(Mail().turn())
        self.assertEqual(str(email.notification.person), "mairi")

    def test_a_server_that_refuses_is_tried_again_and_nothing_else_waits(self):
        with time_machine.travel(NOON, tick=False) as clock:
            write_note(self.article, "@mairi", by=self.ana)
            self.server.refuses = True
            with self.assertLogs("articles.notifications", "ERROR"):
                self.work_off()
            email = Email.objects.get()
            self.assertEqual((email.tries, self.subjects), (1, []))
            self.assertIn("Come again later", email.last_error)
            self.server.refuses = False
            self.assertFalse(Mail().turn())
            clock.move_to(NOON + datetime.timedelta(seconds=3))
            self.assertTrue(Mail().turn())
            self.assertEqual(len(self.subjects), 1)

    def test_a_server_whose_name_is_not_known_is_tried_again(self):
        with time_machine.travel(NOON, tick=False) as clock:
            write_note(self.article, "@mairi", by=self.ana)
            with self.settings(EMAIL_HOST="mail.invalid"), self.assertLogs("articles.notifications", "ERROR"):
                self.work_off()
            self.assertEqual((Email.objects.get().tries, self.subjects), (1, []))
            clock.move_to(NOON + datetime.timedelta(seconds=3))
            self.assertTrue(Mail().turn())
            self.assertEqual(len(self.subjects), 1)

    def test_is_dropped_after_three_days_without_a_server(self):
        self.server.refuses = True
        with (
            time_machine.travel(NOON, tick=False) as clock,
            self.assertLogs("articles.notifications", "ERROR"),
        ):
            write_note(self.article, "@mairi", by=self.ana)
            self.work_off()
            clock.move_to(NOON + KEPT + HOUR)
            Mail().turn()
        self.assertIsNotNone(Email.objects.get().done_at)

    def test_who_may_no_longer_read_the_article_gets_no_word_of_it(self):
        for lost in (
            lambda: self.mairi.groups.clear(),
            lambda: put_in_bin(self.article, by=self.ana),
            lambda: get_user_model().objects.filter(pk=self.mairi.pk).update(is_active=False),
        ):
            with self.subTest(lost):
                self.mairi.groups.set(self.mairi.groups.model.objects.filter(name="Editors"))
                write_note(self.article, "@mairi", by=self.ana)
                lost()
                self.work_off()
                self.assertEqual(self.subjects, [])
                self.assertFalse(Email.objects.filter(done_at=None).exists())
                type(self.article).including_bin.update(binned_at=None)

    def test_who_wants_none_gets_none_and_no_entry_is_written_for_it(self):
        EmailWanted.objects.all().delete()
        write_note(self.article, "@mairi", by=self.ana)
        self.assertFalse(OutboxEntry.objects.filter(pk__gt=self.newest).exists())
        self.assertEqual(Notification.objects.get().person, self.mairi)

    def test_nobody_is_reminded_of_a_time_that_was_changed(self):
        with time_machine.travel(NOON, tick=False) as clock:
            article = publish(self.article, by=self.ana, at=NOON + 2 * HOUR)
            publish(article, by=self.ana, at=NOON + 9 * HOUR)
            clock.move_to(NOON + HOUR)
            self.work_off()
            self.assertEqual(self.subjects, [])
            clock.move_to(NOON + 8 * HOUR)
            self.work_off()
            self.assertEqual(len(self.subjects), 2)
