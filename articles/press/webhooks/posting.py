"""One POST to an address of somebody else's, as the importer fetches: the address is judged before it is
connected to, and the name is not asked for again. No redirect is followed."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping

from articles.http.public_addresses import Judge, only_public
from articles.importers.wordpress.media.fetching.asking import Timed, Web, connected
from articles.importers.wordpress.media.fetching.limits import Limits
from articles.importers.wordpress.media.fetching.targets import Target, target_of
from articles.importers.wordpress.media.source import NotToBeHad
from articles.publishing.shared.text import one_line

# Seconds. Whoever needs longer takes what it is told first, and works on it afterwards.
LIMITS = Limits(connect=5, silence=10, answer=15)


class NotTaken(Exception):
    """It is told again later. The message says why."""


def web(judge: Judge = only_public) -> Web:
    return Web(LIMITS, judge, socket.getaddrinfo, ssl.create_default_context())


def post(address: str, body: bytes, headers: Mapping[str, str], by: Web) -> str:
    """What was answered; NotTaken if that was no yes."""
    deadline = time.monotonic() + by.limits.answer
    try:
        target = target_of(address)
        with connected(target, by, deadline) as connection:
            connection.sendall(request(target, body, headers))
            answer = http.client.HTTPResponse(Timed(connection, deadline, by.limits.silence), method="POST")
            answer.begin()
    except NotToBeHad as error:
        raise NotTaken(str(error)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotTaken(f"it has broken off: {type(error).__name__}") from error
    # It comes into the log and the database, and its other half is whatever the receiver likes.
    said = one_line(f"{answer.status} {answer.reason}")[:100]
    if not 200 <= answer.status < 300:
        raise NotTaken(f"it answered {said}")
    return said


def request(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"POST {target.path} HTTP/1.1",
        f"Host: {target.host_header}",
        "User-Agent: Newsroom",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii") + body
