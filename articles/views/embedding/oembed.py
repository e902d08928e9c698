"""oEmbed (oembed.com): for the address of a story, the card that other sites may frame."""

import datetime
import json
from urllib.parse import unquote, urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles.conf import absolute, media, paper
from articles.http.caching import short_answer, with_charset
from articles.images import ROLES, fallback_rendition
from articles.models import Article
from articles.models.addresses.paths import article_address, embed_address
from articles.models.articles.byline import names_of
from articles.words.xml import DECLARATION, element, holding

WIDTH, HEIGHT = 600, 220
LIFETIME = 3600  # seconds


@require_safe
def oembed(request):
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return short_answer(501, "The format is json or xml; there is no other.")
    article = article_at(request.GET.get("url", ""))
    if article is None or not article.is_public():
        return short_answer(404, "There is no story of ours at this address.")
    facts = facts_of(article, limit(request, "maxwidth"), limit(request, "maxheight"))
    text, kind = (as_xml(facts), "text/xml") if form == "xml" else (json.dumps(facts), "application/json")
    response = HttpResponse(text, content_type=with_charset(kind))
    response["Cache-Control"] = f"public, max-age={LIFETIME}"
    # Scripts of other sites may ask: it says nothing that is not public.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def limit(request, name):
    """The number of pixels that the site has room for; None if it does not say."""
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and value.isascii() and 0 < len(value) < 6 else None


def article_at(url):
    """The story at that address of ours, or at that of its card; None if there is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or host != paper().host:
        return None
    path = unquote(parts.path)
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    rows = Article.objects.select_related("lead_image").prefetch_related("bylines__author")
    if match.url_name == "embed":
        return rows.filter(uid=match.kwargs["uid"]).first()
    return article_of(rows, match.kwargs) if match.url_name == "article" else None


def article_of(rows, words):
    try:
        date = datetime.date(words["year"], words["month"], words["day"])
    except ValueError:
        return None
    if found := rows.filter(address_date=date, slug=words["slug"]).first():
        return found
    return rows.filter(old_addresses__path=article_address(date, words["slug"])).first()


def facts_of(article, most_wide, most_high):
    width, height = min(WIDTH, most_wide or WIDTH), min(HEIGHT, most_high or HEIGHT)
    lines = list(article.bylines.all())
    facts = {
        "version": "1.0",
        "type": "rich",
        "title": article.headline,
        "author_name": names_of([(line.role, line.author.name) for line in lines]),
        "author_url": absolute(lines[0].author.get_absolute_url()) if len(lines) == 1 else "",
        "provider_name": paper().name,
        "provider_url": absolute("/"),
        "cache_age": LIFETIME,
        "width": width,
        "height": height,
        "html": frame(article, width, height),
        **thumbnail(article, most_wide, most_high),
    }
    return {name: value for name, value in facts.items() if value}


def frame(article, width, height):
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" style="border:0;max-width:100%" loading="lazy">'
        "</iframe>",
        absolute(embed_address(article.uid)),
        width,
        height,
        article.headline,
    )


def thumbnail(article, most_wide, most_high):
    """Nothing if it has no picture, or if that is larger than the site has room for."""
    if article.hide_withheld().lead_image is None:
        return {}
    file = fallback_rendition(article.lead_image.source, ROLES["card"])
    if (most_wide and file.width > most_wide) or (most_high and file.height > most_high):
        return {}
    return {
        "thumbnail_url": media() + file.path,
        "thumbnail_width": file.width,
        "thumbnail_height": file.height,
    }


def as_xml(facts):
    return DECLARATION + holding(
        "oembed", "".join(element(name, str(value)) for name, value in facts.items())
    )
