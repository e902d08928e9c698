"""Approving: an editor has read a version that is in review, and holds that it may go out."""

from django.db import transaction

from articles.models import Act, Article
from articles.models.desk.notification import Kind
from articles.publishing.notifications.telling import tell_of_decision
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.records import record, time_of

from .drafts import User, When, locked


@transaction.atomic
def approve(article: Article, *, by: User, expected: int | None = None, when: When = None) -> Article:
    """Approve the newest version of an article in review, or of the changes of one. `expected` is the version
    that was read; Conflict if there is a newer one.

    The approval is about that version alone. It no longer counts as soon as there is another one, whoever has
    saved it and however little has changed.
    """
    article = locked(article, expected)
    when = time_of(when)
    if not article.is_in_review:
        said = article.get_state_display()
        raise Refused([Problem("", f"Only what is in review can be approved; this article is {said}.")])
    if article.is_approved:
        raise Refused([Problem("", f"Version {article.version} is approved already.")])
    article.approved_version = article.version
    article.save(when=when)
    tell_of_decision(record(article, Act.Verb.APPROVE, by=by, when=when), Kind.APPROVED)
    return article
