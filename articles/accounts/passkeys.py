"""Passkeys and security keys as a second factor (WebAuthn).

What a browser is asked, and the checking of its answer, follow https://www.w3.org/TR/webauthn-3/. The
checking is py_webauthn's. A key is good for the host of SITE_URL alone, and only from there.
"""

import base64
import json
import secrets
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.conf import paper
from articles.models import Passkey

from . import factors

# Name in the session of the random bytes that the browser has to sign. They are good for one answer.
CHALLENGE = "desk_challenge"
# The same where a page asks for two things at once.
CONFIRMING = "desk_challenge_confirming"
MILLISECONDS = 300_000
ALGORITHMS = (-8, -7, -257)  # Ed25519, ECDSA with P-256, RSA


class NotTaken(Exception):
    """The answer is not one to what was asked, or of no key of this person's."""


def to_add(request: HttpRequest, person: AbstractBaseUser) -> dict[str, Any]:
    """What a browser is asked to make a key; JSON."""
    number = salted_hmac("articles.accounts.passkeys", str(person.pk), algorithm="sha256").digest()
    return {
        "rp": {"id": paper().host, "name": paper().name},
        "user": {
            "id": as_text(number),
            "name": person.get_username(),
            "displayName": person.get_full_name() or person.get_username(),
        },
        "challenge": challenge(request),
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS],
        "excludeCredentials": named_keys(person),
        "authenticatorSelection": {"residentKey": "preferred", "userVerification": "preferred"},
        "attestation": "none",
        "timeout": MILLISECONDS,
    }


def to_use(request: HttpRequest, person: AbstractBaseUser, *, kept_as: str = CHALLENGE) -> dict[str, Any]:
    """What a browser is asked to show that it has one of the person's keys; JSON."""
    return {
        "rpId": paper().host,
        "challenge": challenge(request, kept_as),
        "allowCredentials": named_keys(person),
        "userVerification": "preferred",
        "timeout": MILLISECONDS,
    }


def add(request: HttpRequest, person: AbstractBaseUser, answer: str, *, name: str) -> Passkey:
    checking, asked = checker(), taken_challenge(request)
    try:
        made = checking.verify_registration_response(credential=read(answer), **asked)
    except (checking.helpers.exceptions.WebAuthnException, ValueError) as error:
        raise NotTaken(str(error)) from error
    with transaction.atomic():
        credential = as_text(made.credential_id)
        if Passkey.objects.filter(credential=credential).exists():
            raise NotTaken("This key is known already.")
        key = Passkey.objects.create(
            person_id=person.pk,
            name=name,
            credential=credential,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
        )
        factors.changed(person, f"passkey “{name}” added")
    return key


def use(request: HttpRequest, person: AbstractBaseUser, answer: str, *, kept_as: str = CHALLENGE) -> Passkey:
    """Returns the key of the person's that has given the answer."""
    checking, asked, said = checker(), taken_challenge(request, kept_as), read(answer)
    with transaction.atomic():
        keys = Passkey.objects.select_for_update().filter(person_id=person.pk)
        key = keys.filter(credential=str(said.get("id", ""))[:1400].replace("\x00", "")).first()
        if key is None:
            raise NotTaken("No key of this person's.")
        try:
            shown = checking.verify_authentication_response(
                credential=said,
                credential_public_key=bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
                **asked,
            )
        except (checking.helpers.exceptions.WebAuthnException, ValueError) as error:
            raise NotTaken(str(error)) from error
        key.sign_count, key.used_at = shown.new_sign_count, timezone.now()
        key.save(update_fields=["sign_count", "used_at"])
    return key


def remove(person: AbstractBaseUser, number: int) -> bool:
    with transaction.atomic():
        key = Passkey.objects.filter(person_id=person.pk, pk=number).first()
        if key is None:
            return False
        key.delete()
        factors.changed(person, f"passkey “{key.name}” removed")
    return True


def checker() -> Any:
    """Only once somebody uses a passkey: with what it needs it takes 25 MB of each process."""
    import webauthn

    return webauthn


def challenge(request: HttpRequest, kept_as: str = CHALLENGE) -> str:
    request.session[kept_as] = as_text(secrets.token_bytes(32))
    return request.session[kept_as]


def taken_challenge(request: HttpRequest, kept_as: str = CHALLENGE) -> dict[str, Any]:
    asked = request.session.pop(kept_as, None)
    if asked is None:
        raise NotTaken("Nothing was asked.")
    return {
        "expected_challenge": base64.urlsafe_b64decode(asked + "=="),
        "expected_rp_id": paper().host,
        "expected_origin": paper().url,
    }


def read(answer: str) -> dict[str, Any]:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise NotTaken("The answer is no JSON.") from error
    if not isinstance(said, dict):
        raise NotTaken("The answer is no object.")
    return said


def named_keys(person: AbstractBaseUser) -> list[dict[str, str]]:
    keys = Passkey.objects.filter(person_id=person.pk).values_list("credential", flat=True)
    return [{"type": "public-key", "id": each} for each in keys]


def as_text(value: bytes) -> str:
    """As the standard writes bytes in JSON."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
