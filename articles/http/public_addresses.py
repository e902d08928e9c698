"""Which addresses of the network may be connected to: public ones, at the ports of the web."""

import ipaddress
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Whether a connection may be made to that address and port. Tests pass one that admits their own server.
Judge = Callable[[Address, int], bool]
PORTS = (80, 443)
# IPv4 addresses in IPv6 ones, as networks that speak IPv6 only have them.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# The same within one network (RFC 8215). Python 3.11 takes these for public ones.
TRANSLATED_HERE = ipaddress.IPv6Network("64:ff9b:1::/48")


def only_public(address: Address, port: int) -> bool:
    return port in PORTS and is_public(address)


def is_public(address: Address) -> bool:
    """Not one of this machine, its network or its provider, also not written in another form."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := embedded(address)):
        return is_public(inner)
    return (
        address.is_global
        and address not in TRANSLATED_HERE
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not getattr(address, "is_site_local", False)
    )


def embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that the other end of such a connection would be."""
    if address in TRANSLATED or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour
