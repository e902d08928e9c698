import datetime
import re
from types import SimpleNamespace
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, DateTimeField, When
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conf import counts_reads, media, paper
from articles.database.compiled_queries import Columns, CompiledQuery, rows_of_each
from articles.drawing import card_of
from articles.drawing.card import HEIGHT, WIDTH
from articles.images import shared_renditions
from articles.models import Article, ArticleTag, Author, Byline, Correction, Image, Tag
from articles.models.addresses.paths import OEMBED, article_address
from articles.models.articles.article import Direction
from articles.models.articles.article_queries import FIRST_TIME, LAST_PLACE, MORE
from articles.models.articles.byline import names_of
from articles.models.articles.kinds import Kind
from articles.page_facts import PageFacts
from articles.structured_data import (
    breadcrumbs,
    changed_at,
    json_ld,
    machine_time,
    news_article,
    social_image,
)
from articles.views.shared.bodies import body_of, bring_up_to_date, unused_of_body
from articles.views.shared.cards import Card, cards_from, language_attributes
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, SharedPicture, absolute, feed_links, render_page

from .moved_or_gone import elsewhere, taken_away

# The number of a tag that is a series, of others none; and the place that the article has in it.
SERIES = Case(When(tag__is_series=True, then="tag"), output_field=BigIntegerField())
PLACE = Cast("place", BigIntegerField())
ARTICLE, LEAD_IMAGE = Columns(Article), Columns(Image, "lead_image__")
AUTHOR, PORTRAIT = Columns(Author, "author__"), Columns(Image, "author__portrait__")
NAME = AUTHOR.names.index("name")

FOUND = CompiledQuery(
    # The address of one that is in the bin answers that it is gone.
    lambda date, slug: Article.including_bin.filter(address_date=date, slug=slug).values_list(
        *ARTICLE.asked, *LEAD_IMAGE.asked
    )
)
BEFORE = CompiledQuery(
    lambda at, **place: Article.objects.before(SimpleNamespace(**place), MORE, at).for_cards()
)
AFTER = CompiledQuery(
    lambda at, **place: Article.objects.after(SimpleNamespace(**place), MORE, at).for_cards()
)
RELATED = CompiledQuery(lambda at, pk: Article.objects.related_to(pk, at=at).for_cards())
BYLINES = CompiledQuery(
    lambda articles: Byline.objects.filter(article__in=articles).values_list(
        "article", "role", *AUTHOR.asked, *PORTRAIT.asked
    )
)
# The articles beside it in a series, with the columns of the two above.
BEFORE_IN_SERIES, AFTER_IN_SERIES = (
    CompiledQuery(
        lambda at, tag, publish_at, pk, later=later: Article.objects.beside_in_series(
            tag, publish_at, pk, at, later=later
        ).for_cards()
    )
    for later in (False, True)
)
BEFORE_PLACE, AFTER_PLACE = (
    CompiledQuery(
        lambda at, tag, place, later=later: Article.objects.beside_place_in_series(
            tag, place, at, later=later
        ).for_cards()
    )
    for later in (False, True)
)
# These two are asked in one round trip, so they must have the same columns.
TAGS = CompiledQuery(
    lambda article: (
        ArticleTag.objects.filter(content_object=article)
        .order_by("pk")
        .values_list("tag__name", "tag__slug", Cast(None, DateTimeField()), "pk", SERIES, PLACE)
    )
)
CORRECTIONS = CompiledQuery(
    lambda article: Correction.objects.filter(article=article).values_list(
        "kind", "text", "at", "pk", *[Cast(None, BigIntegerField())] * 2
    )
)


# So many letters of text are taller than a list of stories beside them, however narrow that is.
TALLER_THAN_MORE = 2_600
ELEMENTS = re.compile(r"<[^>]*>")
WIDE = "figure--wide"
# Kinds that have a sheet of their own.
WITH_A_LOOK = (Kind.OPINION, Kind.REVIEW, Kind.INTERVIEW, Kind.PICTURES)


class Series(NamedTuple):
    """A series and the cards of the articles before and after this one; one of them may be None."""

    tag: Tag
    before: Card | None
    after: Card | None


class ContentsLine(NamedTuple):
    id: str
    heading: str


@require_safe
def article(request, year, month, day, slug):
    try:
        date = datetime.date(year, month, day)
    except ValueError as error:
        raise Http404 from error
    found = article_at(date, slug)
    navigation = read_navigation()
    if found is None:
        return elsewhere(request, navigation)
    now = timezone.now()
    if not found.is_public(now):
        return taken_away(found, request, navigation)
    bring_up_to_date(found)
    found.section = navigation.section_by_pk(found.section_id)
    tags, corrections = tags_and_corrections(found)
    related, more, series = cards_beside(found, now, navigation, [tag for tag in tags if tag.is_series])
    # Beside the text there is room for one list.
    onwards = related or more
    bylines = bylines_of(found, () if related else more)
    context = reading_context(found, bylines, navigation, tags, corrections) | {
        "corrections": corrections,
        "tags": tags,
        "more": onwards,
        "is_related": bool(related),
        "place_of_more": place_of_more(
            found.prepared_body, wide="<figure" if found.kind == Kind.PICTURES else WIDE
        ),
        "series": series,
        "preview": None,
    }
    return render_page(
        request,
        "pages/article.html",
        "article",
        context,
        navigation=navigation,
        unused=unused(context),
        facts=facts_of(found, context["body"]),
        line=line if (line := navigation.line) and line.is_on_page_of(found.publish_at) else None,
    )


def unused(context):
    """The style sheets and scripts that this page does not need. Most articles have no table, no frame to
    open and no correction."""
    body = context["body"].html
    figures = "<figure" in body or context["article"].lead_image
    shown = {
        "contents": context["contents"],
        "figure": figures,
        "corrections": context["corrections"],
        "tags": context["tags"],
        "about_authors": context["authors_about"],
        "more": context["more"],
        "series": context["series"],
        **{f"kind_{kind}": kind == context["article"].kind for kind in WITH_A_LOOK},
        "read": counts_reads(),
    }
    return [*unused_of_body(body), *(name for name, is_shown in shown.items() if not is_shown)]


def place_of_more(body, *, wide=WIDE):
    """Where the list of other stories stands beside the text on a wide screen: at its beginning, or at its
    end if a wide figure needs that place, or nowhere."""
    before, found, rest = body.partition(wide)
    if not found or is_long(before):
        return "beside"
    return "beside-end" if is_long(rest.rpartition(wide)[2]) else ""


def is_long(html):
    return len(ELEMENTS.sub("", html)) >= TALLER_THAN_MORE


def article_at(date, slug):
    for row in FOUND.rows(date=date, slug=slug):
        found = ARTICLE.row(row[: len(ARTICLE.names)])
        found.lead_image = LEAD_IMAGE.row(row[len(ARTICLE.names) :])
        return found.hide_withheld()
    return None


def cards_beside(found, now, navigation, tags):
    """The related articles. Those published in the same section just before this one; if there are too few,
    those just after it. And of each of the tags, which are series, the articles beside it."""
    here = {"pk": found.pk, "publish_at": found.publish_at, "at": now}
    place = here | {"section_id": found.section_id}
    asked = [(RELATED, {"pk": found.pk, "at": now}), (BEFORE, place), (AFTER, place)]
    for tag in tags:
        asked += beside_in_series(tag, here)
    related, before, after, *beside = (cards_from(rows, navigation) for rows in rows_of_each(asked))
    before.sort(key=lambda card: (card.publish_at, card.pk), reverse=True)
    after.sort(key=lambda card: (card.publish_at, card.pk))
    beside = [
        next(iter([*first, *second]), None) for first, second in zip(beside[::2], beside[1::2], strict=True)
    ]
    series = [Series(tag, *pair) for tag, *pair in zip(tags, beside[::2], beside[1::2], strict=True)]
    return related, [*before, *after][:MORE], [each for each in series if each.before or each.after]


def beside_in_series(tag, here):
    """The queries for the article before, by time and else by place, and for that after, by place and else by
    time, because those with a place come first."""
    by_time = here | {"tag": tag.pk} | ({"publish_at": FIRST_TIME} if tag.place else {})
    by_place = {"at": here["at"], "tag": tag.pk, "place": tag.place or LAST_PLACE}
    yield from ((BEFORE_IN_SERIES, by_time), (BEFORE_PLACE, by_place))
    yield from ((AFTER_PLACE, by_place), (AFTER_IN_SERIES, by_time))


def bylines_of(found, cards):
    """The article's, with authors and portraits; the cards get their names on the way."""
    own, lines = [], {}
    for pk, role, *values in BYLINES.rows(articles=(found.pk, *(card.pk for card in cards))):
        if pk == found.pk:
            author = AUTHOR.row(values[: len(AUTHOR.names)])
            author.portrait = PORTRAIT.row(values[len(AUTHOR.names) :])
            author.hide_withheld()
            own.append(Byline(article=found, author=author, role=role))
        else:
            lines.setdefault(pk, []).append((role, values[NAME]))
    for card in cards:
        card.author_names = names_of(lines.get(card.pk, ()))
    return own


def tags_and_corrections(found):
    """Its tags in the editor's order, its corrections with the newest first."""
    values = {"article": found.pk}
    tags, corrections = rows_of_each([(TAGS, values), (CORRECTIONS, values)])
    # The database may return the rows of several queries in any order.
    tags.sort(key=lambda row: row[3])
    corrections.sort(key=lambda row: row[2:4], reverse=True)
    return (
        [tag_of(*row) for row in tags],
        [Correction(kind=kind, text=text, at=at) for kind, text, at, *_ in corrections],
    )


def tag_of(name, slug, _, __, series, place):
    tag = Tag(pk=series, name=name, slug=slug, is_series=series is not None)
    tag.place = place
    return tag


def reading_context(found, bylines, navigation, tags=(), corrections=()):
    """What the page shows of the article itself, public or previewed."""
    return {
        "article": found,
        "bylines": bylines,
        "contents": [ContentsLine(*line) for line in found.contents],
        "body": body_of(found),
        # For what stands beside the text in the paper's language.
        "papers_language": language_attributes(paper().language, Direction.AUTOMATIC, found.language),
        "authors_about": [line.author for line in bylines if line.author.biography],
        "section": found.section,
        "department": navigation.listed(found.section) if found.section else None,
        "meta": meta_of(found, bylines, tags, corrections),
    }


def facts_of(found, body):
    social = social_image(found)
    return PageFacts(pictures=(*body.pictures, social.path) if social else body.pictures)


def meta_of(found, bylines, tags, corrections):
    own = absolute(article_address(found.address_date, found.slug)) if found.address_date else ""
    images = pictures_to_choose_from(found)
    title = found.search_title or found.headline
    facts = [news_article(found, bylines, tags, corrections, address=own, images=images)]
    if found.section:
        facts.append(breadcrumbs(found.section))
    return Meta(
        title=f"{title} – {paper().name}",
        shared_title=title,
        description=found.search_description or found.standfirst or found.excerpt,
        canonical=found.canonical_url or own,
        image=shared_picture(found),
        kind="article",
        locale=locale_of(found.language),
        facts=shared_facts(found, tags),
        feeds=feed_links(),
        # Its address as it is, because it stands on the page already and so costs few bytes.
        oembed=own and f"{absolute(OEMBED)}?url={own}",
        robots="noindex" if found.noindex else "",
        json_ld=tuple(map(json_ld, facts)),
    )


def shared_picture(found):
    """Its lead picture, or else one that is drawn when somebody asks for it. None of a draft without one."""
    social = social_image(found)
    if social:
        return SharedPicture(media() + social.path, social.width, social.height, found.lead_words.alt)
    if not found.address_date:
        return None
    card = card_of(found.pk, found.headline, found.text_direction)
    return SharedPicture(media() + card.path, WIDTH, HEIGHT, f"{card.name}: {card.headline}")


def pictures_to_choose_from(found):
    """The addresses of its lead picture in three ratios. Nobody waits for these files: they are made when
    somebody asks for them."""
    if not found.lead_image:
        return []
    return [media() + each.path for each in shared_renditions(found.lead_image.source)]


def shared_facts(found, tags):
    """What other sites show beside a link to the article, in the words of ogp.me."""
    if found.publish_at is None:
        return ()
    return (
        ("article:published_time", machine_time(found.publish_at)),
        ("article:modified_time", machine_time(changed_at(found))),
        *([("article:section", found.section.name)] if found.section else []),
        *(("article:tag", tag.name) for tag in tags),
    )


def locale_of(language):
    """en_GB for en-gb; empty for a language without a territory, for which ogp.me has no word."""
    name, _, territory = language.partition("-")
    return f"{name}_{territory.upper()}" if len(territory) == 2 else ""
