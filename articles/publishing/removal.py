"""Taking sections, authors, tags, pages and pictures away: only what nothing shows any more.

Each `uses_of_…` says in words what still needs the row; each `remove_…` refuses while anything does. The
addresses that led to what is removed go with its row, so that none leads to a page that isn't there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import models, transaction

from articles.images import folder_path
from articles.models import Article, Author, Image, Page, Section, State, Tag, UnpublishedName

from .drafts import locked
from .errors import Problem, Refused
from .later import begin
from .locks import lock
from .old_addresses import known_addresses
from .records import announce
from .section_order import lock_all_sections
from .taking_tags import number_of_articles, refuse_if_being_taken, take_tags

MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Use:
    """So many articles, pages … that need the row; `name` tells which kind, for who wants to link to them."""

    name: str
    number: int
    noun: str

    def __str__(self) -> str:
        if self.number == 1:
            return f"1 {self.noun}"
        more = "more than " if self.number > MOST_COUNTED else ""
        return f"{more}{min(self.number, MOST_COUNTED):,} {self.noun}s"


def counted(queryset: models.QuerySet) -> int:
    return queryset.order_by().values("pk")[: MOST_COUNTED + 1].count()


def some(*uses: Use) -> list[Use]:
    return [use for use in uses if use.number]


def unpublished(kind: str, number: int) -> Use:
    """By articles whose unpublished text names it."""
    names = UnpublishedName.objects.filter(kind=kind, name=str(number))
    return Use("working_copies", counted(names), "working copy")


def uses_of_section(section: Section) -> list[Use]:
    return some(
        Use("articles", counted(Article.objects.filter(section=section)), "article"),
        Use("subsections", counted(section.subsections.all()), "subsection"),
        unpublished(UnpublishedName.Kind.SECTION, section.pk),
    )


def uses_of_author(author: Author) -> list[Use]:
    return some(
        Use("articles", counted(author.bylines.all()), "article"),
        unpublished(UnpublishedName.Kind.AUTHOR, author.pk),
    )


def articles_showing(image: Image) -> models.QuerySet:
    """The numbers of the articles with the picture on top or in the body, published or not."""
    leads = Article.objects.filter(lead_image=image).order_by().values("pk")
    return leads.union(image.article_links.order_by().values("article"))


def marked(image: Image) -> str:
    """By what a stored body that shows the picture is known."""
    return f'data-image="{image.pk}"'


def pages_showing(image: Image) -> models.QuerySet:
    """Those of the paper's own pages, without their bodies."""
    return Page.objects.filter(body__contains=marked(image)).defer("body", "prepared_body")


def uses_of_image(image: Image) -> list[Use]:
    return some(
        Use("articles", len(articles_showing(image)[: MOST_COUNTED + 1]), "article"),
        Use("authors", counted(image.portrait_of.all()), "author"),
        Use("pages", counted(pages_showing(image)), "page"),
        unpublished(UnpublishedName.Kind.IMAGE, image.pk),
    )


def refuse_if_used(name: str, uses: list[Use]) -> None:
    if uses:
        raise Refused([Problem("", f"“{name}” is still used by {', '.join(map(str, uses))}.")])


def was_never_out(article: Article) -> bool:
    """Neither readers nor a schedule have had it."""
    return article.state in {State.DRAFT, State.IN_REVIEW} and article.first_published_at is None


@transaction.atomic
def remove_draft(article: Article) -> None:
    """With its revisions and its history, for ever."""
    article = locked(article)
    if not was_never_out(article):
        message = "Readers have or had it, or it is scheduled, so it is kept; withdraw it instead."
        raise Refused([Problem("", message)])
    article.delete()


@transaction.atomic
def remove_section(section: Section) -> None:
    lock_all_sections()
    refuse_if_used(section.name, uses_of_section(section))
    number, stood = section.pk, known_addresses(section)
    section.delete()
    announce("section", number, {"sections": [section.get_absolute_url()], "below": stood})


@transaction.atomic
def remove_author(author: Author) -> None:
    lock(changed={Author: [author.pk]})
    refuse_if_used(author.name, uses_of_author(author))
    number, stood = author.pk, known_addresses(author)
    author.delete()
    announce("author", number, {"authors": [author.slug], "below": stood})


@transaction.atomic
def remove_tag(tag: Tag) -> int:
    """Takes it off its articles too. Answers how many those were."""
    lock(changed={Tag: [tag.pk]})
    refuse_if_being_taken([tag])
    number = number_of_articles([tag])
    taken = {"tags": [tag.pk], "into": None}
    announce("tag", tag.pk, begin(take_tags, taken, what=f"The tag “{tag}” is deleted"))
    return number


@transaction.atomic
def remove_page(page: Page) -> None:
    lock(changed={Page: [page.pk]})
    number, stood = page.pk, known_addresses(page)
    page.delete()
    announce("page", number, {"addresses": stood, "everywhere": page.published})


@transaction.atomic
def remove_image(image: Image) -> None:
    """With its files, once the row is gone for good."""
    lock(changed={Image: [image.pk]})
    refuse_if_used(str(image), uses_of_image(image))
    files = [image.file.name, *rendition_files(image)]
    image.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in files])


def rendition_files(image: Image) -> Iterator[str]:
    """Also those of focal points that it had before: a file server would go on handing them out."""
    shard = folder_path(image.pk, image.key).rpartition("/")[0]
    for folder in listed(shard)[0]:
        if folder.startswith(f"{image.pk}-"):
            yield from (f"{shard}/{folder}/{name}" for name in listed(f"{shard}/{folder}")[1])


def listed(folder: str) -> tuple[list[str], list[str]]:
    """Its folders and its files; none where it was never made."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
