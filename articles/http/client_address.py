"""Whose requests are counted together, where too many are refused."""

from ipaddress import IPv6Address, ip_address, ip_network

from articles.conf import is_behind_proxy

# Who has IPv6 has all addresses that begin like this.
OF_ONE_CONNECTION = 64


def client_address(request):
    """As the settings say that requests come: from the reader, or through a server in front."""
    return forwarded_address(request) if is_behind_proxy() else own_address(request)


def own_address(request):
    """Of who has opened the connection."""
    return counted_address(request.META.get("REMOTE_ADDR", ""))


def forwarded_address(request):
    """As the server in front says it, which writes last; what stands before, a client may have made up."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    return counted_address(said) or own_address(request)


def counted_address(text):
    """Under which tries are counted together; None for what is no address (a socket's path)."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), OF_ONE_CONNECTION), strict=False).network_address)
