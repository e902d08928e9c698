"""Tokens of the content API: made by a person at the desk for a program that acts in that person's name.

Each request asks anew whether the token is good and whether its owner still works at the desk, so it is dead
from the second on in which either ends. Those of an account that is disabled or loses its staff mark are
ended for good: they do not come back with the account.
"""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.audit import record
from articles.models import ApiToken, AuditEntry
from articles.models.desk.api_token import Scope
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.text import one_line

BEGINNING = "nr_"
SHOWN = 8  # characters by which its owner knows it
DAYS, MOST_DAYS = 90, 365
MOST_TOKENS = 50  # open ones of a person
# The time of the last use is written once in so long, because each writing costs more than the question.
USED_EVERY = datetime.timedelta(minutes=1)


class NotGood(Exception):
    """The token opens nothing. The message says why to whoever has it."""


@transaction.atomic
def make_token(
    person: AbstractUser, *, name: str, scopes: Iterable[str], days: int = DAYS
) -> tuple[ApiToken, str]:
    """The token's row and the token, which is known only now."""
    name, wanted = one_line(name)[:100], [scope for scope in Scope.values if scope in set(scopes)]
    if not name:
        raise Refused([Problem("name", "Say what it is for.")])
    if not wanted:
        raise Refused([Problem("scopes", "Choose at least one thing that it may do.")])
    if not 1 <= days <= MOST_DAYS:
        raise Refused([Problem("days", f"A token is good for 1 to {MOST_DAYS} days.")])
    refuse_too_many(person)
    secret = BEGINNING + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        name=name,
        scopes=wanted,
        hashed=hashed(secret),
        beginning=secret[:SHOWN],
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    record(AuditEntry.Kind.TOKEN, named(token), by=person, detail=f"made; may: {', '.join(wanted)}")
    return token, secret


def refuse_too_many(person: AbstractUser) -> None:
    if ApiToken.objects.open().filter(person=person).count() >= MOST_TOKENS:
        raise Refused([Problem("", f"A person has at most {MOST_TOKENS} tokens; end one first.")])


@transaction.atomic
def end_token(token: ApiToken, *, by: AbstractUser | None) -> None:
    """From now on it opens nothing. Nothing is done if it has ended already."""
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        record(AuditEntry.Kind.TOKEN, named(token), by=by, detail="ended")


def end_tokens_of_who_has_left(sender: Any, instance: AbstractUser, **more: Any) -> None:
    """Receiver of the signal that an account was saved."""
    if not (instance.is_active and instance.is_staff):
        end_tokens_of(instance, by=None)


def end_tokens_of(person: AbstractUser, *, by: AbstractUser | None) -> None:
    for token in ApiToken.objects.filter(person=person, ended_at=None).select_related("person"):
        end_token(token, by=by)


def token_behind(secret: str) -> ApiToken:
    """The token's row, with its owner; NotGood if it opens nothing. One query, and once a minute one more."""
    token = ApiToken.objects.select_related("person").filter(hashed=hashed(secret)).first()
    if token is None:
        raise NotGood("This token is not known here.")
    if token.ended_at:
        raise NotGood("This token has been ended; make another one at the desk.")
    if token.expires_at <= timezone.now():
        raise NotGood("This token has expired; make another one at the desk.")
    if not (token.person.is_active and token.person.is_staff):
        raise NotGood("The owner of this token no longer works at the desk.")
    note_use(token)
    return token


def note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USED_EVERY:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
        ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def named(token: ApiToken) -> str:
    return f"API token {token.pk} of {token.person.get_username()}"
