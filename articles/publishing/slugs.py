"""The last word of an article's address."""

import dataclasses
import datetime

from django.utils.text import slugify

from articles.models import Article, OldAddress
from articles.models.addresses import article_address

from .content import Content

LENGTH = 80


def slug_from(headline: str) -> str:
    """A readable slug of whole words, or “story” for a headline without any letter or number."""
    slug = slugify(headline, allow_unicode=True).strip("-_")
    if len(slug) > LENGTH:
        slug = slug[:LENGTH].rsplit("-", 1)[0]
    return slug or "story"


def free_slug(wanted: str, day: datetime.date, article: Article) -> str:
    """The wanted slug, with a number if another article has or had that address on that day."""
    taken = set(
        Article.objects.filter(address_date=day, slug__startswith=wanted)
        .exclude(pk=article.pk)
        .values_list("slug", flat=True)
    )
    number, slug = 1, wanted
    while slug in taken or was_anothers(article_address(day, slug), article):
        number += 1
        slug = f"{wanted[: LENGTH + 30]}-{number}"
    return slug


def with_free_slug(article: Article, content: Content, day: datetime.date) -> Content:
    """With the slug asked for, or the one it had; an article with an address is never without one."""
    wanted = content.slug or article.slug or slug_from(content.headline)
    return dataclasses.replace(content, slug=free_slug(wanted, day, article))


def was_anothers(path: str, article: Article) -> bool:
    return OldAddress.objects.filter(path=path).exclude(article=article).exists()
