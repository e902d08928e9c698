"""SITE_URL and ALLOWED_HOSTS: how they are spelt, and what is wrong with one that can't be used."""

from urllib.parse import urlsplit

from django.http.request import split_domain_port, validate_host
from environs import ValidationError

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def as_browsers_say(site_url):
    """Its host in small letters, without the port that goes without saying: so it stands in what they ask
    for, and in what a store in front is asked to forget."""
    said = site_url.strip().rstrip("/")
    try:
        found = urlsplit(said)
        usual = (found.scheme, found.port) in {("http", 80), ("https", 443)}
    except ValueError:
        return said
    if not found.netloc:
        return said
    host = found.netloc.lower().removesuffix(":")
    return found._replace(netloc=host.rpartition(":")[0] if usual else host).geturl()


def host_of(site_url):
    try:
        return urlsplit(site_url).hostname or ""
    except ValueError:
        return ""


def requested_host(site_url):
    """As requests and ALLOWED_HOSTS spell it: an IPv6 address in brackets."""
    host = host_of(site_url)
    return f"[{host}]" if ":" in host else host


def is_local(site_url):
    return host_of(site_url) in LOOPBACK


def is_host(text):
    """Whether Django takes this for a request's host; it takes no port, no path and no letters like ü."""
    return bool(text) and split_domain_port(text) == (text.lower(), "")


def address_mistakes(site_url, hosts):
    """What is wrong with SITE_URL, and whether ALLOWED_HOSTS has its host."""
    host = requested_host(site_url)
    try:
        check_address(site_url)
    except ValidationError as error:
        yield f"SITE_URL {error.messages[0]}"
        return
    if not validate_host(host, hosts):
        yield (
            "ALLOWED_HOSTS lacks SITE_URL's own host, so every page would be refused; "
            f"write ALLOWED_HOSTS={','.join([*hosts, host])}."
        )


def check_address(text):
    """ValidationError unless this is http(s), a host, perhaps a port, and nothing else."""
    try:
        found = urlsplit(text)
        whole = found.scheme in {"http", "https"} and found.hostname and found.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise ValidationError(f"is {text!r}; write a whole address, like https://news.example.org.")
    host = requested_host(text)
    if not is_host(host):
        raise ValidationError(f"names the host {host!r}, which no browser asks for; {other_spelling(host)}.")
    if text.lower() != f"{found.scheme}://{found.netloc.lower()}" or "@" in found.netloc:
        port = f":{found.port}" if found.port else ""
        raise ValidationError(
            f"is more than the address of a host, which the site takes whole; write {found.scheme}://{host}{port}"
            " and nothing behind it."
        )


def other_spelling(host):
    """What to write for a host whose letters browsers translate (zürich.example), or that no spelling has."""
    try:
        translated = host.encode("idna").decode()
    except UnicodeError:
        translated = host
    if translated != host and is_host(translated):
        return f"write {translated}"
    return "write letters, digits, dots and hyphens"


def parse_hosts(text):
    """A list of hosts; a leading dot stands for all names below it."""
    hosts = [host for part in text.split(",") if (host := part.strip())]
    if "*" in hosts:
        raise ValidationError("holds '*'; list the host names that this site answers to.")
    if wrong := [host for host in hosts if not is_host(host.removeprefix("."))]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write host names alone, with commas between them, "
            "like news.example.org,www.news.example.org."
        )
    return hosts
