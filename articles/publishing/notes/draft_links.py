"""Draft links: with one, somebody without an account reads the newest saved version of an article and writes
comments on it, which are notes for the desk.

Whoever may read the article may make one. It is good for some days, and no longer than its maker may read the
article, which is asked each time that it is opened. Only a hash of its secret is stored, so nobody can copy
it out of the database.
"""

import datetime
import hashlib
import secrets

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, DraftLink, Note
from articles.publishing.notifications.telling import tell_of_comment
from articles.publishing.rights.of_articles import may_read
from articles.publishing.shared.errors import Gone, Problem, Refused
from articles.publishing.shared.text import one_line, plain_text

from .writing import LONGEST, LONGEST_NAME, write_note

DAYS, MOST_DAYS = 7, 30
MOST_LINKS = 20  # open ones of an article
HOUR = datetime.timedelta(hours=1)
MOST_IN_AN_HOUR = 20  # comments on an article


class TooMany(Refused):
    """So many comments have come lately that no more are taken for a while."""


@transaction.atomic
def make_link(article: Article, *, by: AbstractUser, days: int = DAYS) -> tuple[DraftLink, str]:
    """The link and its secret, which is known only now. The caller has checked that `by` may read it."""
    locked = held(article)
    if not 1 <= days <= MOST_DAYS:
        raise Refused([Problem("days", f"A link is good for 1 to {MOST_DAYS} days.")])
    if locked.draft_links.open().count() >= MOST_LINKS:
        raise Refused([Problem("", f"An article has at most {MOST_LINKS} links at a time; end one first.")])
    secret = secrets.token_hex(24)
    until = timezone.now() + datetime.timedelta(days=days)
    return locked.draft_links.create(hashed=hashed(secret), by=by, expires_at=until), secret


def end_link(article: Article, number: int) -> None:
    """From now on it opens nothing. Nothing is done if it has ended already."""
    article.draft_links.open().filter(pk=number).update(ended_at=timezone.now())


def end_all_links(article: Article) -> None:
    article.draft_links.open().update(ended_at=timezone.now())


def article_behind(secret: str) -> tuple[Article, DraftLink] | None:
    """The article that the link shows; None if it has ended, or if there is no such link."""
    links = DraftLink.objects.open().select_related(
        "by", "article", "article__working_copy", "article__lead_image"
    )
    link = links.filter(hashed=hashed(secret), article__binned_at=None).first()
    return (link.article, link) if link and may_read(link.by, link.article) else None


@transaction.atomic
def write_comment(link: DraftLink, text: str, *, name: str) -> None:
    """Write a comment. One that was sent twice is one. TooMany, or Refused with what is wrong."""
    name, text = one_line(name)[:LONGEST_NAME], plain_text(text)
    if not name or not text:
        raise Refused([Problem("name" if not name else "text", "")])
    article = held(link.article)
    lately = Note.objects.filter(article=article, by=None, at__gt=timezone.now() - HOUR).exclude(name="")
    if lately.filter(name=name, text=text).exists():
        return
    if lately.count() >= MOST_IN_AN_HOUR:
        raise TooMany([Problem("", "")])
    tell_of_comment(write_note(article, text[:LONGEST], by=None, name=name), link.by)


def held(article: Article) -> Article:
    """The article, locked; Gone if it is in the bin."""
    fresh = Article.objects.select_for_update(no_key=True).filter(pk=article.pk).first()
    if fresh is None:
        raise Gone
    return fresh


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
