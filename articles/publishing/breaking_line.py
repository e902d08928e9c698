"""The line of breaking news: putting it out, and ending it before its time."""

import datetime
from math import floor

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from articles.conf import paper
from articles.fronts.breaking import Line, letters_too_many
from articles.models import Article, BreakingLine

from .shared.errors import Problem, Refused
from .shared.records import announce
from .shared.text import one_line

# So many of the newest articles are printed with the line.
NEWEST = 200
LONGEST = datetime.timedelta(days=7)


class OtherLine(Refused):
    """Somebody has put out or ended a line since the form was opened."""

    def __init__(self) -> None:
        message = "Somebody has changed the breaking news meanwhile; look at it again."
        super().__init__([Problem("", message)])


@transaction.atomic
def put_out(
    text: str,
    link: str,
    until: datetime.datetime,
    *,
    by: AbstractBaseUser | None,
    expected: int | None = None,
) -> BreakingLine:
    """Show this line to all readers from now until then, in place of the one that there is.

    `expected` is the number of the line that the editor has seen, 0 if there was none. OtherLine if there is
    another one now.
    """
    now = timezone.now()
    line = Line(floor(until.timestamp()), first_second_of_newest(), one_line(text), link)
    if problems := problems_of(line, now):
        raise Refused(problems)
    before = line_on(now)
    if expected is not None and expected != number_of(before):
        raise OtherLine
    take_away(now, by)
    # If somebody has put one out in this second, the constraint refuses the second one.
    row = BreakingLine.objects.create(**vars(line), by=by, at=now)
    announce("breaking", row.pk, {"since": min(line.since, before.since if before else line.since)})
    announce("breaking", row.pk, {"since": line.since, "ends": True}, due_at=row.until)
    return row


def take_away(now: datetime.datetime, by: AbstractBaseUser | None) -> None:
    """Make room for another line. One that has ended by itself has ended at its own time, and by nobody."""
    standing = BreakingLine.objects.filter(ended_at=None)
    standing.filter(ends__gt=floor(now.timestamp())).update(ended_at=now, ended_by=by)
    for line in standing:
        standing.filter(pk=line.pk).update(ended_at=line.until)


@transaction.atomic
def end_line(*, by: AbstractBaseUser | None, expected: int) -> None:
    """End the line of that number now. OtherLine if it is not the one that readers have."""
    now = timezone.now()
    line = line_on(now)
    rows = BreakingLine.objects.filter(pk=expected, ended_at=None)
    if number_of(line) != expected or not rows.update(ended_at=now, ended_by=by):
        raise OtherLine
    announce("breaking", expected, {"since": line.since})


def line_on(at: datetime.datetime) -> BreakingLine | None:
    """The one that readers have at that time."""
    line = BreakingLine.objects.select_related("by").filter(ended_at=None).first()
    return line if line and line.is_on(at) else None


def number_of(line: BreakingLine | None) -> int:
    return line.pk if line else 0


def problems_of(line: Line, now: datetime.datetime) -> list[Problem]:
    until, problems = datetime.datetime.fromtimestamp(line.ends, datetime.UTC), []
    longest = BreakingLine._meta.get_field("text").max_length
    if not line.text:
        problems.append(Problem("text", "Write what has happened, in a few words."))
    elif len(line.text) > longest:
        problems.append(Problem("text", f"This has {len(line.text)} letters; {longest} fit into one line."))
    if not is_safe(line.link):
        problems.append(Problem("link", "This is no address of a page."))
    if until <= now:
        problems.append(Problem("until", "This time has passed; choose a later one."))
    elif until > now + LONGEST:
        problems.append(Problem("until", "A line stands for a week at most; choose an earlier time."))
    with override(paper().language):
        if not problems and (letters := letters_too_many(line)):
            problems.append(too_long(line, letters))
    return problems


def too_long(line: Line, letters: int) -> Problem:
    if letters >= len(line.text):
        return Problem("link", "This address is too long for a line; link to another page.")
    message = f"With its link this is too long for a line; leave out about {letters} letters."
    return Problem("text", message)


def is_safe(link: str) -> bool:
    """Whether a reader's browser opens a page there: no script, and no other site by mistake."""
    is_own = link.startswith("/") and not link.startswith(("//", "/\\"))
    return not link or is_own or link.startswith(("https://", "http://"))


def first_second_of_newest() -> int:
    """The publish time of the last of the newest public articles; 0 if there are fewer."""
    times = Article.objects.published().newest_first().values_list("publish_at", flat=True)
    oldest = next(iter(times[NEWEST - 1 : NEWEST]), None)
    return floor(oldest.timestamp()) if oldest else 0
