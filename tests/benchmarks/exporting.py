"""How fast the whole newsroom is exported, and in how much memory.

    python -m tests.benchmarks.exporting              prints JSON: format → {"a second", "megabytes"}

The database is that of DATABASE_URL; without it, a small newsroom is made on SQLite, which takes a minute. It is small by
default: --articles 20000 makes a larger one. Seconds are the processor's (user and system) of the whole command, start
included; megabytes are the most that its process has held. Pictures are left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers.application import ROOT

from .newsroom import on_sqlite

FORMATS = ("wxr", "json", "static")
# Runs the command and says how many articles there were and what it took. A process of its own, because memory that was
# once held counts to its end.
RUN = """
import json, resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "export", "--format", sys.argv[1], sys.argv[2], "--without-media", "-v0"])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
"""


def measured(environment):
    found = {}
    for name in FORMATS:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            target = Path(folder) / "export"
            done = subprocess.run(
                [sys.executable, "-c", RUN, name, target],
                env=environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
                cwd=ROOT,
                check=True,
                stdout=subprocess.PIPE,
            )
            used = json.loads(done.stdout)
            counts = json.loads((target / "manifest.json").read_text())["counts"]
            # Of pages, all kinds are counted.
            number = counts.get("articles") or counts["files"]
            found[name] = {
                "files" if name == "static" else "articles": number,
                "a second": round(number / used["seconds"]),
                "megabytes": round(used["megabytes"]),
            }
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=3_000)
    asked = parser.parse_args()
    if "DATABASE_URL" in os.environ:
        print(json.dumps(measured(dict(os.environ))))
        return
    with on_sqlite(asked.articles) as application:
        print(json.dumps(measured(application.environment())))


if __name__ == "__main__":
    main()
