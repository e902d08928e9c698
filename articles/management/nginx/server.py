"""What an operator tells `manage.py nginx`: judged before anything is written, kept for the next start."""

import json
import re
import shlex
import socket
import ssl
from argparse import ArgumentTypeError
from dataclasses import asdict, dataclass, field
from pathlib import Path

from articles.management.arguments import in_brackets, ip_address, port_number

ALL_IPV6 = "[::]"
# Debian's package libnginx-mod-http-brotli-static loads its module with this file.
BROTLI_MODULE = "/etc/nginx/modules-enabled/50-mod-http-brotli-static.conf"
LOG = "/var/log/nginx/newsroom.log"
# What would end a quoted word of nginx's configuration, or begin a variable in it.
UNFIT = re.compile(r"[\"$\\\x00-\x1f]")


class CannotServe(Exception):
    """nginx could not do what it is to be told; the sentence says why."""


@dataclass(frozen=True)
class Server:
    """How nginx listens, and where it finds the application. listen: each a port or address:port.
    certificate: the files of one and its key, under the names that the operator gave. A renewed certificate
    stands under the same name, so links are not followed."""

    listen: tuple[str, ...]
    application: str
    certificate: tuple[str, str] | None = None
    brotli: bool = field(default_factory=Path(BROTLI_MODULE).exists)
    log: str = LOG

    def directives(self, more=""):
        """The lines that say where nginx listens."""
        secure = " ssl http2" if self.certificate else ""
        return "\n    ".join(f"listen {place}{secure}{more};" for place in self.listen)

    def plain_directives(self):
        """The same addresses at port 80, to lead readers from there to https."""
        addresses = dict.fromkeys(place.rpartition(":")[0] for place in self.listen)
        return "\n    ".join(f"listen {f'{address}:80' if address else '80'};" for address in addresses)

    def command(self):
        """What writes the same files again."""
        options = [("listen", place) for place in self.listen] + [("application", self.application)]
        if self.certificate:
            options += zip(("certificate", "key"), self.certificate, strict=True)
        named = [f"--{name}={value}" for name, value in [*options, ("log", self.log)]]
        return shlex.join(["python", "manage.py", "nginx", *named])

    def as_json(self):
        return json.dumps(asdict(self), indent=2) + "\n"


def read_server(file: Path) -> Server | None:
    """The one that as_json() was written of; None if that was another version's, or nobody's."""
    try:
        values = json.loads(file.read_text())
        certificate = values.pop("certificate")
        return Server(
            **values | {"listen": tuple(values["listen"]), "certificate": certificate and tuple(certificate)}
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def place_to_listen(text):
    """A port, or address:port, as nginx writes them; for argparse's `type`."""
    address, colon, port = text.rpartition(":")
    try:
        port = port_number(port)
        if not colon:
            return str(port)
        if (address.startswith("[") and address.endswith("]")) != (":" in address):
            raise ArgumentTypeError("an IPv6 address stands in brackets in front of a port")
        return f"{in_brackets(ip_address(address))}:{port}"
    except ArgumentTypeError as error:
        raise ArgumentTypeError(
            f"{text!r} is no place to listen at; write one like 443 or [::1]:443"
        ) from error


def place_of_application(text):
    """host:port, for argparse's `type`."""
    host, _, port = text.rpartition(":")
    port_number(port)
    if not re.fullmatch(r"[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]", host):
        raise ArgumentTypeError(f"{text!r} is no place of a server; write one like 127.0.0.1:8000")
    return text


def places(given, *, https):
    """Where nginx listens. A port alone means every address of the machine, those of IPv6 among them."""
    found = []
    for place in given or ["443" if https else "80"]:
        found.append(place)
        if ":" not in place and speaks_ipv6():
            found.append(f"{ALL_IPV6}:{place}")
    if https and any(place.rpartition(":")[2] == "80" for place in found):
        raise CannotServe(
            "with a certificate nginx leads readers from port 80 to https; listen at another port."
        )
    return tuple(dict.fromkeys(found))


def speaks_ipv6():
    """Whether the machine does at all; on one that does not, nginx would not start."""
    try:
        socket.socket(socket.AF_INET6).close()
    except OSError:
        return False
    return True


def check_certificate(certificate: Path, key: Path):
    """CannotServe unless the two can be read and belong together. PermissionError if only root can tell."""
    for file in (certificate, key):
        try:
            file.open("rb").close()
        except PermissionError:
            raise
        except OSError as error:
            raise CannotServe(f"{file} cannot be read ({error.strerror}); correct the path.") from error
    try:
        # nginx could not ask for a password when it starts.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, ValueError) as error:
        raise CannotServe(f"{certificate} and {key} are no certificate and its key ({error}).") from error


def check_log(log):
    if log not in ("off", LOG) and not (log.startswith("/") and Path(log).parent.is_dir()):
        raise CannotServe(f"{log} can be no log; write a whole path in a folder that is there, or off.")


def check_words(words):
    """What stands between quotes in nginx's configuration must not end them."""
    for word in words:
        if UNFIT.search(str(word)):
            raise CannotServe(f'{word} holds ", $, \\ or a line break, which nginx cannot read; rename it.')
