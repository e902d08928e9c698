"""Prepares the articles and pages again that another version of the code has prepared, a slice at a time.

Each row says with which version it was prepared, so the rows themselves tell what is left to do. It can be
stopped and started again at any time. If a process with the old code saves a row later, the next run finds
it.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.models import Article, Page
from articles.publishing.shared.prepared_body import (
    PREPARED,
    PREPARED_PAGE,
    preparation,
    prepare_article,
    prepare_page,
)
from articles.publishing.shared.records import announce, together, where_shown

# Rows in a transaction. Whoever saves one of them at this moment waits for all, some tenths of a second.
SLICE = 50
# The prepared values that lists show. The article's own page is right already, because views prepare it on
# the fly: see bring_up_to_date() in views/shared/bodies.py.
ON_CARDS = ("excerpt", "reading_minutes")


def prepared_otherwise(rows: QuerySet) -> QuerySet:
    # Two ranges instead of “not equal”, because an index can't be used for that.
    now = preparation()
    return rows.filter(Q(prepared_with__lt=now) | Q(prepared_with__gt=now))


def is_anything_prepared_otherwise() -> bool:
    models = (Article, Page)
    return any(prepared_otherwise(model._base_manager.all()).exists() for model in models)


def count_prepared_otherwise() -> int:
    return sum(prepared_otherwise(model._base_manager.all()).count() for model in (Article, Page))


def prepare_all() -> Iterator[int]:
    """Prepare all rows of other versions. Yields after each slice how many rows it had."""
    for act in (prepare_articles_after, prepare_pages_after):
        last = 0
        while rows := act(last):
            last = rows[-1].pk
            yield len(rows)


@transaction.atomic
def prepare_articles_after(last: int) -> list[Article]:
    """Prepare the next slice of articles, in the order of their numbers."""
    rows = prepared_otherwise(Article.including_bin.filter(pk__gt=last)).order_by("pk")
    rows = rows.select_related("section", "lead_image")
    articles = list(rows.select_for_update(of=("self",))[:SLICE])
    changed = []
    for article in articles:
        before = on_cards(article)
        prepare_article(article)
        Article.including_bin.filter(pk=article.pk).update(
            **{name: getattr(article, name) for name in PREPARED}
        )
        if on_cards(article) != before:
            changed.append(article)
    if shown := together(*map(where_shown, changed)):
        announce("article", changed[0].pk, {**shown, "quiet": True})
    return articles


def on_cards(article: Article) -> tuple:
    return tuple(getattr(article, name) for name in ON_CARDS)


@transaction.atomic
def prepare_pages_after(last: int) -> list[Page]:
    """Prepare the next slice of the paper's own pages."""
    rows = prepared_otherwise(Page.objects.filter(pk__gt=last)).order_by("pk")
    pages = list(rows.select_for_update(of=("self",))[:SLICE])
    for page in pages:
        prepare_page(page)
        Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in PREPARED_PAGE})
    return pages
