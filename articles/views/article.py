import datetime
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.models.addresses import address, article_address
from articles.models.article_queries import with_authors_about
from articles.structured_data import json_ld, news_article, social_image

from .cards import cards_beside, in_furniture
from .elsewhere import elsewhere, taken_away
from .furniture import furniture
from .rendering import Meta, absolute, render_page

MORE = 4


class ContentsLine(NamedTuple):
    id: str
    heading: str


@require_safe
def article(request, year, month, day, slug):
    try:
        date = datetime.date(year, month, day)
    except ValueError as error:
        raise Http404 from error
    found = Article.objects.filter(address_date=date, slug=slug).for_reading().first()
    if found is None and slug == "amp":
        # The AMP copy of a day's page on the site that stood here before.
        return HttpResponsePermanentRedirect(address(f"{date:%Y}", f"{date:%m}", f"{date:%d}"))
    stands = furniture()
    if found is None:
        return elsewhere(request, stands)
    now = timezone.now()
    if not found.is_public(now):
        return taken_away(found, request, stands)
    in_furniture(found, stands)
    more = cards_beside(found, stands, MORE)
    prefetch_related_objects([found, *more], with_authors_about())
    context = reading_context(found, list(found.bylines.all()), stands) | {
        "corrections": list(found.corrections.all()),
        "tags": [link.tag for link in found.tag_links.all()],
        "more": more,
        "preview": None,
    }
    return render_page(request, "pages/article.html", "article", context, furniture=stands)


def reading_context(found, bylines, stands):
    """What the page shows of the article itself, public or previewed."""
    return {
        "article": found,
        "bylines": bylines,
        "contents": [ContentsLine(*line) for line in found.contents],
        "body": mark_safe(found.prepared_body),  # noqa: S308 - sanitised and prepared when it was saved
        "authors_about": [line.author for line in bylines if line.author.biography],
        "section": found.section,
        "department": stands.listed(found.section) if found.section else None,
        "meta": meta_of(found, bylines),
    }


def meta_of(found, bylines):
    own = absolute(article_address(found.address_date, found.slug)) if found.address_date else ""
    image = social_image(found)
    return Meta(
        title=found.search_title or found.headline,
        description=found.search_description or found.standfirst or found.excerpt,
        canonical=found.canonical_url or own,
        image=image,
        kind="article",
        json_ld=json_ld(news_article(found, bylines, address=own, image=image)),
    )
