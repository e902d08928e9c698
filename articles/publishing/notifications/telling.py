"""Telling people at the desk what concerns them. A verb calls this in its transaction; e-mails to those who
want some are sent later by a consumer of the outbox (articles/notifications)."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Act, Article, EmailWanted, Note, Notification
from articles.models.desk.notification import Kind
from articles.publishing.notes.mentions import mentioned
from articles.publishing.rights.of_articles import may_read
from articles.publishing.shared.records import announce

User = AbstractBaseUser | None
KEPT = datetime.timedelta(days=90)
AHEAD = datetime.timedelta(hours=1)
# People who are told of one event.
MOST = 100


def tell(
    people: Iterable[User],
    kind: Kind,
    key: str,
    *,
    by: User = None,
    article: Article | None = None,
    **more: Any,
) -> None:
    """Tell these people, except the one who did it and those who may not read the article. `key` names the
    event: who was told of it already is not told again. `more`: further values of the notification."""
    others = {person.pk: person for person in people if person and person != by}
    told = [each for each in others.values() if article is None or may_read(each, article)][:MOST]
    if not told:
        return
    Notification.objects.filter(person__in=told, at__lt=timezone.now() - KEPT).delete()
    rows = [
        Notification(person=person, kind=kind, key=key, article=article, by=by, **more) for person in told
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if EmailWanted.objects.filter(person__in=told, kind=kind).exists():
        announce("notification", article.pk if article else 0, {"key": key})


def tell_of_note(note: Note) -> None:
    """Whoever is named in it; and if it answers, whoever has written in the thread before."""
    named = [] if note.is_comment else mentioned(note.text)
    about = {"by": note.by, "article": note.article, "note": note}
    tell(named, Kind.MENTIONED, f"mentioned:{note.pk}", **about)
    if note.thread:
        before = [note.thread, *note.thread.answers.select_related("by").filter(pk__lt=note.pk)]
        told = {person.pk for person in named}
        others = [each.by for each in before if each.by_id not in told]
        tell(others, Kind.ANSWERED, f"answered:{note.pk}", **about)


def tell_of_comment(note: Note, maker: User) -> None:
    """Who made the draft link through which it was written, and who wrote the article."""
    people = [maker, *who_wrote(note.article)]
    tell(people, Kind.COMMENTED, f"commented:{note.pk}", article=note.article, note=note)


def who_wrote(article: Article) -> list[User]:
    """Who has submitted the article last; if nobody has, who began it."""
    acts = article.acts.exclude(by=None).select_related("by").order_by("-pk")
    last = acts.filter(verb=Act.Verb.SUBMIT).first() or acts.filter(verb=Act.Verb.CREATE).first()
    return [last.by] if last else []


def who_scheduled(article: Article) -> list[User]:
    last = article.acts.exclude(by=None).select_related("by").filter(verb=Act.Verb.SCHEDULE).first()
    return [last.by] if last else []


def tell_of_decision(act: Act, kind: Kind, note: Note | None = None) -> None:
    """Tell who wrote the article of what somebody else has decided."""
    people = who_wrote(act.article)
    tell(people, kind, f"{kind}:{act.pk}", by=act.by, article=act.article, note=note)


def remind_of(article: Article, at: datetime.datetime) -> None:
    """Have those who wrote and scheduled it told an hour before that time, if it lies so far ahead."""
    if at - AHEAD > timezone.now():
        announce("reminder", article.pk, {"at": at.isoformat()}, due_at=at - AHEAD)


def tell_of_time(article: Article, at: datetime.datetime) -> None:
    """That hour has come. Nobody is told if something else was decided meanwhile."""
    if goes_out(article, at):
        people = [*who_wrote(article), *who_scheduled(article)]
        tell(people, Kind.SOON, f"soon:{article.pk}:{at.isoformat()}", article=article, time=at)


def goes_out(article: Article, at: datetime.datetime) -> bool:
    """Whether that is still decided."""
    return at in {article.scheduled_for, article.publish_at if article.is_scheduled else None}


def tell_of_failure(path: str, article: Article | None, hour: datetime.datetime) -> None:
    """Whoever wrote and published the article at that address, and whoever looks after the presses. Each is
    told of a page once an hour."""
    people = get_user_model().objects.with_perm(
        "articles.view_printfailure", backend="django.contrib.auth.backends.ModelBackend"
    )
    own = [*who_wrote(article), *who_published(article)] if article else []
    operators = [each for each in people.filter(is_staff=True)[:MOST] if each not in own]
    key = f"failed:{hour:%Y-%m-%dT%H}:{path}"[:200]
    tell(own, Kind.FAILED, key, article=article, address=path)
    tell(operators, Kind.FAILED, key, address=path)


def who_published(article: Article) -> list[User]:
    last = article.acts.exclude(by=None).select_related("by").filter(verb=Act.Verb.PUBLISH).first()
    return [last.by] if last else []
