"""Errors go to a server that takes what Sentry takes, and nothing of those who met them does."""

import http.server
import json
import shutil
import subprocess
import sys
import threading

import pytest

from tests.servers import Application
from tests.servers.asking import UNPACK

# A log-in that fails inside, as a browser would send it; then what only the log has.
MEET_AN_ERROR = """
import logging
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import CsrfViewMiddleware
from articles.http.request_id import NamedRequests
from newsroom.desk_site import DeskSite
import io

def fail(self, request, extra_context=None):
    password = request.POST["password"]
    raise ValueError("the form can't be read")

DeskSite.login = fail
CsrfViewMiddleware.process_view = lambda *arguments: None
body = b"username=mara&password=hunter2-secret"
environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/admin/login/", "QUERY_STRING": "next=/drafts-of-mara/",
    "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "CONTENT_LENGTH": str(len(body)),
    "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_COOKIE": "sessionid=cookie-secret",
    "HTTP_X_REQUEST_ID": "4b0d1c1f9fd94d6c8f0b2a6d3c7e5f10", "REMOTE_ADDR": "192.0.2.77",
    "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http"}
logging.getLogger("articles.press").warning("no error")
NamedRequests(WSGIHandler())(environ, lambda *said: None)
logging.getLogger("articles.press").error("The press waits: %s", "the disk is full")
"""


class Taking(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(UNPACK[self.headers.get("Content-Encoding", "")](body))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.fixture
def sentry():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


def events(server):
    for envelope in server.heard:
        for line in envelope.splitlines():
            if b'"event_id"' in line and b'"level"' in line:
                yield json.loads(line)


def test_errors_are_sent_with_the_number_of_the_request_and_nothing_of_people(sentry, with_tables, tmp_path):
    dsn = f"http://key@127.0.0.1:{sentry.server_port}/1"
    site = Application(tmp_path, whole=True, SENTRY_DSN=dsn, BEHIND_PROXY="on")
    site.var.mkdir()
    shutil.copy(with_tables, site.var)
    done = site.manage("shell", "--verbosity=0", "--no-imports", "-c", MEET_AN_ERROR)
    assert "ValueError" in done.stderr, "the log has it as ever"
    found = {event["logger"]: event for event in events(sentry)}
    assert set(found) == {"django.request", "articles.press"}
    error = found["django.request"]
    assert error["tags"]["request"] == "4b0d1c1f9fd94d6c8f0b2a6d3c7e5f10"
    assert error["exception"]["values"][-1]["value"] == "the form can't be read"
    assert any(
        frame["function"] == "fail" for frame in error["exception"]["values"][-1]["stacktrace"]["frames"]
    )
    sent = b"".join(sentry.heard).decode()
    for secret in ("hunter2", "cookie-secret", "mara", "192.0.2.77", "drafts-of"):
        assert secret not in sent


def test_without_the_setting_the_package_is_not_loaded(tmp_path):
    site = Application(tmp_path)
    said = site.manage(
        "shell", "--verbosity=0", "--no-imports", "-c", "import sys; print('sentry_sdk' in sys.modules)"
    )
    assert said.stdout.strip() == "False"


def test_metrics_load_no_package_either_unless_they_are_asked_for(tmp_path):
    code = "import newsroom.wsgi, sys; print([name for name in ('sentry_sdk', 'prometheus_client', 'authlib') if name in sys.modules])"
    site = Application(tmp_path, PRESS_EMBEDDED="off")
    done = subprocess.run(
        [sys.executable, "-c", code], env=site.environment(), cwd=site.project, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr
