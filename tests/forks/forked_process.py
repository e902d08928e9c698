"""A running fork, with as much of subprocess.Popen as tests need."""

import os
import select
import signal
import subprocess

PIPE, STDOUT = subprocess.PIPE, subprocess.STDOUT


class Forked:
    """`stdin` and `stdout` are text if they are pipes. `told` is a pipe with the fork's number, and with its exit code
    when it has ended."""

    def __init__(self, command, told, stdin, stdout):
        self.args, self.stdin, self.stdout = command, stdin, stdout
        self.returncode = None
        self._told = os.fdopen(told, "rb", buffering=0)
        self.pid = self._read()

    def _read(self):
        number = self._told.read(8)
        if len(number) < 8:
            raise RuntimeError(f"The process that forks has ended; {self.args} is lost.")
        return int.from_bytes(number, "big", signed=True)

    def poll(self):
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.returncode = self._read()
            self._told.close()
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout)
            self.poll()
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def communicate(self):
        """What it says until it ends. As subprocess has it: two values, of which the second is what went to `stderr`, where
        a fork has no pipe."""
        if self.stdin:
            self.stdin.close()
        said = self.stdout.read() if self.stdout else None
        self.wait()
        self.close()
        return said, None

    def close(self):
        for pipe in (self.stdin, self.stdout):
            if pipe:
                pipe.close()

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.close()
        self.wait()
