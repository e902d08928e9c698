"""The consumer of the outbox."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from articles.models import Article, Email, EmailWanted, Notification
from articles.publishing.addresses.places import place_of
from articles.publishing.notifications.telling import tell_of_failure, tell_of_time

Change = dict[str, Any]


class Notifications:
    name, version = "notifications", 1

    def start_over(self, done: str) -> None:
        """Nobody is told of what happened before."""

    def take(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change["kind"] == "notification":
                write_down_emails(change["key"])
            elif change["kind"] == "reminder":
                remind(change)
            elif change["kind"] == "print_failed":
                tell_of_failure(change["path"], article_at(change["path"]), timezone.now())


def write_down_emails(key: str) -> None:
    """One for each person who wants it, however often the change comes."""
    told = Notification.objects.filter(key=key).values_list("pk", "person", "kind")
    wanted = set(
        EmailWanted.objects.filter(person__in=[person for _, person, _ in told]).values_list("person", "kind")
    )
    rows = [Email(notification_id=pk) for pk, person, kind in told if (person, kind) in wanted]
    Email.objects.bulk_create(rows, ignore_conflicts=True)


def remind(change: Change) -> None:
    at = datetime.datetime.fromisoformat(change["at"])
    article = Article.objects.filter(pk=change["id"]).first()
    # After a day on which no press ran, this is no news.
    if article and at > timezone.now():
        tell_of_time(article, at)


def article_at(path: str) -> Article | None:
    place = place_of(path)
    return place.thing if place and isinstance(place.thing, Article) else None
