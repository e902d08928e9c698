"""The bin: an article that is deleted at the desk stays here for 30 days and can be taken out again. After
that it is deleted for good."""

import datetime
import logging
from functools import partial

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, State
from articles.publishing.addresses.old_addresses import known_addresses
from articles.publishing.notes.draft_links import end_all_links
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.records import announce, is_out, record, time_of
from articles.search.desk import forget

from .content.named_rows import held
from .drafts import User, When, locked
from .merging.older_forms import refuse_if_changed, token_of, with_newest_act
from .publish import withdraw
from .scheduling.scheduled_changes import cancel_scheduled

logger = logging.getLogger("articles.publishing")

KEPT = datetime.timedelta(days=30)
# So many are deleted in one round; the others wait for the next.
MOST_AT_ONCE = 500


@transaction.atomic
def put_in_bin(article: Article, *, by: User, seen: str = "", when: When = None) -> Article:
    """Put the article into the bin. If readers have it, or are to get it, it is withdrawn first, and what is
    scheduled for it is cancelled. It keeps its text, its history and its address.

    `seen` is the token of the form or the list (merging/older_forms.py), here and in the other verbs.
    """
    article = locked(article)
    when = time_of(when)
    refuse_if_changed(article, seen)
    if article.state == State.PUBLISHED:
        article = withdraw(article, by=by, when=when)
    elif article.has_scheduled_changes:
        article = cancel_scheduled(article, by=by, when=when)
    end_all_links(article)
    record(article, Act.Verb.BIN, by=by, when=when)
    return in_bin(article, when, by)


@transaction.atomic
def take_out_of_bin(article: Article, *, by: User, seen: str = "", when: When = None) -> Article:
    """Give the article back to the desk as it was in the bin: a draft, in review or withdrawn."""
    article = locked_in_bin(article, seen)
    record(article, Act.Verb.UNBIN, by=by, when=time_of(when))
    return in_bin(article, None, None)


def in_bin(article: Article, since: datetime.datetime | None, by: User) -> Article:
    article.binned_at, article.binned_by = since, by
    article.save(update_fields=["binned_at", "binned_by"])
    return article


@transaction.atomic
def delete_for_good(article: Article, *, seen: str = "") -> None:
    """Delete an article that is in the bin, with its revisions, its history and its old addresses. If readers
    had it, these addresses answered that it is gone; from now on they are not found."""
    article = locked_in_bin(article, seen)
    number, uid = article.pk, str(article.uid)
    stood = known_addresses(article) if is_out(article) else []
    article.delete()
    forget(number)
    if stood:
        announce("article", number, {"addresses": stood, "uids": [uid], "changed": ["address"]})


def locked_in_bin(article: Article, seen: str) -> Article:
    fresh = held(article)
    if fresh is None:
        raise Refused([Problem("", "It has been deleted for good meanwhile.")])
    refuse_if_changed(fresh, seen)
    if not fresh.binned_at:
        raise Refused([Problem("", "It is not in the bin any more.")])
    return fresh


def empty_bin() -> int:
    """Delete for good what has been in the bin for more than 30 days. Returns the number of articles."""
    old = Article.binned.filter(binned_at__lt=timezone.now() - KEPT).order_by("binned_at", "pk")
    return sum(map(deleted_unless_changed, with_newest_act(old)[:MOST_AT_ONCE]))


def deleted_unless_changed(article: Article) -> bool:
    """False if somebody has taken it out, or another press has deleted it, since it was read."""
    try:
        tried_again(partial(delete_for_good, article, seen=token_of(article)))
    except Refused:
        return False
    logger.info("Deleted for good after 30 days in the bin: article %s, “%s”.", article.pk, article)
    return True
