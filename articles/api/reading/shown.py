"""Rows → what is answered of them. It reads nothing but what the rows hold, or was prefetched with them."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from articles.conf import absolute, media
from articles.images import rendition_url, whole_rendition
from articles.models import Article, ArticleTag, Author, Byline, Image, Page, Section, Tag
from articles.structured_data import changed_at

BODIES = ("body", "prepared_body")
ARTICLES = "/api/v1/articles"


def with_names(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what lists show of them, in three queries together."""
    return articles.select_related("lead_image", "section__parent").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author")),
        # In the order of their rows, which is the editor's.
        Prefetch("tag_links", ArticleTag.objects.select_related("tag").order_by("pk")),
    )


def articles_shown(rows: Iterable[Article]) -> list[dict]:
    return [article_shown(row.hide_withheld()) for row in rows]


def article_shown(article: Article) -> dict:
    return {
        "id": article.uid,
        "url": absolute(article.get_absolute_url()),
        "api_url": absolute(f"{ARTICLES}/{article.uid}"),
        **{
            name: getattr(article, name)
            for name in ("headline", "kicker", "standfirst", "excerpt", "language")
        },
        "direction": article.text_direction,
        "kind": article.kind,
        "published_at": article.publish_at,
        "updated_at": changed_at(article),
        "section": section_name(article.section),
        "authors": [author_name(line.author) | {"role": line.role} for line in article.bylines.all()],
        "tags": [tag_name(link.tag) for link in article.tag_links.all()],
        "lead_image": lead_shown(article),
        "word_count": article.word_count,
        "reading_minutes": article.reading_minutes,
    }


def lead_shown(article: Article) -> dict | None:
    image = article.lead_image
    return image and picture_shown(image) | article.lead_words._asdict()


# The same lead pictures are asked for again and again.
whole_file = lru_cache(maxsize=8192)(whole_rendition)


def picture_shown(image: Image) -> dict:
    file = whole_file(image.source)
    return {
        "id": image.pk,
        "url": rendition_url(file, media()),
        "width": file.width,
        "height": file.height,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
    }


def image_shown(image: Image) -> dict:
    return picture_shown(image) | {"copyright": image.copyright, "licence": image.licence}


def path_of(thing: Section) -> str:
    return f"{thing.parent.slug}/{thing.slug}" if thing.parent_id else thing.slug


def section_name(section: Section) -> dict:
    return {"path": path_of(section), "name": section.name, "url": absolute(section.get_absolute_url())}


def section_shown(section: Section) -> dict:
    parent = section.parent.slug if section.parent_id else None
    return section_name(section) | {"description": section.description, "parent": parent}


def tag_name(tag: Tag) -> dict:
    return {"slug": tag.slug, "name": tag.name, "url": absolute(tag.get_absolute_url())}


def tag_shown(tag: Tag) -> dict:
    return tag_name(tag) | {"description": tag.description, "is_series": tag.is_series}


def author_name(author: Author) -> dict:
    return {"slug": author.slug, "name": author.name, "url": absolute(author.get_absolute_url())}


def author_shown(author: Author) -> dict:
    portrait = author.hide_withheld().portrait
    return author_name(author) | {
        "role": author.role,
        "biography": author.biography,
        "links": author.link_list,
        "portrait": portrait and picture_shown(portrait),
    }


def page_shown(page: Page) -> dict:
    return {
        "path": page.path,
        "title": page.title,
        "url": absolute(page.get_absolute_url()),
        "language": page.language,
        "updated_at": page.modified_at,
    }
