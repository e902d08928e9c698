"""OIDC_…: the provider with which people of the desk may log in (OpenID Connect)."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from environs import ValidationError

from .site_address import LOOPBACK
from .stores import is_address

# Without the first three there is no single sign-on; the others say more of it.
NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def check_issuer(text):
    if not text:
        return
    if not is_address(text) or urlsplit(text).query or urlsplit(text).fragment:
        raise ValidationError(f"is {text!r}; write an address, like https://login.example.org/realms/paper.")
    if urlsplit(text).scheme != "https" and urlsplit(text).hostname not in LOOPBACK:
        raise ValidationError(
            f"is {text!r}, and without https anybody on the way could say who logs in; write one with https."
        )
    if find_spec("authlib") is None:
        raise ValidationError(
            "is set, and Authlib is not installed; run: pip install -r requirements-oidc.txt."
        )


def parse_values(text):
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def parse_mapping(text):
    """Names of the provider's groups → names of ours."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if wrong := ["".join(pair) for pair in pairs if not (pair[0].strip() and pair[2].strip())]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write a group of the provider, = and a group of the desk, "
            "with commas between such pairs, like newsroom-publishers=Publishers."
        )
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


def oidc_mistakes(said):
    """`said`: the name of a setting → what it says, of all that are about the provider."""
    if not any(said.values()):
        return
    if missing := [name for name in NEEDED if not said[name]]:
        yield (
            f"{next(name for name, value in said.items() if value)} is set, and {' and '.join(missing)} not; "
            f"single sign-on needs {', '.join(NEEDED)}. The provider shows the last two."
        )
