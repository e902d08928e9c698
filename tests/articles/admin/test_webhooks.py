from django.test import TestCase
from django.urls import reverse

from articles.models import AuditEntry, Webhook, WebhookDelivery
from articles.models.processes.webhook import Event
from tests import factories as make

LIST, ADD = (reverse(f"admin:articles_webhook_{page}") for page in ("changelist", "add"))


class WebhookPagesTest(TestCase):
    def setUp(self):
        self.client.force_login(make.editor("root"))

    def send(self, where=ADD, **more):
        said = {
            "name": "Agency",
            "address": "https://example.org/hook",
            "events": Event.values,
            "is_on": "on",
        }
        return self.client.post(where, said | more)

    def change(self, hook):
        return reverse("admin:articles_webhook_change", args=[hook.pk])

    def test_one_is_made_with_a_secret_that_its_page_shows(self):
        self.assertRedirects(self.send(), LIST)
        hook = Webhook.objects.get()
        self.assertTrue(hook.secret.startswith("whsec_"))
        self.assertContains(self.client.get(self.change(hook)), hook.secret)
        self.assertContains(self.client.get(LIST), "never told")
        self.assertEqual(AuditEntry.objects.get(kind="settings").detail, "made")

    def test_an_address_that_may_not_be_told_is_refused_at_its_field(self):
        for address in (
            "http://127.0.0.1/",
            "http://localhost/x",
            "https://10.0.0.8/",
            "https://[::1]/",
            "https://user:secret@example.org/",
            "https://example.org:8080/",
            "ftp://example.org/",
            "nonsense",
        ):
            with self.subTest(address):
                answer = self.send(address=address)
                self.assertIn("address", answer.context["adminform"].form.errors)
                self.assertContains(answer, 'value="Agency"')
        self.assertFalse(Webhook.objects.exists())

    def test_who_changes_an_older_state_is_told(self):
        self.send()
        hook = Webhook.objects.get()
        shown = self.client.get(self.change(hook)).context["adminform"].form
        seen = {name: shown.initial[name] for name in ("shown_version", "shown_entry")}
        self.send(self.change(hook), name="By somebody", **seen)
        answer = self.send(self.change(hook), name="By another", **seen)
        self.assertContains(answer, "has changed this webhook")
        self.assertEqual(Webhook.objects.get().name, "By somebody")
        self.assertEqual(Webhook.objects.get().secret, hook.secret)

    def test_a_trial_is_sent_from_the_list(self):
        self.send()
        hook = Webhook.objects.get()
        answer = self.client.post(LIST, {"action": "try_them", "_selected_action": [hook.pk]}, follow=True)
        self.assertContains(answer, "told in a moment")
        self.assertEqual(WebhookDelivery.objects.get().event, "trial")

    def test_one_is_removed_with_what_waits(self):
        self.send()
        hook = Webhook.objects.get()
        WebhookDelivery.objects.create(webhook=hook, event="trial")
        self.client.post(reverse("admin:articles_webhook_delete", args=[hook.pk]), {"post": "yes"})
        self.assertFalse(Webhook.objects.exists() or WebhookDelivery.objects.exists())
