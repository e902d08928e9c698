"""Sections, tags, authors, pictures and the paper's own pages, as far as readers find them."""

from django.http import HttpRequest
from ninja import Path, Query, Router

from articles.api import schemas
from articles.api.errors import absent
from articles.api.paging import BIGGEST, Paging, number_in, page
from articles.api.schemas import Error
from articles.feeds.entries import sources_of
from articles.feeds.text import with_absolute_links, with_pictures
from articles.models import Author, Page, Section, Tag
from articles.models.collections.public_pages import with_stories
from articles.models.collections.public_pictures import public_pictures
from articles.publishing.shared.prepared_body import preparation, prepare_page

from .shown import author_shown, image_shown, page_shown, section_shown, tag_shown

router = Router()
ONE = {404: Error, 422: Error, 429: Error}
LIST = {422: Error, 429: Error}


def listed(request, rows, shown, paging, *, newest_first=False):
    """A page of the rows, by their numbers."""
    after = number_in(paging.cursor)
    if after is not None:
        rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": after})
    rows = list(rows.order_by("-pk" if newest_first else "pk")[: paging.limit + 1])
    return page(request, rows, paging.limit, lambda row: (row.pk,), lambda own: [shown(row) for row in own])


def one(rows, shown, thing, **which):
    row = rows.filter(**which).first()
    if row is None:
        raise absent(thing)
    return shown(row)


@router.get(
    "/sections", response={200: schemas.Sections, **LIST}, tags=["Sections"], operation_id="listSections"
)
def sections(request: HttpRequest):
    """All that readers find, in the paper's order. They are few, so they are one page."""
    rows = Section.objects.shown().select_related("parent")
    return {"items": [section_shown(row) for row in rows], "next": None}


@router.get("/tags", response={200: schemas.Tags, **LIST}, tags=["Tags"], operation_id="listTags")
def tags(request: HttpRequest, paging: Query[Paging]):
    """Those of public articles."""
    return listed(request, with_stories(Tag), tag_shown, paging)


@router.get("/tags/{slug}", response={200: schemas.Tag, **ONE}, tags=["Tags"], operation_id="getTag")
def tag(request: HttpRequest, slug: schemas.Text):
    return one(with_stories(Tag), tag_shown, "tag", slug=slug)


@router.get("/authors", response={200: schemas.Authors, **LIST}, tags=["Authors"], operation_id="listAuthors")
def authors(request: HttpRequest, paging: Query[Paging]):
    """Those of public articles."""
    rows = with_stories(Author).select_related("portrait")
    return listed(request, rows, author_shown, paging)


@router.get(
    "/authors/{slug}", response={200: schemas.Author, **ONE}, tags=["Authors"], operation_id="getAuthor"
)
def author(request: HttpRequest, slug: schemas.Text):
    return one(with_stories(Author).select_related("portrait"), author_shown, "author", slug=slug)


@router.get("/images", response={200: schemas.Images, **LIST}, tags=["Images"], operation_id="listImages")
def images(request: HttpRequest, paging: Query[Paging]):
    """Pictures that readers see somewhere, the newest first, with their words in the library."""
    return listed(request, public_pictures(), image_shown, paging, newest_first=True)


@router.get("/images/{id}", response={200: schemas.Image, **ONE}, tags=["Images"], operation_id="getImage")
def image(request: HttpRequest, id: int = Path(ge=1, le=BIGGEST)):
    return one(public_pictures(), image_shown, "picture", pk=id)


@router.get("/pages", response={200: schemas.Pages, **LIST}, tags=["Pages"], operation_id="listPages")
def pages(request: HttpRequest, paging: Query[Paging]):
    """The paper's own pages, such as About."""
    rows = Page.objects.filter(published=True).defer("body", "prepared_body")
    return listed(request, rows, page_shown, paging)


@router.get("/pages/{path:path}", response={200: schemas.Page, **ONE}, tags=["Pages"], operation_id="getPage")
def own_page(request: HttpRequest, path: schemas.Text):
    return one(Page.objects.filter(published=True), page_with_text, "page", path=path)


def page_with_text(row):
    if row.prepared_with != preparation():
        prepare_page(row)
    html = with_pictures(row.prepared_body, sources_of([row])).html
    return page_shown(row) | {"html": with_absolute_links(html, row)}
