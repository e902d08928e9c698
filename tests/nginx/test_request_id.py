"""nginx names each request, tells the application and notes the name."""

import http.server
import threading

from tests.nginx.test_configuration import at_a_free_port, written_with
from tests.servers import ask
from tests.servers.website import LOAD_BROTLI


class Application(http.server.BaseHTTPRequestHandler):
    heard = []

    def do_GET(self):
        self.heard.append(self.headers.get_all("X-Request-ID"))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_is_the_same_in_the_log_and_at_the_application_whatever_a_client_says(house, start_nginx, tmp_path):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        log = tmp_path / "readers.log"
        behind = f"127.0.0.1:{server.server_port}"
        text = written_with(house, "--listen", "127.0.0.1:80", "--application", behind, "--log", log)
        nginx = start_nginx(at_a_free_port(text), modules=LOAD_BROTLI)
        for _ in range(2):
            ask(nginx.port, "/search/", host="localhost", x_request_id="chosen-by-a-client")
        server.shutdown()
    noted = [line.split()[-1] for line in log.read_text().splitlines()]
    assert [[name] for name in noted] == Application.heard
    assert len(set(noted)) == 2 and all(len(name) == 32 for name in noted)
