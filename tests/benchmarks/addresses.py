"""Which pages stand for each kind. Many different ones: a figure must not be one row's, kept warm."""

import json
import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.models import Article, Author, Page, Section, Tag  # noqa: E402 - settings come first

ARTICLES = 400


def addresses():
    """Kind → addresses that answer 200; those of "404" answer 404."""
    articles = some_articles()
    sections = Section.objects.select_related("parent")
    return {
        "article": [article.get_absolute_url() for article in articles],
        "front": ["/"],
        "section": [section.get_absolute_url() for section in sections if section.parent is None],
        "subsection": [section.get_absolute_url() for section in sections if section.parent],
        "tag": [tag.get_absolute_url() for tag in Tag.objects.filter(article_links__isnull=False).distinct()],
        "author": [
            author.get_absolute_url() for author in Author.objects.filter(bylines__isnull=False).distinct()
        ],
        "month": sorted({f"/{article.address_date:%Y/%m}/" for article in articles}),
        "page": [page.get_absolute_url() for page in Page.objects.filter(published=True)],
        "404": [f"/{word}/{word}-nothing/" for word in ("world", "lost", "elsewhere", "2019")],
    }


def some_articles():
    """The same for every run on the same newsroom."""
    columns = ("uid", "slug", "address_date")
    numbers = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(1).sample(numbers, min(ARTICLES, len(numbers)))  # noqa: S311 - a sample, no secret
    return list(Article.objects.filter(pk__in=chosen).only(*columns).order_by("pk"))


if __name__ == "__main__":
    json.dump(addresses(), sys.stdout)
