"""Articles that readers have: lists in the order of their publication, and one with its text."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router

from articles.api.errors import Unable, absent, wrong
from articles.api.paging import Paging, page, place_in
from articles.api.schemas import Article as ArticleSchema
from articles.api.schemas import Articles, Error, Text, Time
from articles.feeds.entries import sources_of
from articles.feeds.text import body_alone
from articles.models import Article, Author, Section, Tag
from articles.models.articles.kinds import Kind
from articles.models.collections.public_pages import with_stories
from articles.publishing.shared.prepared_body import preparation, prepare_article

from .shown import BODIES, article_shown, articles_shown, with_names

router = Router(tags=["Articles"])
# The columns of time and number in whose index each kind of list is found. So however many pages a list has,
# each is read from where it begins.
PLACES = {
    "": ("publish_at", "pk"),
    "tag": ("tag_links__published_at", "tag_links__content_object_id"),
    "author": ("bylines__published_at", "bylines__article_id"),
}


class ListAsked(Paging):
    section: Text = Field("", max_length=200, json_schema_extra={"example": "world/asia"})
    tag: Text = Field("", max_length=200, json_schema_extra={"example": "coast"})
    author: Text = Field("", max_length=200, json_schema_extra={"example": "mara-ellis"})
    since: Time | None = Field(None, json_schema_extra={"example": "2026-11-28T12:00:00Z"})
    until: Time | None = Field(None, json_schema_extra={"example": "2026-11-30T12:00:00Z"})


@router.get("", response={200: Articles, 404: Error, 422: Error, 429: Error}, operation_id="listArticles")
def articles(request: HttpRequest, asked: Query[ListAsked]):
    """The newest first. One of section (`world` or `world/asia`), tag and author narrows them; `since` and
    `until` are times of publication. The search takes several of these together."""
    if sum(map(bool, (asked.section, asked.tag, asked.author))) > 1:
        raise wrong("tag", "Ask for one of section, tag and author; the search takes several.")
    kind = "tag" if asked.tag else "author" if asked.author else ""
    condition = within(asked.since, asked.until, place_in(asked.cursor))
    rows = beginning(kind, asked.section, asked.tag or asked.author, condition)
    rows = list(with_names(rows.defer(*BODIES))[: asked.limit + 1])
    return page(request, rows, asked.limit, lambda row: (row.publish_at, row.pk), articles_shown)


def within(since, until, after):
    """The condition on a time and a number, as a function of their columns."""

    def condition(at, pk):
        newest = min(moment for moment in (timezone.now(), until, after and after[0]) if moment)
        found = Q(**{f"{at}__lte": newest})
        if since:
            found &= Q(**{f"{at}__gte": since})
        if after:
            found &= Q(**{f"{at}__lt": after[0]}) | Q(**{at: after[0], f"{pk}__lt": after[1]})
        return found

    return condition


def beginning(kind, section, slug, condition):
    at, pk = PLACES[kind]
    public = Article.objects.published()
    if section:
        found = section_at(section)
        column = "section" if found.parent_id else "department"
        return public.newest_under(column, found.pk).filter(condition(at, pk))
    if not kind:
        return public.newest_first().filter(condition(at, pk))
    model, column = {"tag": (Tag, "tag_links__tag"), "author": (Author, "bylines__author")}[kind]
    owner = with_stories(model).filter(slug=slug).first()
    if owner is None:
        raise absent(kind)
    # In one filter(), because a second one would join the rows of tags a second time.
    return public.filter(condition(at, pk), **{column: owner}).order_by(f"-{at}", f"-{pk}")


def section_at(path):
    found = Section.objects.shown().at(*path.strip("/").split("/"))
    if found is None:
        raise absent("section")
    return found


@router.get(
    "/{uuid:uid}",
    response={200: ArticleSchema, 404: Error, 410: Error, 422: Error, 429: Error},
    operation_id="getArticle",
)
def article(request: HttpRequest, uid: UUID):
    """One article with its text. 410 says that readers had it once."""
    found = with_names(Article.objects.published().filter(uid=uid)).prefetch_related("corrections").first()
    if found is None:
        raise taken_away(uid)
    found.hide_withheld()
    if found.prepared_with != preparation():
        prepare_article(found)
    return article_shown(found) | {
        "html": body_alone(found, sources_of([found])).html,
        "reviewed": found.reviewed if found.kind == Kind.REVIEW else "",
        "rating": found.stars,
        "contents": [{"id": id, "heading": heading} for id, heading in found.contents],
        "corrections": [
            {"kind": note.kind, "text": note.text, "at": note.at} for note in found.corrections.all()
        ],
        "canonical_url": found.canonical_url,
    }


def taken_away(uid):
    """What was never out does not exist for readers."""
    was_out = Article.including_bin.filter(uid=uid, first_published_at__lte=timezone.now()).exists()
    return Unable(410, "This article has been withdrawn.") if was_out else absent("article")
