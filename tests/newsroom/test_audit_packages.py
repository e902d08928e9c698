"""pip-audit asks a list on this computer, which says what is told of a package."""

import http.server
import json
import subprocess
import sys
import threading

import pytest

HOLE = {
    "id": "GHSA-test-test-test",
    "summary": "A hole",
    "details": "",
    "aliases": [],
    "modified": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "segno", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
            "versions": ["1.6.6"],
        }
    ],
}


class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"vulns": [HOLE]} if asked["package"]["name"] == "segno" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def known_holes():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def audit(folder, address, *packages):
    file = folder / "packages.txt"
    file.write_text("\n".join(packages))
    arguments = ["-s", "osv", "--osv-url", address, "-r", file, "--no-deps", "--disable-pip"]
    return subprocess.run(
        [sys.executable, "-m", "tests.audit_packages", *arguments], capture_output=True, text=True
    )


def test_a_package_with_a_known_hole_is_an_error_that_says_what_mends_it(known_holes, tmp_path):
    done = audit(tmp_path, known_holes, "segno==1.6.6", "nh3==0.3.8")
    assert (
        done.stdout == "segno 1.6.6: GHSA-test-test-test, mended in 9.9\n2 packages audited, 1 holes known.\n"
    )
    assert done.returncode == 1, done.stderr


def test_where_nobody_answers_a_line_says_so_and_nothing_fails(tmp_path):
    done = audit(tmp_path, "http://127.0.0.1:1/v1/query", "segno==1.6.6")
    assert done.stdout.startswith("NOT AUDITED: the list of known holes does not answer from here: ")
    assert done.stdout.count("\n") == 1
    assert done.returncode == 0
