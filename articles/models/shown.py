"""Whether readers find a page at the address of a thing. A section, a tag or an author has a page from its
first public story on, and has none any more after its last."""

from django.utils import timezone

from .article import Article
from .page import Page
from .section import Section
from .tag import Tag


def is_shown(thing, at=None):
    if isinstance(thing, Page):
        return thing.published
    if isinstance(thing, Article):
        return thing.is_public(at)
    if isinstance(thing, Section):
        return Section.objects.shown(at).filter(pk=thing.pk).exists()
    return articles_of(thing, at).exists()


def articles_of(thing, at=None):
    """The public articles of a section, a tag or an author."""
    at = at or timezone.now()
    if isinstance(thing, Section):
        return Article.objects.published(at).in_section(thing)
    if isinstance(thing, Tag):
        return Article.objects.tagged(thing, at)
    return Article.objects.by_author(thing, at)
