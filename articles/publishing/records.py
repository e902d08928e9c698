"""What every verb leaves behind: a row that says who did what, and an outbox entry for readers' pages."""

import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Act, Article, OutboxEntry, Revision, State

from .content import Content

Where = dict[str, list[Any]]


def record(article: Article, verb: Act.Verb, *, by: AbstractBaseUser | None, detail: str = "") -> Act:
    return Act.objects.create(article=article, verb=verb, by=by, detail=detail[:300])


def keep_revision(article: Article, content: Content, *, by: AbstractBaseUser | None) -> Revision:
    """Keep the content as the article's next version. The caller saves the article."""
    article.version += 1
    return Revision.objects.create(article=article, number=article.version, content=content.as_json(), by=by)


def where_shown(article: Article) -> Where:
    """The values from which every page that shows the article can be told; empty if it was never out."""
    if article.address_date is None:
        return {}
    neighbours = [] if article.publish_at is None else Article.objects.beside(article)
    return {
        "addresses": [article.get_absolute_url()],
        "sections": [article.section.get_absolute_url(), article.section.department.get_absolute_url()],
        "tags": [link.tag.slug for link in article.tag_links.select_related("tag")],
        "authors": [line.author.slug for line in article.bylines.select_related("author")],
        "days": [f"{article.address_date:%Y-%m-%d}"],
        "beside": [each.get_absolute_url() for each in neighbours],
    }


def together(before: Where, after: Where) -> Where:
    names = dict.fromkeys([*before, *after])
    return {name: sorted({*before.get(name, ()), *after.get(name, ())}) for name in names}


def announce(kind: str, number: int, shown: Where, *, due_at: datetime.datetime | None = None) -> None:
    """Write the outbox entry; call it inside the transaction that makes the change."""
    OutboxEntry.objects.create(change={"kind": kind, "id": number, **shown}, due_at=due_at or timezone.now())


def announce_article(article: Article, before: Where) -> None:
    """Now, and again at the seconds at which time itself will change what is public."""
    shown = together(before, where_shown(article))
    if not shown:
        return
    announce("article", article.pk, shown)
    now = timezone.now()
    for moment in (article.publish_at, article.expires_at):
        if moment and moment > now and article.state == State.PUBLISHED:
            announce("article", article.pk, shown, due_at=moment)
