"""The site itself under granian, as `manage.py serve` starts it, with a var/ and a database of its own."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests import forks

from .process import ServerProcess

ROOT = Path(__file__).resolve().parent.parent.parent
# What a developer's own shell or .env may say must not reach the site under test.
OURS = ["SITE_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE"]


class Application(ServerProcess):
    """`whole` starts each of its programs as an operator does; else they are forked off one that has the code loaded."""

    name = "application"

    def __init__(
        self,
        folder,
        port=None,
        *,
        var=None,
        database_url=None,
        workers=2,
        project=ROOT,
        whole=False,
        **variables,
    ):
        super().__init__(folder, port)
        self.project = project
        # Of another copy of the project nothing is loaded.
        self.whole = whole or project != ROOT
        self.var = var or self.folder / "var"
        self.database_url = database_url or f"sqlite:///{self.var / 'newsroom.sqlite3'}"
        self.workers = workers
        self.variables = variables

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def environment(self):
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        where = {"SITE_URL": self.url, "PORT": self.port}
        ours = {"VAR_DIR": self.var, "DATABASE_URL": self.database_url, **where}
        return inherited | {name: str(value) for name, value in (ours | self.variables).items()}

    def command(self):
        options = ["--port", str(self.port), "--workers", str(self.workers)]
        return [sys.executable, self.project / "manage.py", "serve", *options]

    def launch(self, log):
        return self.begin(self.command()[1:], stdout=log, stderr=log, own_group=True)

    def begin(self, command, *, stdin=None, stdout=None, stderr=None, own_group=False, **variables):
        """One of its programs; `command` are Python's arguments, and `variables` those of its environment alone."""
        streams = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
        environment = self.environment() | variables
        if not self.whole:
            return forks.start(command, env=environment, own_group=own_group, **streams)
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.project,
            env=environment,
            text=True,
            process_group=0 if own_group else None,
            **{name: subprocess.DEVNULL if file is None else file for name, file in streams.items()},
        )

    def manage(self, *arguments, check=True):
        """One of the site's commands, with this site's var/ and database; what it said as text."""
        command = [self.project / "manage.py", *arguments]
        if self.whole:
            done = subprocess.run(
                [sys.executable, *command],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
            )
        else:
            done = forks.run(command, env=self.environment())
        if check and done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done

    def prepare(self):
        """Its tables and static files."""
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        return self

    def get(self, path, **headers):
        """Status, headers and body as they come over the wire, redirects not followed."""
        request = urllib.request.Request(self.url + path, headers=headers)
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            answer = opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers, answer.read()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None
