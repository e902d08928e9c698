"""A whole site of real parts: application, desk and press as processes, nginx in front, one var/ folder."""

import contextlib
import datetime
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests import forks

from .application import Application
from .nginx import Nginx
from .process import free_port

BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
LOAD_BROTLI = f"load_module {BROTLI_MODULE};" if BROTLI_MODULE.exists() else ""


class Failed(Exception):
    """The desk could not do it; nothing of it has happened, as far as it knows."""


class Desk:
    def __init__(self, application):
        pipes = {"stdin": forks.PIPE, "stdout": forks.PIPE}
        self.process = application.begin(["-m", "tests.servers.desk"], **pipes)

    def do(self, act, **said):
        self.process.stdin.write(json.dumps({"do": act, **said}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The desk has ended.")
        answer = json.loads(line)
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer["done"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


class Website:
    """nginx includes what `manage.py nginx` wrote: start() writes it anew."""

    def __init__(self, folder, *, application=None, static=None, database_url=None, workers=1, **variables):
        self.folder = folder
        self.application = application or Application(
            folder / "site", database_url=database_url, workers=workers, **variables
        )
        self.var = self.application.var
        self.shelf = self.var / "shelf"
        self.var.mkdir(parents=True, exist_ok=True)
        if static:
            (self.var / "static").symlink_to(static)
        self.port = free_port()
        configuration = self.var / "nginx" / "newsroom.conf"
        self.nginx = Nginx(folder / "nginx", f'include "{configuration}";', self.port, modules=LOAD_BROTLI)
        self._desks = []
        self._presses = []

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def write_nginx(self):
        listen, behind = f"127.0.0.1:{self.port}", f"127.0.0.1:{self.application.port}"
        self.application.manage("nginx", "--listen", listen, "--application", behind, "--log", "off")

    def start(self):
        self.write_nginx()
        self.application.start()
        self.nginx.start()
        return self

    def desk(self):
        self._desks.append(Desk(self.application))
        return self._desks[-1]

    def press(self, *act, **variables):
        """A press of its own, `manage.py press run`; the application's has to be off (PRESS_EMBEDDED=0)."""
        said = {"stdout": forks.PIPE, "stderr": forks.STDOUT}
        command = ["manage.py", "press", *(act or ("run",))]
        process = self.application.begin(command, own_group=True, **said, **variables)
        self._presses.append(process)
        return process

    def kill_press(self, press):
        """kill -9; answers what it had said."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(press.pid, signal.SIGKILL)
        self._presses.remove(press)
        return press.communicate()[0]

    def wait_for_press(self, desk, seconds=120):
        """Until everything that is written and due has been printed."""
        written, deadline = desk.do("written"), time.monotonic() + seconds
        while not self.has_printed(**written):
            if time.monotonic() > deadline:
                raise RuntimeError(f"The press did not come to {written}:\n{self.application.log()[-3000:]}")
            time.sleep(0.05)

    def has_printed(self, *, last, at):
        note = self.shelf / "position.json"
        if not note.exists() or self.is_reprinting():
            return False
        said = json.loads(note.read_text())
        return said["last"] >= last and datetime.datetime.fromisoformat(said["clock"]).timestamp() >= at

    def is_reprinting(self):
        """Whether a walk has still to come to pages that are on the shelf."""
        note = self.shelf / "walk.json"
        try:
            return not json.loads(note.read_text())["fills"]
        except FileNotFoundError:
            return False

    def stop(self):
        for press in list(self._presses):
            self.kill_press(press)
        for desk in self._desks:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                desk.close()
        self.application.stop()
        self.nginx.stop()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
