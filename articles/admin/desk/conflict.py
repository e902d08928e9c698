"""Shows after a conflict what the other person has written, beside one's own text."""

from dataclasses import dataclass, replace

from articles.admin.history.fields import differences
from articles.publishing import Content


@dataclass(frozen=True)
class Clash:
    """What differs. `lines` are the blocks of the newer body, each with whether one's own body lacks it.
    `meanwhile` says what others have done since."""

    revision: object
    differing: list
    lines: list
    meanwhile: str


def clash_of(article, mine, meanwhile):
    """The newest revision and how it differs from what was typed."""
    revision = article.revisions.select_related("by").first()
    theirs = Content.newest(article)
    mine = mine.cleaned(theirs.body)
    # If there is no slug yet, it will be made from the headline: then the slug is no difference.
    mine = replace(mine, slug=mine.slug if theirs.slug else "", language=mine.language or theirs.language)
    differing = [(each.label, each.new) for each in differences(mine, theirs)]
    known = set(mine.body.split("\n"))
    lines = [(block, block not in known) for block in theirs.body.split("\n")]
    return Clash(revision, differing, lines if theirs.body != mine.body else [], meanwhile)
