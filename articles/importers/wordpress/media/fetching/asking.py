"""One request and the head of its answer, over a connection to an address that was judged before."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from articles.http.public_addresses import Judge
from articles.importers.wordpress.media.source import NotToBeHad

from .limits import Limits
from .targets import Resolve, Target, resolved

USER_AGENT = "Newsroom-Import/1 (fetches the files of a site that moves, for its owner)"
PIECE = 1 << 16


class Silent(NotToBeHad):
    """The host cannot be connected to."""


class Cut(NotToBeHad):
    """The answer has ended early, or took too long. The rest may be asked for."""


@dataclass(frozen=True, slots=True)
class Web:
    """What requests need besides their target."""

    limits: Limits
    judge: Judge
    resolve: Resolve
    tls: ssl.SSLContext


@contextmanager
def asked(target: Target, headers: Mapping[str, str], web: Web) -> Iterator[http.client.HTTPResponse]:
    """The answer, its body unread. Raises NotToBeHad, also while the body is read."""
    deadline = time.monotonic() + web.limits.answer
    with connected(target, web, deadline) as connection:
        try:
            connection.sendall(request(target, headers))
            answer = http.client.HTTPResponse(Timed(connection, deadline, web.limits.silence), method="GET")
            answer.begin()
            yield answer
        except TimeoutError as error:
            raise Cut(f"its server is too slow: {target.host}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Cut(f"its server has broken off: {type(error).__name__}") from error


def request(target: Target, headers: Mapping[str, str]) -> bytes:
    """No cookie, and nothing packed. The path is quoted, so it has no line of its own."""
    lines = [
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.host_header}",
        f"User-Agent: {USER_AGENT}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def connected(target: Target, web: Web, deadline: float) -> socket.socket:
    """A connection to the first of the host's addresses that answers. The name is not asked for again."""
    for family, place in resolved(target, web.judge, web.resolve):
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(web.limits.connect)
        try:
            connection.connect(place)
            if target.scheme == "https":
                return web.tls.wrap_socket(connection, server_hostname=target.host)
        except ssl.SSLCertVerificationError as error:
            connection.close()
            raise Silent(f"its server has no valid certificate: {target.host}") from error
        except OSError:
            connection.close()
            if time.monotonic() > deadline:
                break
            continue
        return connection
    raise Silent(f"its server does not answer: {target.host}")


class Timed(io.RawIOBase):
    """What is read of a connection: each byte in time, and all of them before the deadline."""

    def __init__(self, connection: socket.socket, deadline: float, silence: float):
        self.connection, self.deadline, self.silence = connection, deadline, silence

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(self, PIECE)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(min(left, self.silence))
        return self.connection.recv_into(buffer)
