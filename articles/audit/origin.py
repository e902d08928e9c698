"""From where the work of this moment was asked for: the request that is being answered, if there is one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest


@dataclass(frozen=True)
class Origin:
    request: HttpRequest | None = None
    read_address: Callable[[Any], str | None] = lambda request: ""

    @property
    def person(self) -> AbstractBaseUser | None:
        """Who is logged in; None also for commands and for what the clock does."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def address(self) -> str:
        return self.read_address(self.request) or "" if self.request is not None else ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def origin() -> Origin:
    return _origin.get()


@contextmanager
def asked_by(request: HttpRequest, read_address: Callable[[Any], str | None]) -> Iterator[None]:
    token = _origin.set(Origin(request, read_address))
    try:
        yield
    finally:
        _origin.reset(token)
