"""The publish time of an article that readers have."""

import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, State
from articles.publishing.addresses.old_addresses import leave_behind
from articles.publishing.article.content.apply import mark_published
from articles.publishing.article.content.content import Content
from articles.publishing.article.content.seen_by_readers import announce_article, as_seen
from articles.publishing.article.content.slugs import take_address
from articles.publishing.article.drafts import User, When, locked
from articles.publishing.article.readiness import problems_of_times
from articles.publishing.shared.errors import NotReady, Problem, Refused
from articles.publishing.shared.records import in_words, record, time_of

NOT_OUT = "Readers do not have this article; its time is set when it is published."
STILL_TO_COME = (
    "Readers have this article, so its publish time cannot be still to come. To take it away until then,"
    " withdraw it and schedule it."
)


def has_come_out(article: Article) -> bool:
    """Whether readers have the article, or had it until its end."""
    return article.state == State.PUBLISHED and not article.is_scheduled


@transaction.atomic
def change_publish_time(article: Article, *, by: User, at: datetime.datetime, when: When = None) -> Article:
    """Give an article that readers have, or that has ended, another publish time, which has passed. It is the
    date on the page, and the article's place in every list.

    If the day is another one, the article gets an address of that day, and the old one leads there. Its text,
    its working copy and its scheduled changes stay as they are.
    """
    article = locked(article)
    when = time_of(when)
    if not has_come_out(article):
        raise Refused([Problem("", NOT_OUT)])
    still_to_come = [Problem("publish_at", STILL_TO_COME)] if at > timezone.now() else []
    if problems := [*still_to_come, *problems_of_times(at, article.expires_at)]:
        raise NotReady(problems)
    before, was = as_seen(article), article.publish_at
    if at == was:
        return article
    article.slug = take_address(article, Content.of(article), timezone.localdate(at)).slug
    article.publish_at = at
    article.save(when=when)
    mark_published(article)
    leave_behind(before.addresses, article)
    announce_article(article, before, when=when)
    record(article, Act.Verb.REDATE, by=by, detail=f"from {in_words(was)} to {in_words(at)}", when=when)
    return article
