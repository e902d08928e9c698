"""Working copies and scheduled changes when what they name changes under them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from articles.models import Article, Revision

from .content import Content, copies_of
from .drafts import User
from .locks import lock
from .records import keep_revision


def retag(names: Iterable[str], into: str | None) -> None:
    """Have working copies and scheduled changes name the one tag in place of the others, or none: what is
    gone from the library would come back when they are published."""
    gone = {name.casefold() for name in names}

    def named_anew(content: Content) -> Content:
        return retagged(content, gone, into)

    # Where there are scheduled changes, there is a working copy: they are it, or it is newer.
    copies = Article.objects.filter(working_copy__isnull=False)
    copies = copies.select_related("working_copy", "scheduled_revision")
    naming = [
        article.pk
        for article in copies
        if any(named_anew(content) != content for content in map(Content.of_revision, copies_of(article)))
    ]
    lock(changed={Article: naming})
    for article in copies.filter(pk__in=naming):
        change_copies(article, named_anew, by=None)
        article.save(update_fields=["working_copy", "scheduled_revision", "version"])


def retagged(content: Content, gone: set[str], into: str | None) -> Content:
    tags = [into if tag.casefold() in gone else tag for tag in content.tags]
    return replace(content, tags=tuple(dict.fromkeys(tag for tag in tags if tag)))


def change_copies(article: Article, change: Callable[[Content], Content], *, by: User) -> None:
    """Make the change in the scheduled changes and in the working copy, which may be the same. The caller
    saves the article."""
    newer = article.has_unscheduled_changes
    if article.has_scheduled_changes:
        article.scheduled_revision = changed(article, article.scheduled_revision, change, by=by)
    if newer:
        article.working_copy = changed(article, article.working_copy, change, by=by)
    else:
        article.working_copy = article.scheduled_revision


def changed(article: Article, copy: Revision, change: Callable[[Content], Content], *, by: User) -> Revision:
    """A revision with the change; the same one if it has it already."""
    content = Content.of_revision(copy)
    made = change(content)
    return copy if made == content else keep_revision(article, made, by=by)
