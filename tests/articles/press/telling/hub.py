"""A real small server that is told things: it keeps what it heard, and answers as it is told to."""

import contextlib
import http.server
import threading
import time


class Hub(http.server.ThreadingHTTPServer):
    """`status`, `reason` and `pause` (in seconds) are those of its answers; `look` is called with each body before it
    answers, and what it returns is kept beside the body."""

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Told)
        self.heard, self.status, self.pause, self.look = [], 204, 0.0, lambda body: None
        self.heads, self.reason = [], None
        self.goes_on = threading.Event()
        self.goes_on.set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hub"


class Told(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heads.append(self.headers)
        self.server.heard.append((body, self.server.look(body)))
        time.sleep(self.server.pause)
        self.server.goes_on.wait(30)
        self.send_response(self.server.status, self.server.reason)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        with contextlib.suppress(BrokenPipeError):
            self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def running_hub(port=0):
    hub = Hub(port)
    threading.Thread(target=hub.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield hub
    finally:
        hub.goes_on.set()
        hub.shutdown()
        hub.server_close()
