"""The versions of an article as lines of a list, the newest first."""

import datetime
from dataclasses import dataclass, field

from articles.models import Act, Revision

# A line for each save of an afternoon would hide what matters: those of one editor are one line.
MOST_APART = datetime.timedelta(hours=3)
# These acts are left out, because they only say that the version was saved.
QUIET = {Act.Verb.CREATE, Act.Verb.SAVE, Act.Verb.RESTORE}


@dataclass
class Line:
    """One version, or several that one editor saved in a row. `acts` are the acts about the newest of
    them."""

    newest: Revision
    oldest: Revision
    number: int = 1
    acts: list = field(default_factory=list)

    @property
    def before(self):
        """The version with which it is compared."""
        return self.oldest.number - 1


def lines_of(article):
    """In three queries, however many versions there are. No text is read."""
    revisions = article.revisions.select_related("by").defer("content")
    acts = article.acts.select_related("by").exclude(verb__in=QUIET).order_by("pk")
    became = {}
    for act in acts:
        became.setdefault(act.version, []).append(act)
    lines = []
    for revision in revisions:
        happened = became.get(revision.number, [])
        if lines and not happened and is_same_run(lines[-1], revision):
            lines[-1].oldest = revision
            lines[-1].number += 1
        else:
            lines.append(Line(revision, revision, acts=happened))
    return lines


def is_same_run(line, revision):
    """A version with a note keeps a line of its own."""
    return (
        revision.by_id == line.oldest.by_id
        and not (revision.note or line.oldest.note)
        and revision.kind == line.oldest.kind == Revision.Kind.SAVED
        and line.oldest.at - revision.at <= MOST_APART
    )
