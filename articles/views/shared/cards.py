"""Cards: what lists show of an article. Values and not rows of the models, which take five times as long to
make; a front has fifty."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape as html_escape
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from articles.conf import paper
from articles.models import Article, Byline, Image
from articles.models.addresses import article_address
from articles.models.article_queries import CARD, CARD_COLUMNS
from articles.models.byline import names_of

from .compiled import CompiledQuery

NOTHING = SafeString("")
PICTURE = [name.removeprefix("lead_image__") for name in CARD["picture"]]


@dataclass(slots=True)
class Card:
    """An article in a list, under the names that templates know from the article itself.

    Its words are escaped already, which takes a template three times as long.
    """

    pk: int
    headline: SafeString
    kicker: SafeString
    standfirst: SafeString
    excerpt: SafeString
    # The attributes of an element that holds its words, where they are not in the paper's own language.
    language_attributes: SafeString
    publish_at: Any
    reading_minutes: SafeString
    section: Any
    lead_image: Any
    get_absolute_url: SafeString
    author_names: SafeString = NOTHING


BYLINES = CompiledQuery(
    lambda articles: Byline.objects.filter(article__in=articles).values_list(
        "article", "role", "author__name"
    )
)
BY_PK = CompiledQuery(lambda articles: Article.objects.filter(pk__in=articles).order_by().for_cards())


def cards_of(articles, navigation):
    """Of a queryset, in its order: two queries."""
    return with_names(cards_from(articles.for_cards(), navigation))


def cards_by_pk(pks, navigation):
    """By number, in two queries."""
    rows = BY_PK.rows(articles=tuple(pks)) if pks else ()
    return {card.pk: card for card in with_names(cards_from(rows, navigation))}


def newest_cards(query, navigation, **values):
    return with_names(cards_from(query.rows(**values), navigation))


def with_names(cards):
    """Who wrote each, put on the cards: one query."""
    if not cards:
        return cards
    lines = {}
    for pk, role, name in BYLINES.rows(articles=tuple(card.pk for card in cards)):
        lines.setdefault(pk, []).append((role, name))
    for card in cards:
        card.author_names = escaped(names_of(lines.get(card.pk, ())))
    return cards


def cards_from(rows, navigation):
    """Cards of rows as for_cards() gives them."""
    own_language = paper().language
    cards = []
    for row in rows:
        value = dict(zip(CARD_COLUMNS, row, strict=True))
        language = value["language"]
        direction = text_direction(language, value["direction"])
        cards.append(
            Card(
                pk=value["id"],
                headline=escaped(value["headline"]),
                kicker=escaped(value["kicker"]),
                standfirst=escaped(value["standfirst"]),
                excerpt=escaped(value["excerpt"]),
                language_attributes=NOTHING
                if language == own_language
                else format_html(' lang="{}" dir="{}"', language, direction),
                publish_at=value["publish_at"],
                reading_minutes=SafeString(value["reading_minutes"]),
                section=navigation.section_by_pk(value["section"]),
                lead_image=picture_of(value),
                get_absolute_url=safe_address(value["address_date"], value["slug"]),
            )
        )
    return cards


def escaped(text):
    return SafeString(html_escape(text)) if text else NOTHING


def picture_of(value):
    if value["lead_image"] is None:
        return None
    return picture_source(
        tuple((name, value[f"lead_image__{name}"]) for name in PICTURE), value["lead_image"]
    )


@lru_cache(maxsize=4096)
def picture_source(values, pk):
    return Image(pk=pk, **dict(values)).source


@lru_cache(maxsize=8192)
def safe_address(date, slug):
    """Escaped, so that templates need not look at it again."""
    return escape(article_address(date, slug))


@lru_cache(maxsize=256)
def text_direction(language, direction):
    return Article(language=language, direction=direction).text_direction
