"""Authors: saved and removed."""

from django.db import transaction

from articles.models import Author, Image, UnpublishedName
from articles.publishing.tasks.begin import begin
from articles.publishing.tasks.print_what_shows import show

from .addresses.old_addresses import known_addresses, leave_address_of, moved_from
from .shared.locks import lock
from .shared.records import announce, together
from .shared.uses import Use, refuse_if_used, some, unpublished, used_by_articles
from .shared.versions import raise_version


@transaction.atomic
def save_author(author: Author, *, expected: int | None = None) -> Author:
    """Save the author, and print the pages that show what has changed. The name is shown in every list of
    their articles, role and portrait on the pages of the articles, and everything on the author's own
    page."""
    lock(changed={Author: [author.pk]}, named={Image: [author.portrait_id]})
    was = Author.objects.filter(pk=author.pk).first()
    raise_version(author, was, expected=expected)
    author.save()
    leave_address_of(was, author)
    change = {"authors": sorted({(was or author).slug, author.slug})}
    on_cards = bool(was and was.name != author.name)
    named_otherwise = bool(was and (was.name, was.slug) != (author.name, author.slug))
    if was and on_articles(was) != on_articles(author):
        shown = {"sources": [["author", author.pk]], "lists": on_cards, "feeds": named_otherwise}
        pages = begin(show, shown, what=f"Pages that show the author “{author}” are printed")
        change = together(change, pages)
    if named_otherwise:
        change = together(change, moved_from(was, author))
    announce("author", author.pk, change if on_cards else {**change, "everywhere": False})
    return author


def on_articles(author: Author) -> tuple:
    """What the pages of articles show of the author. Without a biography they do not show the role."""
    about = (author.role, author.biography) if author.biography else ()
    return (author.name, author.slug, author.portrait_id, about)


def uses_of_author(author: Author) -> list[Use]:
    return some(
        *used_by_articles(bylines__author=author),
        unpublished(UnpublishedName.Kind.AUTHOR, author.pk),
    )


@transaction.atomic
def remove_author(author: Author) -> None:
    lock(changed={Author: [author.pk]})
    refuse_if_used(author.name, uses_of_author(author))
    number, stood = author.pk, known_addresses(author)
    author.delete()
    announce("author", number, {"authors": [author.slug], "below": stood})
