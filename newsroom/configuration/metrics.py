"""METRICS and METRICS_TOKEN: where a host tells its numbers, and to whom."""

import ipaddress

from environs import ValidationError

# Anybody could try all shorter ones.
SHORTEST_TOKEN = 20


def parse_listening(text):
    """Address and port; None for nothing."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
        number = int(port)
    except ValueError as error:
        raise ValidationError(f"is {text!r}; write an address and a port, like 127.0.0.1:9464.") from error
    if not 1 <= number <= 65_535 or (":" in str(address)) != host.startswith("["):
        raise ValidationError(f"is {text!r}; write an address and a port, like 127.0.0.1:9464 or [::1]:9464.")
    return str(address), number


def metrics_mistakes(listening, *, token, port):
    """Sentences for refuse_mistakes()."""
    if token and len(token) < SHORTEST_TOKEN:
        yield (
            f"METRICS_TOKEN is too short; it takes at least {SHORTEST_TOKEN} characters, made at random: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(30))'."
        )
    if not listening:
        return
    if not ipaddress.ip_address(listening[0]).is_loopback and not token:
        yield (
            f"METRICS is {listening[0]}, which others can reach, and METRICS_TOKEN is not set; set it, or "
            "write 127.0.0.1 as the address."
        )
    if listening[1] == port:
        yield f"METRICS and PORT are both {port}; write another port for METRICS."
