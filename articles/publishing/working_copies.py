"""Working copies when what they name changes under them."""

from collections.abc import Iterable
from dataclasses import replace

from articles.models import Article

from .content import Content
from .locks import lock
from .records import keep_revision


def retag(names: Iterable[str], into: str | None) -> None:
    """Have working copies name the one tag in place of the others, or none: what is gone from the library
    would come back when they are published."""
    gone = {name.casefold() for name in names}
    copies = Article.objects.filter(working_copy__isnull=False).select_related("working_copy")
    naming = [
        article.pk
        for article in copies
        if not gone.isdisjoint(tag.casefold() for tag in Content.newest(article).tags)
    ]
    lock(changed={Article: naming})
    for article in copies.filter(pk__in=naming):
        content = retagged(Content.newest(article), gone, into)
        if article.working_copy_id and content != Content.newest(article):
            article.working_copy = keep_revision(article, content, by=None)
            article.save(update_fields=["working_copy", "version"])


def retagged(content: Content, gone: set[str], into: str | None) -> Content:
    tags = [into if tag.casefold() in gone else tag for tag in content.tags]
    return replace(content, tags=tuple(dict.fromkeys(tag for tag in tags if tag)))
