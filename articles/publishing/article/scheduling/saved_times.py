"""Times that were typed and saved before they count: a publish time and an end wait with a draft or a working
copy until the article is published or scheduled."""

import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article
from articles.publishing.article.drafts import User, When, locked
from articles.publishing.shared.records import in_words, record, time_of

from .end import KEEP, end_of

Times = dict[str, datetime.datetime | None]


def times_in_force(article: Article | None) -> Times:
    """The publish time that is still to come, and the end: what readers get if nobody does anything."""
    if article is None:
        return {"publish_at": None, "expires_at": None}
    at = article.publish_at if article.is_scheduled else article.scheduled_for
    return {"publish_at": at, "expires_at": end_of(article, KEEP)}


def times_of(article: Article | None) -> Times:
    """The times that the desk shows: those that were typed, else those in force. A typed time that has passed
    says nothing about an article that readers have or had."""
    typed = (article and article.typed_times) or {}
    times = {name: time and datetime.datetime.fromisoformat(time) for name, time in typed.items()}
    at = times.get("publish_at")
    if at and article.has_been_out and at <= timezone.now():
        del times["publish_at"]
    return times_in_force(article) | times


@transaction.atomic
def keep_times(article: Article, times: Times, *, by: User, when: When = None) -> Article:
    """Keep these times with the article until it is published or scheduled. None means that there is to be
    no such time. Readers get nothing of it."""
    article = locked(article)
    when = time_of(when)
    in_force = times_in_force(article)
    wanted = times_of(article) | times
    differing = {name: time for name, time in wanted.items() if time != in_force[name]}
    article.typed_times = {name: time and time.isoformat() for name, time in differing.items()} or None
    article.save(when=when)
    said = {"publish_at": "publish time", "expires_at": "until"}
    detail = ", ".join(f"{said[name]} {in_words(time) if time else 'none'}" for name, time in times.items())
    record(article, Act.Verb.SAVE, by=by, detail=f"with {detail}", when=when)
    return article
