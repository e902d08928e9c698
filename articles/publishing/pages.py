"""The paper's own pages, such as /about/: saved and removed."""

from django.db import transaction

from articles.body import number_parts, sanitise
from articles.models import Image, Page

from .locks import lock
from .old_addresses import known_addresses, leave_address_of
from .prepared_body import image_ids, prepare_page
from .records import announce
from .versions import raise_version


@transaction.atomic
def save_page(page: Page, *, expected: int | None = None) -> Page:
    """Save one of the paper's own pages. The foot of every page lists them, so a new title or path affects
    every page; a new text affects only the page itself."""
    page.body = sanitise(page.body)
    lock(named={Image: image_ids(page.body)}, changed={Page: [page.pk]})
    was = Page.objects.filter(pk=page.pk).first()
    page.body = number_parts(page.body, was.body if was else "")
    prepare_page(page)
    raise_version(page, was, expected=expected)
    page.save()
    leave_address_of(was, page)
    addresses = {page.get_absolute_url()} | ({was.get_absolute_url()} if was else set())
    announce(
        "page", page.pk, {"addresses": sorted(addresses), "everywhere": listed_as(was) != listed_as(page)}
    )
    return page


def listed_as(page: Page | None) -> tuple:
    """What the foot of every page shows of this page."""
    return (page.title, page.path, page.order) if page and page.published else ()


@transaction.atomic
def remove_page(page: Page) -> None:
    lock(changed={Page: [page.pk]})
    number, stood = page.pk, known_addresses(page)
    page.delete()
    announce("page", number, {"addresses": stood, "everywhere": page.published})
