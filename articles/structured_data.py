"""What search engines read of a page, in the words of schema.org: the same facts that readers see."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.conf import absolute, paper, policies
from articles.images import Rendition, social_rendition
from articles.models import Article, Author, Byline, Correction, Page, Section, Tag
from articles.models.addresses.paths import ICON_SIZES, icon_address
from articles.models.articles.kinds import Kind

Facts = dict[str, Any]

CONTEXT = "https://schema.org"
# Kinds of articles for which schema.org has a word.
KINDS = {Kind.OPINION: "OpinionNewsArticle", Kind.EXPLAINER: "BackgroundNewsArticle"}
# The characters by which JSON could leave its <script>, or break older parsers of it.
ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def machine_time(moment: datetime.datetime) -> str:
    """In the site's zone, to the second: what <time datetime> and JSON-LD both say."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def changed_at(article: Article) -> datetime.datetime:
    """When readers last got something new of it. Never before its publish time, which editors may change."""
    return max(article.publish_at, article.updated_at or article.publish_at)


def social_image(article: Article) -> Rendition | None:
    """The picture that is shown beside links to the article; None if it has no lead image."""
    return article.lead_image and social_rendition(article.lead_image.source)


def news_article(
    article: Article,
    bylines: Sequence[Byline],
    tags: Sequence[Tag],
    corrections: Sequence[Correction],
    *,
    address: str,
    images: Sequence[str],
) -> Facts:
    """`address` and `images` are absolute; `bylines` carry their authors. Those with a role, such as
    photographers, have contributed and are not named as authors, unless nobody else is."""
    wrote = [line for line in bylines if not line.role] or bylines
    facts = {
        "@context": CONTEXT,
        "@type": type_of(article),
        "headline": article.headline,
        "description": article.standfirst or article.excerpt,
        "mainEntityOfPage": address,
        "url": address,
        "datePublished": article.publish_at and machine_time(article.publish_at),
        "dateModified": article.publish_at and machine_time(changed_at(article)),
        "author": [person(line.author) for line in wrote] or organization(),
        "contributor": [person(line.author) for line in bylines if line not in wrote],
        "image": list(images),
        "articleSection": article.section and article.section.name,
        "keywords": [tag.name for tag in tags],
        "isAccessibleForFree": True,
        "inLanguage": article.language,
        "wordCount": article.word_count or None,
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": machine_time(note.at)}
            for note in corrections
        ],
        "publisher": publisher(),
        **review(article),
    }
    return without_empty(facts)


def type_of(article: Article) -> str:
    if article.kind == Kind.REVIEW:
        return "ReviewNewsArticle" if article.reviewed else "NewsArticle"
    return KINDS.get(article.kind, "NewsArticle")


def review(article: Article) -> Facts:
    """What a review is about, and its rating. A review of nothing that has a name is not told as one."""
    if type_of(article) != "ReviewNewsArticle":
        return {}
    stars = {"@type": "Rating", "ratingValue": article.rating, "bestRating": 5, "worstRating": 1}
    return {
        "itemReviewed": {"@type": "Thing", "name": article.reviewed},
        "reviewRating": stars if article.rating else None,
    }


def without_empty(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def person(author: Author) -> Facts:
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def organization() -> Facts:
    return {"@type": "NewsMediaOrganization", "name": paper().name, "url": absolute("/")}


def publisher() -> Facts:
    """The paper with its logo, and with its policies as far as they are written down on its own pages."""
    logo = {"@type": "ImageObject", "url": absolute(icon_address(max(ICON_SIZES)))}
    return organization() | {"logo": logo} | policies()


def web_site() -> Facts:
    """Of the front."""
    return without_empty(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": paper().name,
            "description": paper().tagline,
            "url": absolute("/"),
            "inLanguage": paper().language,
            "publisher": publisher(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={search_term_string}")},
                "query-input": "required name=search_term_string",
            },
        }
    )


def collection_page(owner: Section | Tag) -> Facts:
    """Of a section or a tag."""
    return page_facts("CollectionPage", owner, owner.name) | without_empty({"description": owner.description})


def profile_page(author: Author) -> Facts:
    about = person(author) | without_empty(
        {"jobTitle": author.role, "description": author.biography, "sameAs": author.link_list}
    )
    return page_facts("ProfilePage", author, author.name) | {"mainEntity": about}


def own_page(page: Page) -> Facts:
    """Of the paper's own pages, such as /about/."""
    return page_facts("AboutPage", page, page.title) | {"about": publisher()}


def page_facts(kind: str, owner: Section | Tag | Author | Page, name: str) -> Facts:
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": name,
        "url": absolute(owner.get_absolute_url()),
        "isPartOf": {"@type": "WebSite", "name": paper().name, "url": absolute("/")},
    }


def breadcrumbs(section: Section) -> Facts:
    """The way to an article or a subsection: the front, and the sections that it is in."""
    above = [section.parent] if section.parent_id else []
    steps = [(paper().name, "/"), *((each.name, each.get_absolute_url()) for each in (*above, section))]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def json_ld(facts: Facts) -> SafeString:
    """As it may stand inside <script type="application/ld+json">."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - nothing in it can end the element
