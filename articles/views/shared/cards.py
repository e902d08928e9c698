"""Cards: what lists show of an article. Cards are plain values and not rows of the models, because those take
five times as long to make, and a front has fifty cards."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.conf import paper
from articles.database.compiled_queries import CompiledQuery
from articles.models import Article, Byline, Image
from articles.models.addresses.paths import article_address
from articles.models.articles.article_queries import CARD, CARD_COLUMNS
from articles.models.articles.byline import names_of
from articles.models.articles.kinds import Kind
from articles.page_facts import PageFacts

NOTHING = SafeString("")
PICTURE = [name.removeprefix("lead_image__") for name in CARD["picture"]]


@dataclass(slots=True)
class Card:
    """An article in a list. Its attributes have the same names as those of Article, for the templates."""

    pk: int
    headline: str
    kicker: str
    standfirst: str
    excerpt: str
    language_attributes: SafeString
    publish_at: Any
    reading_minutes: int
    section: Any
    lead_image: Any
    get_absolute_url: str
    author_names: str = ""

    @property
    def has_picture(self):
        return self.lead_image is not None


BYLINES = CompiledQuery(
    lambda articles: Byline.objects.filter(article__in=articles).values_list(
        "article", "role", "author__name"
    )
)
BY_PK = CompiledQuery(lambda articles: Article.objects.filter(pk__in=articles).order_by().for_cards())


def facts_of_list(cards, **more):
    return PageFacts(articles=tuple(card.get_absolute_url for card in cards), **more)


def cards_of(articles, navigation):
    """The cards of a queryset, in its order, with two queries."""
    return with_names(cards_from(articles.for_cards(), navigation))


def cards_by_pk(pks, navigation):
    """Number → card, with two queries."""
    rows = BY_PK.rows(articles=tuple(pks)) if pks else ()
    return {card.pk: card for card in with_names(cards_from(rows, navigation))}


def newest_cards(query, navigation, **values):
    return with_names(cards_from(query.rows(**values), navigation))


def with_names(cards):
    """The same cards, with the names of their authors filled in by one query."""
    if not cards:
        return cards
    lines = {}
    for pk, role, name in BYLINES.rows(articles=tuple(card.pk for card in cards)):
        lines.setdefault(pk, []).append((role, name))
    for card in cards:
        card.author_names = names_of(lines.get(card.pk, ()))
    return cards


def cards_from(rows, navigation):
    """Make cards from rows of for_cards()."""
    cards = []
    for row in rows:
        value = dict(zip(CARD_COLUMNS, row, strict=True))
        section = navigation.section_by_pk(value["section"])
        cards.append(
            Card(
                pk=value["id"],
                headline=value["headline"],
                kicker=value["kicker"] or kicker_of(value["kind"], section),
                standfirst=value["standfirst"],
                excerpt=value["excerpt"],
                language_attributes=language_attributes(
                    value["language"], value["direction"], paper().language
                ),
                publish_at=value["publish_at"],
                reading_minutes=value["reading_minutes"],
                section=section,
                lead_image=picture_of(value),
                get_absolute_url=article_address(value["address_date"], value["slug"]),
            )
        )
    return cards


def kicker_of(kind, section):
    """An opinion must not look like news in a list. A section of that name says it already."""
    if kind != Kind.OPINION:
        return ""
    word = gettext("Opinion")
    return "" if section and section.name == word else word


def picture_of(value):
    """Without an alt text, which would only be read out between a headline and the next one."""
    if value["lead_image"] is None:
        return None
    values = {name: value[f"lead_image__{name}"] for name in PICTURE}
    return picture_source(tuple(values.items()), value["lead_image"])


def is_shown(withheld):
    """Whether there is a lead picture that readers get, told by its column `withheld`, which is NULL without
    one."""
    return withheld is not None and not withheld


@lru_cache(maxsize=4096)
def picture_source(values, pk):
    """None of a picture that readers do not get any more."""
    image = Image(pk=pk, **dict(values))
    return None if image.withheld else image.source


@lru_cache(maxsize=256)
def language_attributes(language, direction, own_language):
    """The attributes for an element with text in that language; empty for the paper's own language."""
    if language == own_language:
        return NOTHING
    direction = Article(language=language, direction=direction).text_direction
    return format_html(' lang="{}" dir="{}"', language, direction)
