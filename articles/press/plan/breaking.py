"""The pages that are printed with breaking news, when it comes and when it goes."""

import datetime
from collections.abc import Iterable, Iterator

from articles.models import Article, BreakingLine, Section
from articles.models.addresses.paths import BREAKING

from .affected import WithLine


def files_of_lines(lines: Iterable[WithLine]) -> Iterator[str]:
    if lines:
        yield BREAKING


def fronts_with(lines: Iterable[WithLine]) -> Iterator[str]:
    """The front of the paper and those of its sections."""
    if those_that_changed(lines):
        yield "/"
        sections = Section.objects.shown().select_related("parent")
        yield from (section.get_absolute_url() for section in sections)


def articles_with(lines: Iterable[WithLine]) -> Iterator[str]:
    """The newest articles first."""
    if changed := those_that_changed(lines):
        since = datetime.datetime.fromtimestamp(min(each.since for each in changed), datetime.UTC)
        articles = Article.objects.published().filter(publish_at__gte=since).newest_first()
        for article in articles.only("uid", "slug", "address_date"):
            yield article.get_absolute_url()


def those_that_changed(lines: Iterable[WithLine]) -> list[WithLine]:
    """Without those that had ended before their time, after which everything was printed. Another line may
    have taken the place of one that has ended by itself, before the press came to that."""
    by_time = [each.line_id for each in lines if each.by_time]
    rows = BreakingLine.objects.filter(pk__in=by_time) if by_time else ()
    ended = {row.pk for row in rows if row.ended_at is None or row.ended_at >= row.until}
    return [each for each in lines if not each.by_time or each.line_id in ended]
