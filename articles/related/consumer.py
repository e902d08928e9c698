"""The consumer of the outbox that keeps the lists of related articles."""

from collections.abc import Collection, Sequence
from typing import Any

from articles.models import Article, Related
from articles.publishing.shared.records import announce

from .lists import bring_up_to_date

# Raised when lists are made in another way.
VERSION = 1
# Articles in a transaction of building everything.
PART = 50
# The values of an article (publishing/article/content/seen_by_readers.py) by which it is like others.
COMPARED = frozenset(["headline", "standfirst", "language_of_text", "tags", "section_id"])


class RelatedLists:
    """The consumer (outbox/consumers.py)."""

    name = "related"
    version = VERSION

    def start_over(self, done: str) -> str | None:
        """The newest articles first. `done` is the lowest number so far."""
        before = int(done) if done else 2**63 - 1
        newest = Article.objects.published().filter(pk__lt=before).order_by("-pk")
        part = list(newest.values_list("pk", flat=True)[:PART])
        changed = set().union(*(bring_up_to_date(number, tell_others=False) for number in part))
        say(changed)
        return str(part[-1]) if len(part) == PART else None

    def take(self, changes: Sequence[dict[str, Any]]) -> None:
        own = dict.fromkeys(change["id"] for change in changes if is_about_likeness(change))
        changed = set().union(*(bring_up_to_date(number, tell_others=True) for number in own))
        # Articles that were brought in get lists of their own, and are put into no others.
        for number in without_lists(changes, own):
            changed |= bring_up_to_date(number, tell_others=False)
        say(changed)


def is_about_likeness(change: dict[str, Any]) -> bool:
    if change["kind"] != "article" or change.get("quiet"):
        return False
    return "changed" not in change or not COMPARED.isdisjoint(change["changed"])


def without_lists(changes: Sequence[dict[str, Any]], done: Collection[int]) -> list[int]:
    named = {number for change in changes for number in change.get("shown_in", ())}
    named |= {change["id"] for change in changes if change["kind"] == "article" and change.get("quiet")}
    have = Related.objects.filter(article__in=named, likeness__isnull=False).values_list("article", flat=True)
    return sorted(named - set(have) - set(done))


def say(articles: Collection[int]) -> None:
    """The pages of these articles show another list: those that are printed have to be printed again."""
    if articles:
        rows = Article.objects.published().filter(pk__in=articles).order_by("-pk")
        pages = [each.get_absolute_url() for each in rows.only("uid", "slug", "address_date")]
        announce("related", 0, {"printed": pages})
