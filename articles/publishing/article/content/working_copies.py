"""Updates working copies and scheduled changes when the tags that they name change."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import timezone

from articles.models import Article, Revision, Tag, Task, UnpublishedName
from articles.publishing.article.drafts import User
from articles.publishing.shared.locks import lock
from articles.publishing.shared.records import keep_revision
from articles.publishing.tasks.begin import SLICE, Arguments, Done, begin

from .apply import hold_names
from .content import Content


def retag_copies(names: Iterable[str], into: Tag | None) -> None:
    """Replace these tags by `into`, or by none, in working copies and scheduled changes. Otherwise tags that
    are gone would come back when those are published."""
    arguments = {"names": sorted({name.casefold() for name in names}), "into": into and into.pk}
    begin(retag, arguments, what=f"Unpublished changes name the tag “{into}”" if into else "A tag is deleted")


def retag(arguments: Arguments, cursor: Any) -> Done:
    """Replace the tags in a slice of the articles whose unpublished text names them.

    arguments: {"names": in small letters, "into": the number of the tag that takes their place, or None}.
    That tag is looked up here, because it may have got another name since.
    """
    gone, into = set(arguments["names"]), Tag.objects.filter(pk=arguments["into"]).first()
    naming = UnpublishedName.objects.filter(kind=UnpublishedName.Kind.TAG, name__in=gone)
    naming = naming.filter(article__gt=cursor or 0).order_by("article").values_list("article", flat=True)
    numbers = list(naming.distinct()[: SLICE + 1])
    lock(changed={Article: numbers[:SLICE]})
    articles = Article.including_bin.filter(pk__in=numbers[:SLICE])
    for article in articles.select_related("working_copy", "scheduled_revision"):
        change = partial(retagged, gone=gone, into=into and into.name)
        change_copies(article, change, by=None, when=timezone.now())
        article.save(update_fields=["working_copy", "scheduled_revision", "version"])
        hold_names(article)
    return Done(cursor=numbers[SLICE - 1] if len(numbers) > SLICE else None)


def retagged(content: Content, gone: set[str], into: str | None) -> Content:
    tags = [into if tag.casefold() in gone else tag for tag in content.tags]
    return replace(content, tags=tuple(dict.fromkeys(tag for tag in tags if tag)))


def change_copies(
    article: Article, change: Callable[[Content], Content], *, by: User, when: datetime.datetime
) -> None:
    """Apply `change` to the scheduled changes and to the working copy, which may be the same revision. The
    caller saves the article."""
    newer = article.has_unscheduled_changes
    if article.has_scheduled_changes:
        article.scheduled_revision = changed(article, article.scheduled_revision, change, by=by, when=when)
    if newer:
        article.working_copy = changed(article, article.working_copy, change, by=by, when=when)
    else:
        article.working_copy = article.scheduled_revision


def changed(
    article: Article,
    copy: Revision,
    change: Callable[[Content], Content],
    *,
    by: User,
    when: datetime.datetime,
) -> Revision:
    """A new revision with the change; the same revision if the change makes no difference."""
    content = Content.of_revision(copy)
    made = change(content)
    return copy if made == content else keep_revision(article, made, by=by, when=when)


def hand_over_tasks(tags: Iterable[Tag], into: Tag | None) -> None:
    """Have tasks that still rename tags into one of these tags rename them into `into` instead."""
    gone = {tag.pk for tag in tags}
    for task in Task.objects.filter(kind=retag.__name__).select_for_update():
        if task.arguments["into"] in gone:
            task.arguments["into"] = into and into.pk
            task.save(update_fields=["arguments"])
