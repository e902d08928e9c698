"""Webhooks: saving, removing, and trying them."""

import base64
import secrets
import uuid
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.audit import record
from articles.models import AuditEntry, Webhook, WebhookDelivery
from articles.models.processes.webhook import TRIAL
from articles.publishing.shared.versions import raise_version

User = AbstractBaseUser | None
SECRET = "whsec_"  # noqa: S105 - how secrets of webhooks begin (standardwebhooks.com)


@transaction.atomic
def save_webhook(hook: Webhook, *, by: User, expected: int | None = None) -> Webhook:
    """A new one gets a secret. One that has failed is tried again at once."""
    was = Webhook.objects.select_for_update().filter(pk=hook.pk).first()
    raise_version(hook, was, expected=expected)
    hook.secret = hook.secret or SECRET + base64.b64encode(secrets.token_bytes(32)).decode()
    hook.tries, hook.next_try_at = 0, timezone.now()
    hook.save()
    record(AuditEntry.Kind.SETTINGS, named(hook), by=by, detail="changed" if was else "made")
    return hook


@transaction.atomic
def remove_webhook(hook: Webhook, *, by: User) -> None:
    record(AuditEntry.Kind.SETTINGS, named(hook), by=by, detail="removed")
    Webhook.objects.filter(pk=hook.pk).delete()


def try_webhook(hook: Webhook) -> None:
    """Send a trial event to the webhook at once, so that its owner sees whether it is taken."""
    note_deliveries([hook], TRIAL, 0)
    Webhook.objects.filter(pk=hook.pk).update(next_try_at=timezone.now())


def note_deliveries(hooks: Iterable[Webhook], event: str, article: int) -> None:
    """One row for each, however often the same happens until it is told."""
    now = timezone.now()
    WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(webhook=hook, uid=uuid.uuid4(), event=event, article=article, noted_at=now)
            for hook in hooks
        ],
        update_conflicts=True,
        unique_fields=["webhook", "event", "article"],
        update_fields=["uid", "noted_at"],
    )


def named(hook: Webhook) -> str:
    return f"webhook {hook.pk}, {hook.name}"
