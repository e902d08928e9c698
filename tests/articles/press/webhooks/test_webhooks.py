"""From a verb to what a receiver hears: a real small server, and the real way there."""

import base64
import datetime
import hashlib
import hmac
import json
import time
from functools import partial

import time_machine
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, OutboxEntry, Webhook, WebhookDelivery
from articles.models.processes.webhook import Event
from articles.outbox.consumers import CONSUMERS
from articles.press.webhooks.noting import NotesWebhooks
from articles.press.webhooks.posting import NotTaken, post, web
from articles.press.webhooks.sending import KEPT, Webhooks
from articles.publishing import Content
from articles.publishing.webhooks import save_webhook, try_webhook
from tests import factories as make
from tests.articles.press.telling.hub import running_hub

HOUR = datetime.timedelta(hours=1)
HERE = partial(post, by=web(judge=lambda address, port: True))


def hook_to(address, name="Agency", **more):
    return save_webhook(Webhook(name=name, address=address, events=Event.values, **more), by=None)


class WebhookTests(TestCase):
    def setUp(self):
        self.receiver = self.enterContext(running_hub())
        self.hook = hook_to(self.receiver.url)
        self.sending = Webhooks(HERE)
        self.seen = 0

    def note(self):
        """Hand what has come due to the consumer."""
        rows = OutboxEntry.objects.filter(pk__gt=self.seen, due_at__lte=timezone.now()).order_by("pk")
        changes = dict(rows.values_list("pk", "change"))
        self.seen = max(changes, default=self.seen)
        NotesWebhooks().take(list(changes.values()))

    def tell(self):
        self.note()
        self.sending.work_off(timezone.now())

    def heard(self):
        return [json.loads(body) for body, _ in self.receiver.heard]

    def events(self):
        return [said["type"] for said in self.heard()]

    def now(self, article):
        return Article.objects.get(pk=article.pk)

    def retitled(self, article, headline):
        return Content(**{**vars(Content.newest(article)), "headline": headline})

    def test_it_is_a_consumer_of_the_outbox(self):
        self.assertIsInstance(CONSUMERS["webhooks"], NotesWebhooks)

    def test_each_step_in_readers_eyes_is_told_in_order(self):
        article = make.published_article(headline="The wall")
        self.tell()
        publishing.publish(article, self.retitled(article, "The high wall"), by=None)
        self.tell()
        publishing.save_draft(self.now(article), self.retitled(article, "Not yet"), by=None)
        self.tell()
        publishing.withdraw(self.now(article), by=None)
        self.tell()
        self.assertEqual(self.events(), ["article.published", "article.changed", "article.withdrawn"])
        first, second, last = (said["data"] for said in self.heard())
        self.assertEqual((first["headline"], second["headline"]), ("The wall", "The high wall"))
        self.assertEqual(first["id"], str(article.uid))
        self.assertEqual(set(last), {"id", "url"})
        self.assertFalse(WebhookDelivery.objects.exists())

    def test_what_is_scheduled_is_told_at_its_time_and_so_is_its_end(self):
        now = timezone.now()
        make.published_article(at=now + HOUR, until=now + 3 * HOUR)
        self.tell()
        self.assertEqual(self.events(), [])
        for hours, expected in ((2, ["article.published"]), (4, ["article.published", "article.withdrawn"])):
            with time_machine.travel(now + hours * HOUR, tick=False):
                self.seen = 0 if hours == 2 else self.seen
                self.tell()
                self.assertEqual(self.events(), expected)

    def test_nobody_is_told_of_an_import_nor_of_a_draft(self):
        before = timezone.now() - 48 * HOUR
        draft = make.article()
        publishing.submit(draft, by=None)
        publishing.publish(publishing.begin(make.content(), by=None, when=before), by=None, when=before)
        self.tell()
        self.assertEqual(self.events(), [])

    def test_what_was_withdrawn_before_its_receiver_was_told_has_no_word_there(self):
        self.receiver.status = 500
        article = make.published_article(headline="A libel")
        self.tell()
        self.receiver.heard.clear()
        self.receiver.status = 204
        publishing.withdraw(article, by=None)
        with time_machine.travel(timezone.now() + HOUR, tick=False):
            self.tell()
        self.assertEqual(self.events(), ["article.withdrawn"])
        self.assertNotIn("A libel", str(self.receiver.heard))

    def test_a_receiver_hears_only_what_it_asked_for_and_only_while_it_is_on(self):
        self.hook.events = [Event.WITHDRAWN]
        save_webhook(self.hook, by=None)
        article = make.published_article()
        self.tell()
        publishing.withdraw(article, by=None)
        self.tell()
        self.assertEqual(self.events(), ["article.withdrawn"])
        self.hook.is_on = False
        save_webhook(self.hook, by=None)
        publishing.publish(self.now(article), by=None)
        self.tell()
        self.assertEqual(len(self.heard()), 1)

    def test_it_is_signed_and_a_second_try_has_the_same_id(self):
        self.receiver.status = 503
        make.published_article()
        self.tell()
        self.receiver.status = 200
        with time_machine.travel(timezone.now() + HOUR, tick=False):
            self.tell()
        heads = self.receiver.heads
        self.assertEqual(len(heads), 2)
        self.assertEqual(heads[0]["webhook-id"], heads[1]["webhook-id"])
        for head, (body, _) in zip(heads, self.receiver.heard, strict=True):
            key = base64.b64decode(self.hook.secret.removeprefix("whsec_"))
            signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.{body}".encode()
            made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            self.assertEqual(head["webhook-signature"], f"v1,{made}")

    def test_one_that_does_not_take_it_is_told_again_later_and_later(self):
        self.receiver.status = 500
        make.published_article()
        now = timezone.now()
        with time_machine.travel(now, tick=False) as clock:
            for tries, wait in ((1, 2), (2, 4), (3, 8)):
                self.tell()
                self.hook.refresh_from_db()
                self.assertEqual(self.hook.tries, tries)
                self.assertEqual((self.hook.next_try_at - timezone.now()).total_seconds(), wait)
                self.assertIn("it answered 500", self.hook.last_result)
                self.tell()
                self.assertEqual(len(self.receiver.heard), tries)
                clock.shift(wait + 1)
            self.receiver.status = 204
            self.tell()
            self.hook.refresh_from_db()
            self.assertEqual((self.hook.tries, self.hook.last_result), (0, "204 No Content"))

    def test_what_it_answers_has_no_character_that_a_database_or_a_terminal_minds(self):
        self.receiver.status, self.receiver.reason = 500, "No\x00\x1b[2J \rDone"
        make.published_article()
        with self.assertLogs("articles.press", "ERROR") as logged:
            self.tell()
        self.hook.refresh_from_db()
        self.assertEqual(self.hook.last_result, "Not taken: it answered 500 No[2J Done")
        self.assertTrue(logged.records[0].getMessage().isprintable())

    def test_what_nobody_takes_for_days_is_dropped(self):
        self.receiver.status = 500
        make.published_article()
        self.tell()
        with time_machine.travel(timezone.now() + KEPT + HOUR, tick=False):
            self.tell()
        self.assertFalse(WebhookDelivery.objects.exists())

    def test_a_slow_receiver_delays_no_other_and_nobody_else(self):
        slow = self.enterContext(running_hub())
        slow.goes_on.clear()
        hook_to(slow.url, name="A slow one")
        begun = time.monotonic()
        make.published_article()
        self.note()
        while not self.receiver.heard:
            self.sending.turn(timezone.now())
            self.assertLess(time.monotonic() - begun, 10)
        self.assertEqual(list(self.sending.waiting.values())[0][0].webhook.name, "A slow one")
        slow.goes_on.set()
        self.sending.work_off(timezone.now())

    def test_what_is_not_printed_yet_waits(self):
        make.published_article()
        self.note()
        self.assertFalse(self.sending.turn(None))
        self.sending.work_off(timezone.now() - HOUR)
        self.assertEqual(self.events(), [])

    def test_a_trial_is_told_at_once(self):
        try_webhook(self.hook)
        self.sending.work_off(timezone.now())
        self.assertEqual(self.heard()[0]["type"], "trial")

    def test_addresses_of_this_network_and_redirects_are_refused(self):
        for address in (
            self.receiver.url,
            "http://localhost/x",
            "http://[::1]/",
            "http://169.254.169.254/",
            "ftp://a.b/",
        ):
            with self.subTest(address), self.assertRaises(NotTaken):
                post(address, b"{}", {}, by=web())
        self.assertEqual(self.receiver.heard, [])
        self.receiver.status = 302
        with self.assertRaisesMessage(NotTaken, "it answered 302"):
            HERE(self.receiver.url, b"{}", {})

    def test_no_article_costs_a_query_for_each_receiver(self):
        for number in range(5):
            hook_to(self.receiver.url, name=str(number))
        make.published_articles(5)
        changes = list(OutboxEntry.objects.values_list("change", flat=True))
        with self.assertNumQueries(2 + len(changes)):
            NotesWebhooks().take(changes)
