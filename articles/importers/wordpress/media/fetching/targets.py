"""Where a request goes: an address of the web in its parts, and whether its host is one that may be asked."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urljoin

from articles.http.public_addresses import Judge
from articles.importers.wordpress.media.source import NotToBeHad
from articles.importers.wordpress.text.addresses import host_key, split

# As socket.getaddrinfo.
Resolve = Callable[..., list[tuple[Any, ...]]]
PORTS = {"http": 80, "https": 443}
PATH = "/%:@!$&'()*+,;=~-._"
FOREIGN = "its host is not the old site's"
NOT_WEB = "its address is none of the web"


@dataclass(frozen=True, slots=True)
class Target:
    scheme: str
    # In punycode.
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.path}"


def target_of(address: str) -> Target:
    """Raises NotToBeHad for what is no address of the web, or has a name and a password in it."""
    parts = split(address)
    if parts is None or parts.scheme not in PORTS or not parts.hostname:
        raise NotToBeHad(NOT_WEB)
    if "@" in parts.netloc:
        raise NotToBeHad("its address has a name or a password in it")
    try:
        host = parts.hostname.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise NotToBeHad(NOT_WEB) from error
    path = quote(parts.path or "/", safe=PATH) + (
        f"?{quote(parts.query, safe=PATH + '?')}" if parts.query else ""
    )
    return Target(parts.scheme, host, parts.port or PORTS[parts.scheme], path)


def redirected(target: Target, location: str) -> Target:
    """Where a redirect leads. From a safe connection none leads to an unsafe one, except on one host."""
    try:
        found = target_of(urljoin(str(target), location))
    except ValueError as error:
        raise NotToBeHad(NOT_WEB) from error
    if target.scheme == "https" and found.scheme == "http" and target.host != found.host:
        raise NotToBeHad(f"it is redirected to an unsafe address: {found}")
    return found


def check_host(target: Target, hosts: frozenset[str]) -> None:
    if host_key(target.host) not in hosts:
        raise NotToBeHad(f"{FOREIGN}: {target.host}; --media-host {target.host} allows it")


def resolved(target: Target, judge: Judge, resolve: Resolve) -> list[tuple[int, tuple[Any, ...]]]:
    """The families and socket addresses of the host. If one of them may not be connected to, none may: who
    answers so for a name is not to be trusted."""
    try:
        found = resolve(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotToBeHad(f"its host is not known: {target.host}") from error
    places = [(family, place) for family, _, _, _, place in found]
    for _, place in places:
        if not judge(ip_address(place[0]), place[1]):
            raise NotToBeHad(f"its host is at an address that is not public: {target.host}")
    return places
