"""Starts programs with a fork server: one for each process of the tests, begun when it is first needed."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from .forked_process import PIPE, STDOUT, Forked

ROOT = Path(__file__).resolve().parent.parent.parent
STOP_SECONDS = 10


class ForkServer:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="newsroom-tests-")
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        variables = {"VAR_DIR": self.folder.name, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks.fork_server", str(theirs.fileno())],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def close(self):
        """It ends by itself, unless a process that was forked off this one holds the channel, too."""
        self.channel.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def fork(self, program, files):
        """A pipe on which the fork's number is told, and its end."""
        told, tell = os.pipe()
        message = [json.dumps(program).encode()]
        socket.send_fds(self.channel, message, [*files, tell])
        os.close(tell)
        return told


_fork_server = None


def fork_server():
    """Begun again in a process that was itself forked off by one that had begun it."""
    global _fork_server
    if _fork_server is None or _fork_server.pid != os.getpid():
        _fork_server = ForkServer()
        _fork_server.pid = os.getpid()
        atexit.register(_fork_server.close)
    return _fork_server


def start(command, *, env, cwd=ROOT, stdin=None, stdout=None, stderr=None, own_group=False):
    """`command` are Python's arguments: a file, or -m and a module. `stdin` and `stdout` may be PIPE; no file is no input
    and no output."""
    with open(os.devnull, "r+b", buffering=0) as nothing:
        given, ours = _pipe(stdin, nothing, is_input=True)
        taken, theirs = _pipe(stdout, nothing, is_input=False)
        program = {
            "command": [str(word) for word in command],
            "environment": {name: str(value) for name, value in env.items()},
            "folder": str(cwd),
            "own_group": own_group,
        }
        errors = taken if stderr is STDOUT else (stderr or nothing).fileno()
        told = fork_server().fork(program, [given, taken, errors])
        for pipe, number in ((stdin, given), (stdout, taken)):
            if pipe is PIPE:
                os.close(number)
    return Forked(command, told, ours, theirs)


def _pipe(file, nothing, *, is_input):
    """The fork's end, and ours as a file where it is a pipe."""
    if file is not PIPE:
        return (file or nothing).fileno(), None
    reads, writes = os.pipe()
    return (reads, os.fdopen(writes, "w")) if is_input else (writes, os.fdopen(reads))


def run(command, *, env, cwd=ROOT):
    """As subprocess.run() with what was said captured as text."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        code = start(command, env=env, cwd=cwd, stdout=out, stderr=errors).wait()
        texts = [file.seek(0) or file.read().decode() for file in (out, errors)]
    return subprocess.CompletedProcess(command, code, *texts)
