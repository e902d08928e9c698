"""Bytes that a browser gets for each kind of page: status line, headers and compressed body."""

import socket
import statistics
from dataclasses import dataclass

ASK = (
    "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n"
)


@dataclass
class Weight:
    pages: int
    median: int
    most: int  # what 99 of 100 pages stay within


def weigh(application, addresses):
    """Kind → Weight, over the wire of the running site."""
    with application:
        return {
            kind: weight([received(application.port, path) for path in paths])
            for kind, paths in addresses.items()
            if paths
        }


def weight(sizes):
    ordered = sorted(sizes)
    most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return Weight(len(ordered), round(statistics.median(ordered)), most)


def received(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(ASK.format(path=path, port=port).encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    head = answer.partition(b"\r\n\r\n")[0].lower()
    if b"content-encoding: br" not in head:
        raise SystemExit(f"{path} came uncompressed: {head.decode(errors='replace')}")
    return len(answer)
