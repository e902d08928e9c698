import urllib.request

import pytest

SERVER = """
server {
    listen 127.0.0.1:{port};
    location / { return 200 "from nginx"; }
}
"""


class TestNginx:
    def test_answers_as_its_configuration_says(self, start_nginx):
        server = start_nginx(SERVER)
        with urllib.request.urlopen(server.url + "/any", timeout=5) as answer:
            assert answer.read() == b"from nginx"

    def test_says_what_is_wrong_with_its_configuration(self, start_nginx):
        with pytest.raises(RuntimeError, match="unknown directive"):
            start_nginx("nonsense on;")
