"""Log-ins that last: who is logged in where, and ending that."""

import datetime
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.audit import record
from articles.audit.origin import origin
from articles.conf import log_in_days
from articles.models import AuditEntry, DeskSession

# In the session: when its row was last written, so that not every request of the desk writes one.
SEEN = "desk_seen"
SEEN_EVERY = 300.0  # seconds
# When it began.
BEGUN = "desk_begun"
A_DAY = 86_400.0  # seconds


def begin(request: HttpRequest, person: AbstractBaseUser) -> None:
    """Write down a session that has begun. Rows of sessions that have run out go by the way."""
    if not request.session.session_key:
        request.session.save()
    now = timezone.now()
    oldest = now - datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    DeskSession.objects.filter(person_id=person.pk, seen_at__lt=oldest).delete()
    DeskSession.objects.update_or_create(
        key=request.session.session_key,
        defaults={"person_id": person.pk, "begun_at": now, **seen(request)},
    )
    request.session[SEEN] = request.session[BEGUN] = time.time()


def is_too_old(session: Any) -> bool:
    """By LOG_IN_DAYS. A session of before there was such a limit begins with the next page of the desk."""
    days, begun = log_in_days(), session.get(BEGUN)
    return bool(days and begun and time.time() - begun > days * A_DAY)


def seen(request: HttpRequest) -> dict[str, Any]:
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")
    return {"seen_at": timezone.now(), "address": origin().address, "agent": agent[:300]}


def keep(request: HttpRequest, key_before: str | None) -> None:
    """After a request of somebody who is logged in: a new password gives the session another key; the row
    follows. A session that began before there were rows gets one."""
    key = request.session.session_key
    if key_before and key != key_before:
        old = DeskSession.objects.filter(key=key_before)
        # Whoever has logged in over a session has a row for the new one already.
        old.delete() if DeskSession.objects.filter(key=key).exists() else old.update(key=key)
    written = request.session.get(SEEN)
    if written is None:
        begin(request, request.user)
    elif time.time() - written > SEEN_EVERY:
        DeskSession.objects.filter(key=key).update(**seen(request))
        request.session[SEEN] = time.time()
    request.session.setdefault(BEGUN, time.time())


def of(person: AbstractBaseUser) -> QuerySet[DeskSession]:
    """Those that can still be used, the newest first."""
    now, days = timezone.now(), log_in_days()
    live = Session.objects.filter(expire_date__gt=now)
    found = DeskSession.objects.filter(person_id=person.pk, key__in=live.values("session_key"))
    return found.filter(begun_at__gt=now - datetime.timedelta(days=days)) if days else found


def end(person: AbstractBaseUser, *, number: int | None = None, but: str | None = None) -> int:
    """End the session of that number, or all of them `but` the one with that key."""
    found = DeskSession.objects.filter(person_id=person.pk).exclude(key=but or "")
    if number is not None:
        found = found.filter(pk=number)
    with transaction.atomic():
        keys = list(found.values_list("key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        DeskSession.objects.filter(key__in=keys).delete()
        if keys:
            record(AuditEntry.Kind.SESSION, f"user {person.get_username()}", detail=f"{len(keys)} ended")
    return len(keys)


def own_key() -> str | None:
    """The key of the session whose request is being answered."""
    session = getattr(origin().request, "session", None)
    return session.session_key if session is not None else None
