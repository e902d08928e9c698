"""A consumer of the outbox: writes down which webhook is to be told of what."""

from collections.abc import Sequence

from django.utils import timezone

from articles.models import Article, Webhook
from articles.models.processes.webhook import Event
from articles.press.plan.affected import Change
from articles.press.telling.notices import is_news
from articles.publishing.webhooks import note_deliveries


class NotesWebhooks:
    """The consumer of the outbox that writes down what webhooks are to be told. They are not told of
    imports, nor of what happened before they were made."""

    name, version = "webhooks", 1

    def start_over(self, done: str) -> None:
        """Whoever is new to it reads the articles by the API."""

    def take(self, changes: Sequence[Change]) -> None:
        news = [change for change in changes if is_news(change)]
        hooks = list(Webhook.objects.filter(is_on=True)) if news else []
        if not hooks:
            return
        articles = Article.including_bin.defer("body", "prepared_body")
        there = articles.in_bulk([change["id"] for change in news])
        for change in news:
            event = event_of(change, there.get(change["id"]))
            note_deliveries([hook for hook in hooks if event in hook.events], event, change["id"])


def event_of(change: Change, article: Article | None) -> str:
    """Empty where readers notice nothing. A change that names what has changed is one of an article that
    readers had before and have afterwards."""
    if article is None or not change.get("addresses"):
        return ""
    if article.is_public():
        return Event.CHANGED if "changed" in change else Event.PUBLISHED
    was_out = article.first_published_at and article.first_published_at <= timezone.now()
    return Event.WITHDRAWN if was_out and "changed" not in change else ""
