"""Printed pages through our application and through nginx, beside nginx with nothing but files; by wrk."""

import re
import statistics
import subprocess
from dataclasses import dataclass

from tests.servers import Nginx, ask
from tests.servers.website import LOAD_BROTLI

CONNECTIONS = 16
# What nginx does at best: the same bytes, headers included, from the same files.
BARE = """
server {{
    listen 127.0.0.1:{{port}};
    location / {{
        root "{shelf}/pages";
        index index.html;
        charset utf-8;
        server_tokens off;
        gzip_static on;
        max_ranges 0;
        {headers}
    }}
}}
"""
# The headers that nginx sends by itself.
BY_ITSELF = frozenset(
    [
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "server",
    ]
)
# Another page each time.
LUA = """
local paths = {{ {paths} }}
local next_one = math.random(#paths)
request = function()
    next_one = next_one % #paths + 1
    return wrk.format("GET", paths[next_one])
end
"""


@dataclass(frozen=True)
class Rates:
    """Requests a second: nginx with bare files, our application, the documented nginx. `reach`: the parts of
    bare nginx's rate that the application and the documented nginx are to reach."""

    what: str
    reach: tuple[float, float]
    bare: float
    application: float
    nginx: float


def measure_serving(site, paths, *, seconds, rounds):
    bare = Nginx(site.folder / "bare", bare_configuration(site, paths[0]), modules=LOAD_BROTLI)
    script = site.folder / "pages.lua"
    script.write_text(LUA.format(paths=", ".join(f'"{path}"' for path in paths)))
    ports = (bare.port, site.application.port, site.port)
    with bare:
        etag = ask(bare.port, paths[0], accept_encoding="gzip").headers["etag"]
        for port in ports:
            check_same(bare.port, port, paths[0])
        kinds = {
            "one article": ((0.88, 0.9), paths[0], []),
            "one article, unchanged (304)": ((0.6, 0.9), paths[0], ["-H", f"If-None-Match: {etag}"]),
            f"{len(paths)} articles in turn": ((0.82, 0.9), "/", ["-s", script]),
        }
        for what, (reach, path, options) in kinds.items():
            yield Rates(what, reach, *in_turn(ports, path, options, seconds=seconds, rounds=rounds))


def in_turn(ports, path, options, *, seconds, rounds):
    """The median of each; turn and turn about, so that what else runs on the machine meets all alike."""
    rates = [[wrk(port, path, options, seconds) for port in ports] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*rates, strict=True)]


def wrk(port, path, options, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", *options]
    done = subprocess.run(
        [*command, f"http://localhost:{port}{path}"], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"wrk met errors at {path}:\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)[1])


def check_same(bare, port, path):
    """What is compared has to be comparable."""
    theirs, ours = (ask(each, path, accept_encoding="gzip") for each in (bare, port))
    of_server = {"server", "date", "connection"}
    said = [{name: each.headers[name] for name in set(each.headers) - of_server} for each in (theirs, ours)]
    if theirs.raw != ours.raw or said[0] != said[1]:
        raise SystemExit(f"{path} comes with other bytes from port {port}: {said}")


def bare_configuration(site, path):
    """With the headers that our application sends with that page."""
    headers = ask(site.application.port, path, accept_encoding="gzip").headers
    lines = [f'add_header {name} "{value}";' for name, value in headers.items() if name not in BY_ITSELF]
    return BARE.format(shelf=site.shelf, headers="\n        ".join(lines))
