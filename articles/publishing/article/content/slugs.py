"""The last word of an article's address."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction

from articles.models import Article, OldAddress
from articles.models.addresses.paths import LONGEST_WORD, article_address, shortened
from articles.publishing.shared.errors import Problem, Refused
from articles.words.slugs import slug_of

from .content import Content

LENGTH = 80
LONGEST = Article._meta.get_field("slug").max_length
ROOM_FOR_NUMBER = 10
MOST_TRIES = 20


def slug_from(headline: str) -> str:
    """A readable slug of whole words from the headline. If it has no letter or number, the slug is
    “story”."""
    return shortened(slug_of(headline), LENGTH) or "story"


def free_slug(wanted: str, day: datetime.date, article: Article) -> str:
    """The wanted slug. If another article has or had that address on that day, a number is added."""
    start = shortened(wanted, LENGTH + 30, LONGEST_WORD - ROOM_FOR_NUMBER)
    taken = set(
        Article.including_bin.filter(address_date=day, slug__startswith=start)
        .exclude(pk=article.pk)
        .values_list("slug", flat=True)
    )
    number, slug = 1, wanted
    while slug in taken or was_anothers(article_address(day, slug), article):
        number += 1
        slug = f"{start}-{number}"
    return slug


def take_address(article: Article, content: Content, day: datetime.date) -> Content:
    """Give the article an address of that day. Its slug is the one in the content, or else the one it had, or
    else one made from its headline; with a number if another article has that. Returns the content with the
    slug, and saves the address.
    """
    wanted = content.slug or article.slug or slug_from(content.headline)
    if article.address_date is None or wanted != article.slug:
        wanted = shortened(wanted, LONGEST)
    for _ in range(MOST_TRIES):
        slug = free_slug(wanted, day, article)
        if (day, slug) == (article.address_date, article.slug) or reserve(article, day, slug):
            article.address_date = day
            return dataclasses.replace(content, slug=slug)
    raise Refused([Problem("slug", "Others keep taking this address; write another one, or try again.")])


def reserve(article: Article, day: datetime.date, slug: str) -> bool:
    """Try to give the article the address; True if it has it now. If two transactions want the same address,
    one waits here until the other has ended. Then this is False, and it must ask again which slugs are
    free."""
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(address_date=day, slug=slug)
    except IntegrityError:
        return False
    return True


def was_anothers(path: str, article: Article) -> bool:
    return OldAddress.objects.filter(path=path).exclude(article=article).exists()
