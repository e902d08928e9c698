"""Whether readers find a page at the address of a thing. A section, a tag or an author has a page from its
first public story on, and has none any more after its last."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models.addresses.paths import FEEDS
from articles.models.articles.article import Article
from articles.models.collections.author import Author
from articles.models.collections.document import Document
from articles.models.collections.image import Image
from articles.models.collections.page import Page
from articles.models.collections.periods import period_below
from articles.models.collections.section import Section
from articles.models.collections.tag import Tag


def is_shown(thing, below="", at=None):
    """`below` is what follows the address of the thing in that of one of its months, days or feeds."""
    if period := period_below(below):
        return (
            has_archive(thing) and articles_of(thing, at).between(period.first_day, period.next_day).exists()
        )
    if below and not (below in FEEDS.values() and has_archive(thing)):
        return False
    if isinstance(thing, Image | Document):
        return True
    if isinstance(thing, Page):
        return thing.published
    if isinstance(thing, Article):
        return thing.is_public(at)
    if isinstance(thing, Section):
        return Section.objects.shown(at).filter(pk=thing.pk).exists()
    return articles_of(thing, at).exists()


def shown_among(places, at=None):
    """is_shown() for many pairs of a thing and what follows its address: those at which readers find a page.
    However many they are, two queries are made for each kind of list that is among them."""
    at = at or timezone.now()
    lists = defaultdict(dict)
    shown = set()
    for thing, below in set(places):
        if has_archive(thing):
            lists[type(thing)][thing, below] = period_below(below)
        elif is_shown(thing, below, at):
            shown.add((thing, below))
    return shown.union(*(lists_among(model, periods, at) for model, periods in lists.items()))


def lists_among(model, periods, at):
    """Those of one kind. `periods` has the month or day of each place; None if it is that of the whole list
    or of its feed."""
    whole = [place for place, period in periods.items() if not period and place[1] in {"", *FEEDS.values()}]
    public = Section.objects.shown(at) if model is Section else with_stories(model, at)
    numbers = set(public.filter(pk__in=[thing.pk for thing, _ in whole]).values_list("pk", flat=True))
    return {place for place in whole if place[0].pk in numbers} | with_period(model, periods, at)


def with_period(model, periods, at):
    """Those of months and days that have an article. All are asked in one row."""
    asked = {
        f"of_{number}": (place, Exists(articles_of(place[0], at).between(period.first_day, period.next_day)))
        for number, (place, period) in enumerate(periods.items())
        if period
    }
    if not asked:
        return set()
    any_row = model.objects.order_by("pk").values(**{name: exists for name, (_, exists) in asked.items()})
    return {asked[name][0] for name, is_there in any_row[0].items() if is_there}


def has_archive(thing):
    return isinstance(thing, Section | Tag | Author)


def articles_of(thing, at=None):
    """The public articles of a section, a tag or an author."""
    at = at or timezone.now()
    if isinstance(thing, Section):
        return Article.objects.published(at).in_section(thing)
    if isinstance(thing, Tag):
        return Article.objects.tagged(thing, at)
    return Article.objects.by_author(thing, at)


def with_stories(model, at=None):
    """The tags, or the authors, that readers find: those of public articles."""
    public = {Tag: Article.objects.tagged, Author: Article.objects.by_author}[model]
    return model.objects.filter(Exists(public(OuterRef("pk"), at)))
