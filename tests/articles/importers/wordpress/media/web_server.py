"""A server on loopback whose answers are written out byte by byte, so that it can lie and misbehave."""

import contextlib
import socket
import threading
import time


class WebServer:
    """`routes`: path → bytes, or a function of the connection and the request that sends what it likes."""

    def __init__(self, tls=None):
        self.routes, self.requests, self.tls = {}, [], tls
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                threading.Thread(target=self.answer, args=[connection], daemon=True).start()

    def answer(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            said = b""
            while b"\r\n\r\n" not in said and (piece := connection.recv(65536)):
                said += piece
            request = said.decode("latin-1")
            self.requests.append(request)
            route = self.routes.get(request.split()[1], reply(404, b"no"))
            if callable(route):
                route(connection, request)
            else:
                connection.sendall(route)
            connection.close()

    @property
    def paths(self):
        return [request.split()[1] for request in self.requests]

    def close(self):
        with contextlib.suppress(OSError):
            # Otherwise the thread that waits for a connection would still take one.
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


def reply(status, body=b"", **headers):
    headers = {"content_length": len(body), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status} X", *lines, "", ""]).encode() + body


def leads_to(location, status=302):
    return reply(status, location=location)


def header(request, name):
    for line in request.split("\r\n"):
        before, _, after = line.partition(":")
        if before.lower() == name:
            return after.strip()
    return None


def drips(beginning, every=0.05, piece=b"x", most=400):
    """Sends a byte now and then, for as long as anybody listens."""

    def send(connection, request):
        connection.sendall(beginning)
        for _ in range(most):
            connection.sendall(piece)
            time.sleep(every)

    return send


def floods(beginning, piece, most=2000):
    """Sends as fast as it is read."""

    def send(connection, request):
        connection.sendall(beginning)
        for _ in range(most):
            connection.sendall(piece)

    return send
