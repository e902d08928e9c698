"""Picking the newest of several lists in one query, and the cards for what was picked."""

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import Article
from articles.models.article_queries import CARD_COLUMNS


def rows_of_each(querysets):
    """The rows of several limited lists of values, as one list for each, in one round trip.

    SQLite refuses LIMIT in the members of a UNION, but not in a subquery there.
    """
    parts, params = [], []
    for number, queryset in enumerate(querysets):
        sql, values = queryset.query.sql_with_params()
        parts.append(f"SELECT {number} AS list, picked.* FROM ({sql}) picked")  # noqa: S608 - the ORM's own SQL
        params.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    lists = [[] for _ in parts]
    for number, *row in rows:
        lists[number].append(tuple(row))
    return lists


def cards_of(queryset, furniture):
    """The articles with all that their cards show, newest first as the queryset has them: two queries."""
    return [in_furniture(card, furniture) for card in queryset.for_cards()]


def cards_by_pk(pks, furniture):
    return {card.pk: card for card in cards_of(Article.objects.filter(pk__in=pks).order_by(), furniture)}


def cards_beside(article, furniture, count):
    """The nearest of its section, in one query and without bylines: those before it, newest first; where
    there are too few, those after it."""
    before = Article.objects.before(article, count).values("id", "publish_at")
    after = Article.objects.after(article, count).values("id", "publish_at")
    (older, older_params), (newer, newer_params) = (
        queryset.query.sql_with_params() for queryset in (before, after)
    )
    nearest = RawSQL(  # noqa: S611 - the ORM's own SQL, its values as parameters
        f"SELECT nearest.id FROM (SELECT 0 AS side, older.* FROM ({older}) older "  # noqa: S608 - as above
        f"UNION ALL SELECT 1, newer.* FROM ({newer}) newer) nearest "
        f"ORDER BY nearest.side, nearest.publish_at, nearest.id LIMIT {count}",
        (*older_params, *newer_params),
    )
    columns = [name for name in CARD_COLUMNS if not name.startswith("section__")]
    cards = Article.objects.filter(pk__in=nearest).select_related("lead_image").only(*columns)

    cards = sorted(cards.order_by(), key=lambda card: card.publish_at)
    older = [card for card in reversed(cards) if card.publish_at < article.publish_at]
    newer = [card for card in cards if card.publish_at > article.publish_at]
    return [in_furniture(card, furniture) for card in (*older, *newer)]


def in_furniture(card, furniture):
    """The card's section out of the page's own furniture, where it stands already."""
    if (section := furniture.by_pk.get(card.section_id)) is not None:
        card.section = section
    return card
