"""Second factors: codes of an app (TOTP), recovery codes, and passkeys.

What an app and the site share, how often a code was wrong, and which code was the last are django-otp's rows.
So all workers and hosts know of a wrong or a used code at once.
"""

import base64
import datetime
import secrets
import time

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.audit import record
from articles.conf import second_factor_for
from articles.models import AuditEntry, Passkey

from . import sessions

CODES = 10
# Letters and digits that nobody takes for each other; three times four of them are 60 random bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_BYTES = 20
TOLERANCE = 1  # steps of half a minute that a clock may be wrong


class Wait(Exception):
    """Too many codes were wrong: none is looked at before `until`."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


def has_any(person: AbstractBaseUser) -> bool:
    """Whether the person has a second factor. Recovery codes do not count, because they only replace one
    that was lost."""
    return has_app(person) or has_passkey(person)


def has_app(person: AbstractBaseUser) -> bool:
    return TOTPDevice.objects.filter(user_id=person.pk).exists()


def has_passkey(person: AbstractBaseUser) -> bool:
    return Passkey.objects.filter(person_id=person.pk).exists()


def is_required(person: AbstractBaseUser) -> bool:
    """Whether SECOND_FACTOR_FOR names a group of this person's. If it names any, superusers are meant too."""
    groups = second_factor_for()
    if not groups:
        return False
    return "everybody" in groups or person.is_superuser or person.groups.filter(name__in=groups).exists()


@transaction.atomic
def takes(person: AbstractBaseUser, typed: str) -> str:
    """What was typed: “code” or “recovery code” if it is right, else nothing. A right one is used up by that.
    Wait if too many were wrong."""
    code = "".join(typed.split()).replace("-", "").lower()
    if code.isascii() and code.isdecimal() and len(code) == 6:
        devices, said, code_as_kept = TOTPDevice.objects, "code", code
    else:
        devices, said, code_as_kept = StaticDevice.objects, "recovery code", hashed(person, code)
    device = devices.select_for_update().filter(user_id=person.pk).first()
    if device is None:
        return ""
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise Wait(why["locked_until"])
    return said if device.verify_token(code_as_kept) else ""


def hashed(person: AbstractBaseUser, code: str) -> str:
    """Of a recovery code; the column has room for 96 bits of it. Codes end with the site's secret."""
    value = salted_hmac("articles.accounts.factors", f"{person.pk}:{code}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(value)[:16].decode()


def new_key() -> str:
    """What an app and the site are going to share, in hexadecimal digits."""
    return secrets.token_hex(KEY_BYTES)


def address_for_app(person: AbstractBaseUser, key: str) -> str:
    """What the picture says that an app reads."""
    return TOTPDevice(user=person, key=key).config_url


def set_up_app(person: AbstractBaseUser, key: str, typed: str) -> bool:
    """Keep the key if the app makes the right code of it. It takes the place of another app."""
    code = "".join(typed.split())
    if not (code.isascii() and code.isdecimal() and len(code) == 6):
        return False
    clock = TOTP(bytes.fromhex(key))
    clock.time = time.time()
    if not clock.verify(int(code), TOLERANCE):
        return False
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=person.pk).delete()
        TOTPDevice.objects.create(user=person, name="app", key=key, last_t=clock.t())
        changed(person, "app for codes set up")
    return True


def remove_app(person: AbstractBaseUser) -> None:
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=person.pk).delete()
        changed(person, "app for codes removed")


def changed(person: AbstractBaseUser, detail: str) -> None:
    """Whoever came in with less is out: other log-ins of this person end. Recovery codes go with the last
    factor, or whoever has read them would come in with them once there is another."""
    if not has_any(person):
        StaticDevice.objects.filter(user_id=person.pk).delete()
    record(AuditEntry.Kind.FACTOR, f"user {person.get_username()}", detail=detail)
    sessions.end(person, but=sessions.own_key())


@transaction.atomic
def new_codes(person: AbstractBaseUser) -> list[str]:
    """New recovery codes in place of the old ones. Kept are only hashes, so they are shown once."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(CODES)]
    StaticDevice.objects.filter(user_id=person.pk).delete()
    device = StaticDevice.objects.create(user=person, name="recovery codes")
    device.token_set.bulk_create(
        [device.token_set.model(device=device, token=hashed(person, code)) for code in codes]
    )
    record(AuditEntry.Kind.FACTOR, f"user {person.get_username()}", detail="recovery codes made")
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def codes_left(person: AbstractBaseUser) -> int:
    device = StaticDevice.objects.filter(user_id=person.pk).first()
    return device.token_set.count() if device else 0


@transaction.atomic
def remove_all(person: AbstractBaseUser) -> None:
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user_id=person.pk).delete()
    Passkey.objects.filter(person_id=person.pk).delete()
    changed(person, "all second factors removed")
