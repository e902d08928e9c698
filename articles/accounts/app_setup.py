"""What somebody sees who sets up an app for codes: a picture that the app reads, and the same in letters."""

import base64
from typing import Any

import segno
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from . import factors
from .pending import KEY


def shown(request: HttpRequest, person: AbstractBaseUser) -> dict[str, Any]:
    """The key stays the same while its code is typed, in a session that ends with the browser's."""
    key = request.session.get(KEY) or factors.new_key()
    request.session[KEY] = key
    address = factors.address_for_app(person, key)
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=3, light="#fff", dark="#000")
    return {"picture": mark_safe(drawn), "address": address, "key": in_letters(key)}  # noqa: S308 - segno's own


def in_letters(key: str) -> str:
    """Base32, in groups of four."""
    letters = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
