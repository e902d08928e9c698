"""An article of another site, and what happened with it there."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from articles.body import Prepared
from articles.models import Act, State
from articles.publishing.article.content.content import Content
from articles.publishing.article.readiness import problems_of_times
from articles.publishing.shared.errors import NotReady, Problem
from articles.publishing.shared.records import in_words, time_of
from articles.publishing.shared.text import one_line

PUBLIC = (State.PUBLISHED, State.WITHDRAWN)


class Note(NamedTuple):
    """A note to readers that the article had."""

    kind: str
    text: str
    at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class Brought:
    """An article of another site.

    `created` is when it was begun, or the best that is known of that. `at` is the publish time of an article
    that is published, scheduled or withdrawn, and `until` its end; `updated` is when its readers last got a
    changed text. `formerly` are addresses here that lead to it, encoded. `prepared` is what readers get of
    the body, if the caller has made that already, with prepared() of prepared_body.py and the paper's
    language.
    """

    content: Content
    state: State
    created: datetime.datetime
    at: datetime.datetime | None = None
    until: datetime.datetime | None = None
    updated: datetime.datetime | None = None
    guid: str = ""
    note: str = ""
    formerly: tuple[str, ...] = ()
    corrections: tuple[Note, ...] = ()
    prepared: Prepared | None = None


def check(brought: Brought) -> None:
    """What the database or the site itself cannot do without."""
    time_of(brought.created)
    found = []
    if brought.state in PUBLIC:
        if not brought.content.headline:
            found.append(Problem("headline", "Write a headline; readers find the article by it."))
        if not brought.content.section_id:
            found.append(Problem("section", "Choose a section; the article appears on its front."))
        problems = problems_of_times(brought.at, brought.until) if brought.at else None
        found += [Problem("publish_at", "Say when.")] if problems is None else problems
    if brought.state == State.WITHDRAWN and not found:
        time_of(brought.at)
    if found:
        raise NotReady(found)


def last_act(brought: Brought) -> datetime.datetime:
    """When it came into its state: publishing happened at the publish time, unless that is still to come."""
    is_past = brought.at and brought.state in PUBLIC and brought.at <= timezone.now()
    return brought.at if is_past else brought.created


def acts_of(brought: Brought) -> Iterator[tuple[Act.Verb, str, datetime.datetime]]:
    yield Act.Verb.CREATE, brought.note, brought.created
    at = last_act(brought)
    match brought.state:
        case State.IN_REVIEW:
            yield Act.Verb.SUBMIT, "", at
        case State.PUBLISHED if brought.at > timezone.now():
            yield Act.Verb.SCHEDULE, f"for {in_words(brought.at)}", at
        case State.PUBLISHED:
            yield Act.Verb.PUBLISH, "", at
            yield from acts_of_notes(brought)
        case State.WITHDRAWN:
            yield Act.Verb.PUBLISH, "", at
            yield from acts_of_notes(brought)
            yield Act.Verb.WITHDRAW, "", at


def acts_of_notes(brought: Brought) -> Iterator[tuple[Act.Verb, str, datetime.datetime]]:
    for note in brought.corrections:
        yield Act.Verb.CORRECT, one_line(note.text), note.at
