"""The way into the archive: /archive/ has the months of all years, and each year's page has the days of its
months."""

import datetime
from itertools import groupby

from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.models import Article
from articles.models.addresses import ARCHIVE, year_address
from articles.page_facts import PageFacts
from articles.views.shared.navigation import read_navigation
from articles.views.shared.periods import Period, midnight
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page

from .archives import PAPER, Link, link_to, of_whole_paper


@require_safe
def archive(request):
    months = list(all_months(timezone.now()))
    years = [(each, list(group)) for each, group in groupby(months, lambda month: month.year)]
    groups = [(Link(str(each), year_address(each)), month_links(group)) for each, group in years]
    return index(request, "Archive", ARCHIVE, groups)


@require_safe
def year(request, year):
    if not datetime.MINYEAR < year < datetime.MAXYEAR:
        raise Http404
    opens, closes = (midnight(datetime.date(number, 1, 1)) for number in (year, year + 1))
    articles = Article.objects.published(timezone.now()).filter(publish_at__gte=opens, publish_at__lt=closes)
    days = articles.order_by().values_list(TruncDate("publish_at"), flat=True).distinct()
    months = groupby(sorted(days, reverse=True), lambda day: day.month)
    groups = [
        (Link(MONTHS[month], f"{year_address(year)}{month:02}/"), day_links(group)) for month, group in months
    ]
    if not groups:
        raise Http404
    return index(request, str(year), year_address(year), groups)


def all_months(at):
    """The months in which something was published, the newest first. Each is found by one step in the index,
    because there may be a million articles and are some hundred months."""
    asked = {"at": at, "owner": 0}
    rows = list(PAPER.articles(at, 0).values_list("publish_at")[:1])
    while rows:
        newest = timezone.localdate(rows[0][0])
        month = Period(newest.year, newest.month)
        yield month
        rows = list(PAPER.before.rows(**asked, opens=month.opens))


def month_links(months):
    return [Link(MONTHS[month.month], link_to(of_whole_paper(), month).url) for month in months]


def day_links(days):
    return [Link(str(day.day), f"/{day:%Y/%m/%d}/") for day in days]


def index(request, heading, address, groups):
    context = {
        "heading": heading,
        "groups": groups,
        "above": Link("Archive", ARCHIVE) if address != ARCHIVE else None,
        "meta": Meta(
            title=f"{heading} – {paper().name}",
            shared_title=heading,
            canonical=absolute(address),
            feeds=feed_links(),
        ),
    }
    return render_page(
        request, "pages/years.html", "listing", context, navigation=read_navigation(), facts=PageFacts()
    )
