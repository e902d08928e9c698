"""Prepares a body for readers when it is saved, so that it need not be done for each request."""

import re
from functools import lru_cache
from hashlib import sha256

from django.utils.translation import gettext, gettext_noop

from articles.body import PREPARATION, Prepared, Words, prepare
from articles.conf import paper
from articles.models import Article, Page
from articles.words.languages import speaking, spoken

# The columns that prepare_article and prepare_page set.
PREPARED = ["prepared_body", "contents", "excerpt", "word_count", "reading_minutes", "prepared_with"]
PREPARED_PAGE = ["prepared_body", "prepared_with"]
# What the links to embeds say (articles/body/embeds).
LABELS = (
    gettext_noop("Watch on {provider}"),
    gettext_noop("Listen on {provider}"),
    gettext_noop("Read on {provider}"),
    gettext_noop("See on {provider}"),
    gettext_noop("See the chart on {provider}"),
    gettext_noop("Open the map on {provider}"),
)
IMAGE_IDS = re.compile(r'data-image="(\d{1,18})"')


def image_ids(body: str) -> set[int]:
    return {int(found) for found in IMAGE_IDS.findall(body)}


def preparation() -> str:
    """A name for the way in which bodies are prepared now. It depends on the version of the code, on the host
    of the paper, because links to other sites are treated differently from links to its own, and on its
    language, for articles whose own language has no catalogue."""
    return _preparation(paper().host, paper().language)


@lru_cache(maxsize=8)
def _preparation(host: str, language: str) -> str:
    return f"{PREPARATION}-{sha256(f'{host} {language}'.encode()).hexdigest()[:8]}"


def prepared(body: str, language: str) -> Prepared:
    return prepare(body, language=language, site_hosts=(paper().host,), words=words_in(spoken(language)))


@lru_cache(maxsize=64)
def words_in(language: str) -> Words:
    with speaking(language):
        return Words(
            table=gettext("Table"),
            gallery=gettext("Pictures"),
            facts=gettext("Facts"),
            summary=gettext("In brief"),
            embed_note=gettext("Shown by {provider} after you tap; it may then set cookies."),
            labels={label: gettext(label) for label in LABELS},
        )


def prepare_article(article: Article, made: Prepared | None = None) -> None:
    """Set the columns that readers' pages are made from. Does not save. `made` is what prepared() makes of
    the body, if it has been called already."""
    made = made or prepared(article.body, article.language)
    article.prepared_body = made.html
    article.contents = [[part.id, part.heading] for part in made.contents]
    article.excerpt = made.excerpt[:320]
    article.word_count = made.word_count
    article.reading_minutes = made.reading_minutes
    article.prepared_with = preparation()


def prepare_page(page: Page) -> None:
    page.prepared_body = prepared(page.body, page.language).html
    page.prepared_with = preparation()
