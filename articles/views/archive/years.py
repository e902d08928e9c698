"""The way into the archive: /archive/ has the months of all years, and each year's page has the days of its
months."""

import datetime
from itertools import groupby

from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.database.compiled_queries import rows_of_each
from articles.models import Article
from articles.models.addresses.paths import ARCHIVE, year_address
from articles.models.collections.periods import Period, midnight
from articles.page_facts import PageFacts
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page
from articles.words import dates

from .months import PAPER, Link

AT_ONCE = 100  # months that are looked up in one query
FIRST_MOMENT = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
LAST_MOMENT = datetime.datetime(9999, 12, 30, tzinfo=datetime.UTC)


@require_safe
def archive(request):
    months = all_months(timezone.now())
    years = groupby(months, lambda month: month.year)
    groups = [(Link(str(each), year_address(each)), month_links(of_year)) for each, of_year in years]
    # The months between the first and the last are the links of the page.
    span = " – ".join(dict.fromkeys(month.name for month in (*months[-1:], *months[:1])))
    return index(request, gettext("Archive"), ARCHIVE, groups, span)


@require_safe
def year(request, year):
    if not datetime.MINYEAR < year < datetime.MAXYEAR:
        raise Http404
    opens, closes = (midnight(datetime.date(number, 1, 1)) for number in (year, year + 1))
    articles = Article.objects.published(timezone.now()).filter(publish_at__gte=opens, publish_at__lt=closes)
    days = articles.order_by().values_list(TruncDate("publish_at"), flat=True).distinct()
    months = groupby(sorted(days, reverse=True), lambda day: day.month)
    groups = [(month_link(year, month), day_links(group)) for month, group in months]
    if not groups:
        raise Http404
    names = ", ".join(link.name for link, _ in reversed(groups))
    return index(request, str(year), year_address(year), groups, names)


def all_months(at):
    """The months in which something was published, the newest first. Each month between the first and the
    last story is looked up in the index, many in one query, because there may be a million stories but are
    only some hundred months."""
    known = {"at": at, "owner": 0}
    ends = rows_of_each(
        [(PAPER.after, known | {"closes": FIRST_MOMENT}), (PAPER.before, known | {"opens": LAST_MOMENT})]
    )
    oldest, newest = (rows and timezone.localdate(rows[0][0]) for rows in ends)
    asked = [(PAPER.before, known | {"opens": month.closes}) for month in between(oldest, newest)]
    found = set()
    for start in range(0, len(asked), AT_ONCE):
        # Of each month the newest story before its end, which may be one of an earlier month.
        for [[time]] in rows_of_each(asked[start : start + AT_ONCE]):
            day = timezone.localdate(time)
            found.add((day.year, day.month))
    return [Period(*month) for month in sorted(found, reverse=True)]


def between(oldest, newest):
    """All months from the one day to the other; none if there are no days."""
    if not oldest:
        return []
    first, last = (day.year * 12 + day.month - 1 for day in (oldest, newest))
    return [Period(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def month_links(months):
    return [month_link(month.year, month.month) for month in months]


def month_link(year, month):
    return Link(dates.month_alone(datetime.date(year, month, 1)), f"{year_address(year)}{month:02}/")


def day_links(days):
    return [Link(str(day.day), f"/{day:%Y/%m/%d}/") for day in days]


def index(request, heading, address, groups, content):
    """`content`: what the page holds, for search engines."""
    context = {
        "heading": heading,
        "groups": groups,
        "above": Link(gettext("Archive"), ARCHIVE) if address != ARCHIVE else None,
        "meta": Meta(
            title=f"{heading} – {paper().name}",
            shared_title=heading,
            description=f"{heading} – {paper().name}: {content}",
            canonical=absolute(address),
            feeds=feed_links(),
        ),
    }
    return render_page(
        request, "pages/years.html", "listing", context, navigation=read_navigation(), facts=PageFacts()
    )
