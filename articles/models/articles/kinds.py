"""What an article is: news, or something that readers are told of."""

from django.db import models
from django.utils.translation import gettext, gettext_noop


class Kind(models.TextChoices):
    NEWS = "news", "News"
    OPINION = "opinion", "Opinion"
    REVIEW = "review", "Review"
    INTERVIEW = "interview", "Interview"
    EXPLAINER = "explainer", "Explainer"
    PICTURES = "pictures", "Picture story"


FOR_READERS = {
    Kind.OPINION: gettext_noop("Opinion"),
    Kind.REVIEW: gettext_noop("Review"),
    Kind.INTERVIEW: gettext_noop("Interview"),
    Kind.EXPLAINER: gettext_noop("Explained"),
    Kind.PICTURES: gettext_noop("In pictures"),
}


def kind_in_words(kind: str) -> str:
    """In the language that is spoken now; empty for news."""
    return gettext(FOR_READERS[kind]) if kind in FOR_READERS else ""
