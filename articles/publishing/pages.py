"""The paper's own pages, such as /about/: saved and removed."""

from django.db import transaction

from articles.body import number_parts, sanitise
from articles.models import Image, Page
from articles.models.addresses.paths import address
from articles.models.collections.page import nearest_above

from .addresses.old_addresses import known_addresses, leave_address_of
from .shared.locks import lock
from .shared.prepared_body import image_ids, prepare_page
from .shared.records import announce
from .shared.versions import raise_version

# Path → what other pages show of a page besides: its title, and where it stands among them.
Listed = dict[str, tuple[str, int]]


@transaction.atomic
def save_page(page: Page, *, expected: int | None = None) -> Page:
    """Save one of the paper's own pages. Every page is printed again only if the foot changes, which lists
    the pages that no other is above; a new text affects the page alone."""
    page.body = sanitise(page.body)
    lock(named={Image: image_ids(page.body)}, changed={Page: [page.pk]})
    was, before = Page.objects.filter(pk=page.pk).first(), listed_pages()
    page.body = number_parts(page.body, was.body if was else "")
    prepare_page(page)
    raise_version(page, was, expected=expected)
    page.save()
    leave_address_of(was, page)
    addresses = {page.get_absolute_url()} | ({was.get_absolute_url()} if was else set())
    announce_page(page.pk, addresses, before, {page.path} | ({was.path} if was else set()))
    return page


@transaction.atomic
def remove_page(page: Page) -> None:
    lock(changed={Page: [page.pk]})
    number, stood, before = page.pk, known_addresses(page), listed_pages()
    page.delete()
    announce_page(number, set(stood), before, {page.path})


def listed_pages() -> Listed:
    rows = Page.objects.filter(published=True).values_list("path", "title", "order")
    return {path: (title, order) for path, title, order in rows}


def announce_page(number: int, addresses: set[str], before: Listed, paths: set[str]) -> None:
    """Announce the addresses and, if others show something else of the page at these paths now, those that
    are next to it: the page above it, and those below it."""
    after = listed_pages()
    if before != after:
        beside = set().union(*(next_to(path, pages) for path in paths for pages in (before, after)))
        addresses = addresses | {address(*path.split("/")) for path in beside}
    change = {"addresses": sorted(addresses), "everywhere": in_the_foot(before) != in_the_foot(after)}
    announce("page", number, change)


def in_the_foot(pages: Listed) -> Listed:
    return {path: shown for path, shown in pages.items() if nearest_above(path, pages) is None}


def next_to(path: str, pages: Listed) -> set[str]:
    below = {each for each in pages if nearest_above(each, pages) == path}
    above = nearest_above(path, pages)
    return below | ({above} if above else set())
