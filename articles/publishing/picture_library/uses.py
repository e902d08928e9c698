"""What names a picture, so that it can't be deleted.

Each column that can name a picture is registered in NAMING. A test walks the columns of all models and asks
of each whether it is here or can't name one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast

from articles.models import (
    Article,
    ArticlePicture,
    Author,
    Board,
    BoardSlot,
    Image,
    NamedPicture,
    Page,
    UnpublishedName,
    UnsavedText,
)
from articles.publishing.pictures import articles_showing, pages_showing
from articles.publishing.shared.prepared_body import image_ids
from articles.publishing.shared.uses import Use, counted, some, unpublished, used_by_articles

THE_PICTURE = OuterRef("pk")


@dataclass(frozen=True)
class Naming:
    """A column that names pictures: by their numbers, which the database compares, or in texts of few rows,
    of which `read` gives the numbers."""

    model: type[Model]
    column: str
    read: Callable[[], Iterable[int]] | None = None

    def rows(self) -> QuerySet:
        """Those that name the picture of the query around them."""
        if self.model is UnpublishedName:
            number = Cast(THE_PICTURE, CharField(max_length=300))
            return UnpublishedName.objects.filter(kind=UnpublishedName.Kind.IMAGE, name=number)
        return self.model._base_manager.filter(**{self.column: THE_PICTURE})


def in_pages() -> Iterable[int]:
    for body in Page.objects.filter(body__contains="data-image").values_list("body", flat=True):
        yield from image_ids(body)


def being_typed() -> Iterable[int]:
    for fields in UnsavedText.objects.exclude(fields={}).values_list("fields", flat=True):
        yield from typed_in(fields)


def typed_in(fields: dict) -> set[int]:
    """The pictures that a form names in which somebody is typing."""
    lead = str(fields.get("lead_image") or "")
    leads = {int(lead)} if lead.isascii() and lead.isdecimal() and len(lead) < 19 else set()
    return leads | image_ids(str(fields.get("body") or ""))


NAMING = (
    # Also of articles in the bin.
    Naming(Article, "lead_image"),
    # Bodies, of articles and of their working copies and scheduled changes.
    Naming(ArticlePicture, "image"),
    # Every version of every article.
    Naming(NamedPicture, "image"),
    Naming(Author, "portrait"),
    # Every version of every board.
    Naming(BoardSlot, "image"),
    Naming(Page, "body", in_pages),
    Naming(UnsavedText, "fields", being_typed),
    # Lead pictures of working copies and of scheduled changes.
    Naming(UnpublishedName, "name"),
)


def unused(images: QuerySet) -> QuerySet:
    """Those of the pictures that nothing names. They are asked for once more, one by one and locked, before
    they are deleted."""
    read: set[int] = set()
    for naming in NAMING:
        if naming.read is None:
            images = images.filter(~Exists(naming.rows()))
        else:
            read |= set(naming.read())
    return images.exclude(pk__in=read) if read else images


def uses_of_image(image: Image) -> list[Use]:
    showing = articles_showing(image)
    # Of an article that shows it now the older versions are not counted besides.
    older = image.version_links.exclude(article__in=showing)
    named = UnpublishedName.objects.filter(kind=UnpublishedName.Kind.IMAGE, name=str(image.pk))
    older = older.exclude(article__in=named.values("article"))
    return some(
        *used_by_articles(pk__in=showing),
        Use("authors", counted(image.portrait_of.all()), "author"),
        Use("pages", counted(pages_showing(image)), "page"),
        Use(
            "boards",
            counted(boards_naming(image)),
            "front with its older versions",
            "fronts with their older versions",
        ),
        unpublished(UnpublishedName.Kind.IMAGE, image.pk),
        Use("versions", counted(older), "article’s older versions", "articles’ older versions"),
        Use("typed", typed_now(image), "text that is being typed", "texts that are being typed"),
    )


def boards_naming(image: Image) -> QuerySet:
    """Also those of which only an older version has it: who brings that back finds it."""
    return Board.objects.select_related("section__parent").filter(versions__slots__image=image).distinct()


def typed_now(image: Image) -> int:
    rows = UnsavedText.objects.exclude(fields={}).values_list("fields", flat=True)
    return sum(image.pk in typed_in(fields) for fields in rows)
