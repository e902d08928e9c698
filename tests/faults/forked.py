"""Processes that start at once and can be killed like any: each is forked off one that has everything loaded, because
starting Python a hundred times would take minutes. A line in: one is started. A line out: its process number."""

import contextlib
import os
import subprocess
import sys

from tests.servers.application import ROOT


@contextlib.contextmanager
def forking(module, *arguments, env):
    """Runs the module, which calls serve_forks(); a function that starts a fork and answers its process number."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def start():
        process.stdin.write("\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    yield start
    process.stdin.close()
    process.wait(10)


def serve_forks(run):
    """Starts `run` in a fork for each line, after the one before has ended. It calls the function that it is given as
    soon as whoever waits for it may go on."""
    child = 0
    for _line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            run(lambda: print(os.getpid(), flush=True))
            os._exit(1)
