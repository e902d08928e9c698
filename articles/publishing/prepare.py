"""What readers get of a body, made once when it is saved and not on each request."""

import re
from collections.abc import Callable

from articles.body import Prepared, prepare
from articles.conf import paper
from articles.images import ROLES, picture_html
from articles.models import Article, Image, Page

# The columns that prepare_article sets.
PREPARED = ["prepared_body", "contents", "excerpt", "word_count", "reading_minutes"]
IMAGE_IDS = re.compile(r'data-image="(\d{1,18})"')


def image_ids(body: str) -> set[int]:
    return {int(found) for found in IMAGE_IDS.findall(body)}


def pictures_of(body: str) -> Callable[[int, str, str | None], str | None]:
    """Finds a body's picture by its number and role; None for one that is not in the library."""
    images = Image.objects.in_bulk(image_ids(body))

    def picture(image_id: int, role: str, alt: str | None = None) -> str | None:
        image = images.get(image_id)
        return image and picture_html(image.source, ROLES[role], alt=alt)

    return picture


def prepared(body: str, language: str) -> Prepared:
    return prepare(body, language=language, picture=pictures_of(body), site_hosts=(paper().host,))


def prepare_article(article: Article) -> None:
    """Set the columns that readers' pages are made from. Does not save."""
    made = prepared(article.body, article.language)
    article.prepared_body = made.html
    article.contents = [[part.id, part.heading] for part in made.contents]
    article.excerpt = made.excerpt[:320]
    article.word_count = made.word_count
    article.reading_minutes = made.reading_minutes


def prepare_page(page: Page) -> None:
    page.prepared_body = prepared(page.body, page.language).html
