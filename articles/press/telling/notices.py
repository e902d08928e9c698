"""A consumer of the outbox: writes down of which addresses each server is to be told."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils import timezone

from articles.models import Article, Notice
from articles.press.plan.affected import Change, all_affected
from articles.press.plan.present_rows import as_of_now
from articles.press.plan.printing_order import feeds
from articles.press.shelf.interface import Shelf

from .services import Hub, IndexNow, Service

SLICE = 200  # rows written by one query


class WritesDown:
    """The consumer. Only news is told: a change of an article that happens now, and neither an import nor a
    tag that is called something else."""

    name, version = "telling", 1

    def __init__(self, services: Sequence[Service], shelf: Callable[[], Shelf]) -> None:
        self.services = services
        self.shelf = shelf

    def start_over(self, done: str) -> None:
        """Nobody is told of what was published before: whoever subscribes or crawls finds it."""

    def take(self, changes: Sequence[Change]) -> None:
        news = [change for change in changes if is_news(change)]
        if not news:
            return
        news += as_of_now(news)
        for service in self.services:
            write_down(service.name, self.addresses(service, news))

    def addresses(self, service: Service, news: list[Change]) -> Iterator[str]:
        if service.name == Hub.name:
            yield from feeds(self.shelf(), all_affected(news))
        if service.name == IndexNow.name:
            hidden = Article.including_bin.filter(pk__in=[change["id"] for change in news], noindex=True)
            left_out = set(hidden.values_list("pk", flat=True))
            yield from (
                address
                for change in news
                if change["id"] not in left_out
                for address in change.get("addresses", ())
            )


def is_news(change: Change) -> bool:
    return change["kind"] == "article" and not change.get("quiet")


def write_down(service: str, addresses: Iterable[str]) -> None:
    """One row for each address, however often it changes until the server is told."""
    now = timezone.now()
    rows = [
        Notice(service=service, address=address, noted_at=now, next_try_at=now)
        for address in dict.fromkeys(addresses)
    ]
    Notice.objects.bulk_create(
        rows,
        batch_size=SLICE,
        update_conflicts=True,
        unique_fields=["service", "address"],
        update_fields=["noted_at", "next_try_at"],
    )
