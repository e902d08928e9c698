"""Requests byte by byte: what http.client would mend or refuse goes over the wire as it is written here."""

import contextlib
import gzip
import socket
from dataclasses import dataclass

import brotli

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    raw: bytes

    @property
    def body(self):
        """As the browser reads it."""
        return UNPACK[self.headers.get("content-encoding", "")](self.raw)

    @property
    def is_whole(self):
        """Whether a page is all there."""
        if "content-length" in self.headers and len(self.raw) != int(self.headers["content-length"]):
            return False
        page = self.body.strip()
        return page[:15].lower() == b"<!doctype html>" and page.endswith(b"</html>")


def ask(port, path, *, method="GET", host=None, body=b"", timeout=20, **headers):
    """Keywords are headers: if_none_match="…". `path` goes out as it is, str as UTF-8."""
    said = {"Host": host or f"localhost:{port}", "Connection": "close"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        said["Content-Length"] = str(len(body))
    path = path if isinstance(path, bytes) else path.encode()
    lines = [f"{name}: {value}".encode() for name, value in said.items()]
    request = b"\r\n".join([method.encode() + b" " + path + b" HTTP/1.1", *lines, b"", body])
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(request)
        return read_answer(connection)


def read_answer(connection):
    """Status 0 where the server hung up without a word."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := connection.recv(65536):
            received += chunk
    head, _, raw = received.partition(b"\r\n\r\n")
    if not head:
        return Answer(0, {}, b"")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if headers.get("transfer-encoding") == "chunked":
        raw = unchunked(raw)
    return Answer(int(first.split()[1]), headers, raw)


def unchunked(raw):
    whole = b""
    while raw:
        size, _, raw = raw.partition(b"\r\n")
        length = int(size, 16)
        whole, raw = whole + raw[:length], raw[length + 2 :]
        if not length:
            break
    return whole
