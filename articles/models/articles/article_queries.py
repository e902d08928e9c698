import datetime
from collections import defaultdict

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from articles.models.articles.related import in_order
from articles.models.articles.states import State

# A card is what a list shows of an article: no body. Each value that cards show, by name, and the columns of
# which it is made. Cards are made of these columns alone, so no template can show anything else; the bylines
# are rows of their own. Verbs say by these names what they have changed
# (publishing/article/content/seen_by_readers.py), and the press knows which kind of page shows which of them
# (press/plan/affected.py).
CARD = {
    "address": ("address_date", "slug"),
    "headline": ("headline",),
    # An opinion is named as one where it has no kicker.
    "kicker": ("kicker", "kind"),
    "section_name": ("section",),
    "summary": ("standfirst", "excerpt"),
    "author_names": (),
    "language": ("language", "direction"),
    "publish_at": ("publish_at",),
    "reading_minutes": ("reading_minutes",),
    "has_picture": ("lead_image",),
    "picture": (
        "lead_image__width",
        "lead_image__height",
        "lead_image__fingerprint",
        "lead_image__focus_x",
        "lead_image__focus_y",
        "lead_image__crops",
        "lead_image__color",
        "lead_image__withheld",
    ),
}
# The place and the time after which, and before which, an article stands in a series that has none, or no
# place in it. So one question serves both kinds.
LAST_PLACE = 32_767
FIRST_TIME = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
CARD_COLUMNS = ["id", *(column for columns in CARD.values() for column in columns)]

# So many stories stand under “More from …”, and so many under “Related”.
MORE = 4
RELATED = 3


class ArticleQuerySet(models.QuerySet):
    def published(self, at=None):
        """What readers may see at that time: the only place that knows."""
        at = at or timezone.now()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at), state=State.PUBLISHED, publish_at__lte=at
        )

    def going_out(self, at=None):
        """Those with scheduled changes that are due and that nothing has refused, the longest due first."""
        at = at or timezone.now()
        return self.filter(scheduled_for__lte=at, scheduled_problem="").order_by("scheduled_for", "pk")

    def held_back(self):
        """Those with scheduled changes that could not go out at their time."""
        held = self.filter(scheduled_for__isnull=False).exclude(scheduled_problem="")
        return held.order_by("scheduled_for", "pk")

    def at_addresses(self, addresses):
        """Those that have one of these addresses, which are pairs of date and slug, in one query."""
        days = defaultdict(set)
        for day, slug in addresses:
            days[day].add(slug)
        there = Q(pk__in=())
        for day, slugs in days.items():
            there |= Q(address_date=day, slug__in=slugs)
        return self.filter(there)

    def canonical(self, at=None):
        """Published, first published here, and not kept from search engines: what they are to list."""
        return self.published(at).filter(canonical_url="", noindex=False)

    def newest_first(self):
        return self.order_by("-publish_at", "-pk")

    def newest_under(self, column, value):
        """Those with that value in the column "section" or "department", newest first, out of its index.

        PostgreSQL plans such a query without knowing the value, and would search the newest articles of the
        whole paper, all of them if none has the value. It does not do that if the order begins with the
        column. But if the condition names one value, it drops the column from the order. So the condition is
        a range between two equal values. SQLite uses the index only for one value.
        """
        limits = {f"{column}__gte": value, f"{column}__lte": value}
        own = {column: value} if connection.vendor == "sqlite" else limits
        return self.filter(**own).order_by(f"{column}_id", "-publish_at", "-pk")

    def in_section(self, section):
        """Of the section and, if it has any, its subsections."""
        return self.filter(section=section) if section.parent_id else self.filter(department=section)

    def tagged(self, tag, at=None):
        """Published with that tag, newest first, out of the tag's own index."""
        at = at or timezone.now()
        return (
            self.published(at)
            .filter(tag_links__tag=tag, tag_links__published_at__lte=at)
            .order_by("-tag_links__published_at", "-tag_links__content_object_id")
        )

    def beside_in_series(self, tag, published_at, pk, at=None, *, later):
        """The article before (or after) that time among those with the tag that have no place, in the order
        of their publication; none if it is the first (or the last). Out of the tag's own index."""
        at = at or timezone.now()
        than, sign = ("gt", "") if later else ("lt", "-")
        passed = Q(**{f"tag_links__published_at__{than}": published_at}) | Q(
            **{"tag_links__published_at": published_at, f"tag_links__content_object__{than}": pk}
        )
        # It follows from the condition. It is there because databases find the place in the index by it.
        limit = {f"tag_links__published_at__{than}e": published_at}
        # In one filter(), because a second one would join the tags' rows a second time.
        rows = self.published(at).filter(passed, tag_links__tag=tag, tag_links__place=None, **limit)
        return rows.order_by(f"{sign}tag_links__published_at", f"{sign}tag_links__content_object_id")[:1]

    def beside_place_in_series(self, tag, place, at=None, *, later):
        """The article before (or after) that place among those with the tag that have a place."""
        than, sign = ("gt", "") if later else ("lt", "-")
        rows = self.published(at).filter(
            **{"tag_links__tag": tag, f"tag_links__place__{than}": place, "tag_links__place__isnull": False}
        )
        return rows.order_by(f"{sign}tag_links__place")[:1]

    def by_author(self, author, at=None):
        """Published with a byline of that author, newest first, out of the author's own index."""
        at = at or timezone.now()
        return (
            self.published(at)
            .filter(bylines__author=author, bylines__published_at__lte=at)
            .order_by("-bylines__published_at", "-bylines__article_id")
        )

    def between(self, start: datetime.date, end: datetime.date):
        """Published on those days of the site's zone, the end excluded."""
        zone = timezone.get_default_timezone()
        first, last = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (start, end))
        return self.filter(publish_at__gte=first, publish_at__lt=last)

    def before(self, article, count=MORE, at=None):
        """The section's articles published just before this one, newest first: “More from …”.

        Not the section's newest: else every article of the section would change with each new one.
        """
        earlier = Q(publish_at__lt=article.publish_at)
        return self._standing(article, earlier, at).order_by("-publish_at", "-pk")[:count]

    def after(self, article, count=MORE, at=None):
        """The section's articles published just after this one, the next first."""
        later = Q(publish_at__gt=article.publish_at)
        return self._standing(article, later, at).order_by("publish_at", "pk")[:count]

    def related_to(self, article, count=RELATED, at=None):
        """What the page of the article with that number shows under “Related”: pinned ones, then the most
        alike."""
        own = self.published(at).filter(related_to__article=article)
        return own.order_by(*in_order("related_to__"))[:count]

    def _standing(self, article, where, at):
        return self.published(at).filter(where, section_id=article.section_id).exclude(pk=article.pk)

    def for_cards(self):
        """The values that a card is made of; views/shared/cards.py makes it."""
        return self.values_list(*CARD_COLUMNS)


class OutOfBin(models.Manager.from_queryset(ArticleQuerySet)):
    """All articles but those in the bin."""

    def get_queryset(self):
        return super().get_queryset().filter(binned_at=None)


class InBin(models.Manager.from_queryset(ArticleQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(binned_at__isnull=False)
