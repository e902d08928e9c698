"""The address at which Prometheus asks. It is none of the site's: neither nginx nor granian knows it."""

import hmac
import logging
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6

from django.db import connections

from articles.conf import metrics_settings

logger = logging.getLogger("articles.operation")


@contextmanager
def telling_metrics():
    """As long as this lasts, whoever asks is told. Nothing happens if METRICS names no address."""
    settings = metrics_settings()
    server = settings.is_on and open_server(settings)
    if not server:
        yield
        return
    threading.Thread(target=server.serve_forever, name="metrics server", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def open_server(settings):
    """None if it can't be listened there, which stops nothing else."""
    try:
        return Listening(settings)
    except OSError as error:
        logger.error("Nobody gets metrics at %s:%s: %s", settings.host, settings.port, error.strerror)
        return None


class Listening(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, settings):
        # Only who turns metrics on needs the package.
        from prometheus_client import CollectorRegistry

        from .metrics import Metrics

        self.address_family = AF_INET6 if ":" in settings.host else AF_INET
        self.token = settings.token
        self.registry = CollectorRegistry()
        super().__init__((settings.host, settings.port), Answer)
        # Nothing is asked of it here: what it has differs from time to time.
        self.registry.register(Metrics())


class Answer(BaseHTTPRequestHandler):
    timeout = 10  # seconds for a question

    def do_GET(self):
        from prometheus_client.exposition import choose_encoder

        if self.path.partition("?")[0] != "/metrics":
            self.say(404, b"Only /metrics is here.\n")
        elif not self.may_know():
            self.say(401, b"Say the token: Authorization: Bearer ...\n", ("WWW-Authenticate", "Bearer"))
        else:
            encoded, content_type = choose_encoder(self.headers.get("Accept", ""))
            try:
                self.say(200, encoded(self.server.registry), ("Content-Type", content_type))
            finally:
                connections.close_all()

    def may_know(self):
        said = self.headers.get("Authorization", "").removeprefix("Bearer ")
        token = self.server.token
        return not token or hmac.compare_digest(said.encode(), token.encode())

    def say(self, status, body, *headers):
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Whoever asks every few seconds is not worth a line."""
