"""What a webhook is told, and how that is signed: https://www.standardwebhooks.com."""

import base64
import hashlib
import hmac
import json
import time

from articles.conf import absolute
from articles.models import Article, WebhookDelivery
from articles.models.processes.webhook import TRIAL, Event
from articles.publishing.webhooks import SECRET
from articles.structured_data import changed_at, machine_time


def message_of(delivery: WebhookDelivery) -> bytes | None:
    """None if it is no longer so: an article that was withdrawn before its receiver was told that it is
    published has no word here. Of the withdrawal it is told for itself."""
    said = {"type": delivery.event, "timestamp": machine_time(delivery.noted_at), "data": {}}
    if delivery.event != TRIAL:
        article = Article.including_bin.select_related("section").filter(pk=delivery.article).first()
        is_public = article is not None and article.is_public()
        if article is None or is_public != (delivery.event != Event.WITHDRAWN):
            return None
        said["data"] = facts_of(article) if is_public else names_of(article)
    return json.dumps(said, ensure_ascii=False).encode()


def names_of(article: Article) -> dict[str, str]:
    return {"id": str(article.uid), "url": absolute(article.get_absolute_url())}


def facts_of(article: Article) -> dict[str, str]:
    return names_of(article) | {
        "api_url": absolute(f"/api/v1/articles/{article.uid}"),
        "headline": article.headline,
        "published_at": machine_time(article.publish_at),
        "updated_at": machine_time(changed_at(article)),
    }


def headers_of(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """The headers of a message, signed. If it is sent again it has the same id, so that the receiver can
    tell."""
    number, now = str(delivery.uid), str(int(time.time()))
    return {
        "webhook-id": number,
        "webhook-timestamp": now,
        "webhook-signature": signature(delivery.webhook.secret, number, now, body),
    }


def signature(secret: str, number: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET))
    made = hmac.new(key, f"{number}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"
