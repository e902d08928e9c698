"""Working copies and scheduled changes when what they name changes under them."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import timezone

from articles.models import Article, Revision, Tag, Task, UnpublishedName
from articles.publishing.locks import lock
from articles.publishing.records import keep_revision
from articles.publishing.tasks.begin import SLICE, Arguments, Done, begin

from .apply import hold_names
from .content import Content
from .drafts import User


def retag_copies(names: Iterable[str], into: Tag | None) -> None:
    """Have working copies and scheduled changes name the one tag in place of the others, or none: what is
    gone from the library would come back when they are published."""
    arguments = {"names": sorted({name.casefold() for name in names}), "into": into and into.pk}
    begin(retag, arguments, what=f"Unpublished changes name the tag “{into}”" if into else "A tag is deleted")


def retag(arguments: Arguments, cursor: Any) -> Done:
    """A slice of the articles whose unpublished text names one of the tags.

    arguments: {"names": in small letters, "into": the number of the tag that takes their place, or None}. The
    tag may have got another name since, so it is looked up here.
    """
    gone, into = set(arguments["names"]), Tag.objects.filter(pk=arguments["into"]).first()
    naming = UnpublishedName.objects.filter(kind=UnpublishedName.Kind.TAG, name__in=gone)
    naming = naming.filter(article__gt=cursor or 0).order_by("article").values_list("article", flat=True)
    numbers = list(naming.distinct()[: SLICE + 1])
    lock(changed={Article: numbers[:SLICE]})
    articles = Article.objects.filter(pk__in=numbers[:SLICE])
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
    """Make the change in the scheduled changes and in the working copy, which may be the same. The caller
    saves the article."""
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
    """A revision with the change; the same one if it has it already."""
    content = Content.of_revision(copy)
    made = change(content)
    return copy if made == content else keep_revision(article, made, by=by, when=when)


def hand_over_tasks(tags: Iterable[Tag], into: Tag | None) -> None:
    """What is still to be renamed into one of the tags is renamed into the one that takes their place."""
    gone = {tag.pk for tag in tags}
    for task in Task.objects.filter(kind=retag.__name__).select_for_update():
        if task.arguments["into"] in gone:
            task.arguments["into"] = into and into.pk
            task.save(update_fields=["arguments"])
