"""A server as a child process: started, waited for, stopped, killed with all its workers."""

import contextlib
import os
import signal
import socket
import subprocess
import time

START_SECONDS = 120
STOP_SECONDS = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess:
    """What all servers have in common; a subclass says its command."""

    name = "server"
    stop_signal = signal.SIGTERM

    def __init__(self, folder, port=None):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return dict(os.environ)

    def account(self):
        """subprocess's arguments for a server that must not run as root."""
        return {}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_file(self):
        return self.folder / f"{self.name}.log"

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def __enter__(self):
        return self.start()

    def __exit__(self, *_problem):
        self.stop()

    def start(self):
        with self.log_file.open("ab") as log:
            self.process = self.launch(log)
        self.wait_until_open()
        return self

    def launch(self, log):
        return subprocess.Popen(
            self.command(),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A group of its own, so that a kill reaches the workers and nothing else.
            start_new_session=True,
            **self.account(),
        )

    def wait_until_open(self):
        deadline = time.monotonic() + START_SECONDS
        while not self.is_open():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.name} did not start:\n{self.log()[-3000:]}")
            time.sleep(0.05)

    def is_open(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        if not self.is_running():
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """kill -9 of the server and all that it started, as a power cut would. What it started may need a moment more
        to end, and takes connections until then: whoever starts the server again would take that for the new one."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)
        deadline = time.monotonic() + STOP_SECONDS
        while self.is_open() and time.monotonic() < deadline:
            time.sleep(0.01)

    def restart(self):
        self.stop()
        return self.start()
