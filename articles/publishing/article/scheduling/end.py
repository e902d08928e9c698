"""The end of an article, as verbs take it: a time, None for no end, or KEEP for the end that is set."""

import datetime
from enum import Enum

from articles.models import Article


class Keep(Enum):
    """KEEP means that the end which is set stays as it is. None, by contrast, means that there is no end."""

    KEEP = "keep"


KEEP = Keep.KEEP
Until = datetime.datetime | None | Keep


def end_of(article: Article, until: Until) -> datetime.datetime | None:
    """The end that `until` means. KEEP means that of the scheduled changes if there are any, because it was
    set later than that of the article."""
    if until is not KEEP:
        return until
    return article.scheduled_until if article.has_scheduled_changes else article.expires_at
