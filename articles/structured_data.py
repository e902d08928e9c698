"""What search engines read of an article: schema.org's NewsArticle, the same facts that readers see."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.conf import paper
from articles.images import Rendition, social_rendition
from articles.models import Article, Byline

# The characters by which JSON could leave its <script>, or break older parsers of it.
ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def machine_time(moment: datetime.datetime) -> str:
    """In the site's zone, to the second: what <time datetime> and JSON-LD both say."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def social_image(article: Article) -> Rendition | None:
    """The picture that is shown beside links to the article; None if it has no lead image."""
    return article.lead_image and social_rendition(article.lead_image.source)


def news_article(article: Article, bylines: Sequence[Byline], *, address: str, image: str) -> dict[str, Any]:
    """`address` and `image` are absolute; `bylines` carry their authors."""
    newspaper = paper()
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.standfirst or article.excerpt,
        "mainEntityOfPage": address,
        "url": address,
        "datePublished": article.publish_at and machine_time(article.publish_at),
        "dateModified": article.publish_at and machine_time(article.updated_at or article.publish_at),
        "author": [
            {
                "@type": "Person",
                "name": line.author.name,
                "url": newspaper.url + line.author.get_absolute_url(),
            }
            for line in bylines
        ]
        or {"@type": "NewsMediaOrganization", "name": newspaper.name, "url": newspaper.url + "/"},
        "image": [image] if image else None,
        "articleSection": article.section and article.section.name,
        "isAccessibleForFree": True,
        "inLanguage": article.language,
        "wordCount": article.word_count or None,
        "publisher": {"@type": "NewsMediaOrganization", "name": newspaper.name, "url": newspaper.url + "/"},
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def json_ld(facts: dict[str, Any]) -> SafeString:
    """As it may stand inside <script type="application/ld+json">."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - nothing in it can end the element
