"""Lists in words what still uses a row, and refuses to remove the row while anything does."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.models import Article, UnpublishedName

from .errors import Problem, Refused

MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Use:
    """How many articles, pages … use the row. `name` is the kind, for pages that link to a list of them."""

    name: str
    number: int
    noun: str
    nouns: str = ""

    def __str__(self) -> str:
        if self.number == 1:
            return f"1 {self.noun}"
        more = "more than " if self.number > MOST_COUNTED else ""
        return f"{more}{min(self.number, MOST_COUNTED):,} {self.nouns or f'{self.noun}s'}"


def counted(queryset: models.QuerySet) -> int:
    return queryset.order_by().values("pk")[: MOST_COUNTED + 1].count()


def some(*uses: Use) -> list[Use]:
    return [use for use in uses if use.number]


def used_by_articles(**condition: Any) -> list[Use]:
    """How many articles fulfil the condition. Those in the bin are counted apart, because no list shows
    them."""
    return [
        Use("articles", counted(Article.objects.filter(**condition)), "article"),
        Use("binned", counted(Article.binned.filter(**condition)), "binned article"),
    ]


def unpublished(kind: str, number: int) -> Use:
    """How many articles name the row in unpublished text."""
    names = UnpublishedName.objects.filter(kind=kind, name=str(number))
    return Use("working_copies", counted(names), "working copy")


def refuse_if_used(name: str, uses: list[Use]) -> None:
    if uses:
        raise Refused([Problem("", f"“{name}” is still used by {', '.join(map(str, uses))}.")])
