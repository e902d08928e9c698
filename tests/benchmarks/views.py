"""Queries and CPU time of each view, through Django's own handler in this process; nothing is cached.

    python -m tests.benchmarks.views 200      prints JSON: kind → {"queries": …, "milliseconds": …}

The database is that of DATABASE_URL. CPU time, not the clock's: other work on the machine then counts little.
"""

import itertools
import json
import os
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402 - settings come first

from .addresses import addresses  # noqa: E402 - settings come first

WARM_UP = 20


@dataclass
class Cost:
    queries: int
    milliseconds: float


def ask(path):
    """One request, from the environ to the last byte, as an application server makes it."""
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    answered = []
    response = application(environ, lambda status, headers: answered.append(status))
    body = b"".join(response)
    response.close()
    return answered[0], body


def check(kind, path):
    status, body = ask(path)
    if not status.startswith("404" if kind == "404" else "200") or len(body) < 500:
        raise SystemExit(
            f"{path} answers {status} with {len(body)} bytes; that is no {kind} page to measure."
        )


def cost(kind, paths, requests):
    turns = itertools.cycle(paths)
    for path in itertools.islice(turns, WARM_UP):
        check(kind, path)
    return Cost(max(queries(path) for path in paths[:20]), cpu_milliseconds(turns, requests))


def queries(path):
    counted = []

    def count(execute, sql, parameters, many, context):
        counted.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(count):
        ask(path)
    return len(counted)


def cpu_milliseconds(turns, requests):
    took = []
    for path in itertools.islice(turns, requests):
        start = time.process_time_ns()
        ask(path)
        took.append(time.process_time_ns() - start)
    return statistics.median(took) / 1e6


def main(requests):
    costs = {kind: asdict(cost(kind, paths, requests)) for kind, paths in addresses().items() if paths}
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
