"""The end of an article: a time, none, or as it is set already."""

import datetime
from enum import Enum

from articles.models import Article


class Keep(Enum):
    """The end is not mentioned: the one that is set stays. None says that there is none."""

    KEEP = "keep"


KEEP = Keep.KEEP
Until = datetime.datetime | None | Keep


def end_of(article: Article, until: Until) -> datetime.datetime | None:
    """The end that is meant. Scheduled changes have their own, which was said later than the article's."""
    if until is not KEEP:
        return until
    return article.scheduled_until if article.has_scheduled_changes else article.expires_at
