"""Between the two steps of a log-in: who has given the right password, or comes from
a provider, and not yet the second factor.

It is kept in the session of somebody who is not logged in, for a few minutes, and holds no longer if the
password changes meanwhile.
"""

import time

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

PENDING = "desk_pending"
# Of an app that is being set up: the key that is not kept yet.
KEY = "desk_new_key"
# In a session that has begun with a second factor: which one.
COMPLETE = "desk_second_factor"
# In a session that has begun in another way than with a password: by what.
BY = "desk_log_in_by"
GOOD_FOR = 600.0  # seconds


def remember(request: HttpRequest, person: AbstractBaseUser, *, by: str = "") -> None:
    """`by` says what has taken the password's place."""
    request.session[PENDING] = {
        "by": by,
        "person": person.pk,
        "backend": person.backend,
        "at": time.time(),
        "hash": person.get_session_auth_hash(),
    }


def person_of(request: HttpRequest) -> AbstractBaseUser | None:
    found = request.session.get(PENDING)
    if not found or not 0 <= time.time() - found["at"] <= GOOD_FOR:
        return None
    person = get_user_model().objects.filter(pk=found["person"], is_active=True, is_staff=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), found["hash"]):
        return None
    person.backend = found["backend"]
    return person


def by(request: HttpRequest) -> str:
    return str(request.session.get(PENDING, {}).get("by", ""))


def forget(request: HttpRequest) -> None:
    for name in (PENDING, KEY):
        request.session.pop(name, None)
