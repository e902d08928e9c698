"""Asking a provider who somebody is: OpenID Connect, the code flow with PKCE, state and nonce.

https://openid.net/specs/openid-connect-core-1_0.html is followed by Authlib, which also checks what the
provider has signed. It is loaded with the first log-in of this kind, because it takes 20 MB of a process.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from articles.conf import single_sign_on

logger = logging.getLogger("articles")
# Only signatures that nobody can make who has but the public keys: neither none nor HMAC.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
TIMEOUT = 5  # seconds
# After which the provider's addresses and keys are asked for anew.
GOOD_FOR = 600.0  # seconds
CLOCKS_DIFFER = 60  # seconds
STATE = "_state_provider_{}"  # Authlib's name for what a session keeps of a question


class NotTaken(Exception):
    """Nobody comes in by this. The first argument is told to whoever tried; `why` is for the audit log, and
    empty if nothing happened that belongs there."""

    def __init__(self, told: str, why: str = "") -> None:
        super().__init__(told)
        self.why = why


def away(error: Exception) -> NotTaken:
    name = single_sign_on().name
    logger.warning("The provider of single sign-on does not answer: %s", error)
    return NotTaken(f"{name} does not answer at the moment. Log in with your password, or try again.")


def refused(error: Exception) -> NotTaken:
    name, why = single_sign_on().name, str(error)[:300] or type(error).__name__
    return NotTaken(f"What {name} answered was not taken. Try again.", f"not taken from the provider: {why}")


def address_to_ask_at(request: HttpRequest, back: str) -> str:
    """Where the browser has to go. What the answer must match is kept in the session, for an hour."""
    with troubles():
        return str(client().authorize_redirect(request, back)["Location"])


def answered(request: HttpRequest) -> dict[str, Any]:
    """What the provider says of whoever comes back from it (“claims”). Each answer is good once."""
    if STATE.format(request.GET.get("state", "")) not in request.session:
        raise NotTaken("That log-in was not begun here, or took longer than an hour. Try again.")
    with troubles():
        asked = client()
        token = asked.authorize_access_token(request, claims_options=wanted(), leeway=CLOCKS_DIFFER)
        claims = token.get("userinfo")
        if not claims:
            raise ValueError("there is no ID token")
        return with_address(asked, token, dict(claims))


def wanted() -> dict[str, Any]:
    said = single_sign_on()
    return {
        "iss": {"essential": True, "value": said.issuer},
        "aud": {"essential": True, "value": said.client_id},
    }


def with_address(asked: Any, token: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """Some providers say the e-mail address only where they are asked for it."""
    if "email" in claims or "userinfo_endpoint" not in asked.server_metadata:
        return claims
    more = asked.userinfo(token=token)
    if more.get("sub") != claims["sub"]:
        raise ValueError("the user info is somebody else's")
    return {**more, **claims}


@contextmanager
def troubles() -> Iterator[None]:
    """Turns every error on the way there, and of what comes from there, into NotTaken."""
    import requests
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        yield
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise refused(error) from error
    except requests.RequestException as error:
        raise away(error) from error


def client() -> Any:
    said = single_sign_on()
    return fresh_client(said.issuer, said.client_id, said.client_secret, time.monotonic() // GOOD_FOR)


@lru_cache(maxsize=1)
def fresh_client(issuer: str, client_id: str, client_secret: str, period: float) -> Any:
    from authlib.integrations.django_client import OAuth

    made = OAuth().register(
        "provider",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )
    metadata = made.load_server_metadata()
    if metadata.get("issuer") != issuer:
        raise ValueError(f"the provider calls itself otherwise; write OIDC_ISSUER={metadata.get('issuer')}")
    metadata["id_token_signing_alg_values_supported"] = ALGORITHMS
    methods = metadata.get("token_endpoint_auth_methods_supported", [])
    if "client_secret_post" in methods and "client_secret_basic" not in methods:
        made.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 - a way, no secret
    return made


def try_out() -> None:
    """Whether the provider answers, with its addresses and its keys."""
    fresh_client.cache_clear()
    with troubles():
        client().fetch_jwk_set()


def address_to_end_at() -> str:
    """Where one logs out at the provider."""
    with troubles():
        made = client()
        end, said = made.server_metadata.get("end_session_endpoint"), single_sign_on()
        return made.create_logout_url(client_id=said.client_id)["url"] if end else said.issuer
