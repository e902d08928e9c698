"""What every verb writes besides its change: a row that says who did what, and an outbox entry for the
press."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Act, Article, Image, NamedPicture, OutboxEntry, Revision, Tag
from articles.publishing.article.content.content import Content
from articles.search.desk import store_version

from .errors import Problem, Refused

Where = dict[str, list[Any]]


def time_of(when: datetime.datetime | None) -> datetime.datetime:
    """The time of an act: now, unless the caller says when it happened, as an importer does of an old story.

    A verb writes this time into the article, its revisions, its acts and its corrections. So an importer must
    call the verbs in the order in which things happened. What readers see at this moment, and the outbox
    entries, depend on the real clock. Refused if the time is still to come.
    """
    if when is None:
        return timezone.now()
    if timezone.is_naive(when):
        raise Refused([Problem("", f"The time {when} has no time zone; give it one.")])
    if when > timezone.now():
        message = f"{in_words(when)} is still to come; say a time that has passed, or none for now."
        raise Refused([Problem("", message)])
    return when


def record(
    article: Article,
    verb: Act.Verb,
    *,
    by: AbstractBaseUser | None,
    detail: str = "",
    when: datetime.datetime | None = None,
    version: int | None = None,
) -> Act:
    """Write down who did what. `version` is the version of the text if the act is not about the newest."""
    return Act.objects.create(
        article=article,
        verb=verb,
        by=by,
        detail=detail,
        at=when or timezone.now(),
        version=version or article.version,
    )


def in_words(time: datetime.datetime) -> str:
    """Like “29 November 2026, 16:03”, in the site's zone."""
    local = timezone.localtime(time)
    return f"{local.day} {local:%B %Y, %H:%M}{which_of_two(local)}"


def which_of_two(local: datetime.datetime) -> str:
    """Which one is meant of a time of day that comes twice, because the clocks go back; else nothing. `local`
    is in the site's zone."""
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    if first <= second:
        return ""
    return f", {'after' if local.fold else 'before'} the clocks go back"


def keep_revision(
    article: Article,
    content: Content,
    *,
    by: AbstractBaseUser | None,
    when: datetime.datetime | None = None,
    **more: str,
) -> Revision:
    """Keep the content as the article's next version, which the desk's search finds from now on. The caller
    saves the article. `more`: kind and note."""
    base, article.version = article.version, article.version + 1
    revision = Revision.objects.create(
        article=article,
        number=article.version,
        base=base,
        **more,
        content=content.as_json(),
        by=by,
        at=when or timezone.now(),
    )
    store_version(article, revision.content, at=revision.at)
    hold_named_pictures([(article, content)])
    return revision


def hold_named_pictures(versions: Iterable[tuple[Article, Content]]) -> None:
    """Write down which pictures these versions name, so that none is deleted that an old one shows."""
    named = {(article.pk, number) for article, content in versions for number in content.pictures()}
    if not named:
        return
    # A version may name a picture that was deleted before the library kept those.
    there = set(Image.objects.filter(pk__in={number for _, number in named}).values_list("pk", flat=True))
    NamedPicture.objects.bulk_create(
        [NamedPicture(article_id=pk, image_id=number) for pk, number in sorted(named) if number in there],
        ignore_conflicts=True,
    )


def where_shown(article: Article) -> Where:
    """The values from which every page that shows the article can be found. Empty if it was never out."""
    return where_it_stands(article) if is_out(article) else {}


def is_out(article: Article) -> bool:
    """Whether the publish time of the article has come. It may have been withdrawn or have ended since."""
    return bool(article.address_date and article.publish_at and article.publish_at <= timezone.now())


def where_it_stands(article: Article) -> Where:
    """The same, but also for an article that is scheduled: where it will be shown. Makes no query if
    everything is prefetched."""
    day = timezone.localdate(article.publish_at)
    section = article.section  # A withdrawn article may have lost it.
    return {
        "addresses": [article.get_absolute_url()],
        "uids": [str(article.uid)],
        "sections": [section.get_absolute_url(), section.department.get_absolute_url()] if section else [],
        "tags": [link.tag.slug for link in article.tag_links.all()],
        "authors": [line.author.slug for line in article.bylines.all()],
        "days": [f"{article.address_date:%Y-%m-%d}", f"{day:%Y-%m-%d}"],
        "places": [(section.pk, article.publish_at.isoformat())] if section else [],
        "related": [article.pk],
        **in_series(article, {link.tag: link.place for link in article.tag_links.all()}),
    }


def in_series(article: Article, tags: dict[Tag, int | None]) -> Where:
    """The places of the article in the series among its tags; empty if there is none. `tags`: each with the
    place that an editor has given the article in it."""
    at = article.publish_at.isoformat() if article.publish_at else ""
    found = [(tag.slug, tag.pk, at, article.pk, place or 0) for tag, place in tags.items() if tag.is_series]
    return {"series": found} if found else {}


def together(*shown: Where) -> Where:
    """Merge several of these: all values of each name, sorted, each once. Lists are made tuples, because JSON
    has no tuples and lists can't be members of a set."""
    names = dict.fromkeys(name for each in shown for name in each)
    return {
        name: sorted({hashable(value) for each in shown for value in each.get(name, ())}) for name in names
    }


def hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def announce(kind: str, number: int, shown: Where, *, due_at: datetime.datetime | None = None) -> None:
    """Write the outbox entry; call it inside the transaction that makes the change."""
    OutboxEntry.objects.create(change={"kind": kind, "id": number, **shown}, due_at=due_at or timezone.now())
