"""The site and its server: everything that could keep it from serving is said in one line first."""

import errno
import os
import resource
import socket
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import connections

from articles.checks import folder_problems, start_advice, start_problems
from articles.conf import environment_as_given, project_folder, server, threads
from articles.conf import port as settings_port
from articles.management.arguments import ip_address, port_number, whole_number
from articles.management.login import ensure_login
from articles.management.nginx.configuration import nginx_advice
from articles.management.opening import say_when_open, welcome
from articles.management.preparing import prepare

# Else a worker keeps the most memory that each of its threads ever needed for a picture or a page: measured,
# 220 MB instead of 130 after forty stories. GNU's C library reads these when a process begins.
GIVE_MEMORY_BACK = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "262144",
    "MALLOC_TRIM_THRESHOLD_": "262144",
}


# granian, told which threads answer from memory.
SERVER = "articles.press.serve.server"


class Command(BaseCommand):
    help = "Serves the site. --prepare makes what is missing first: database, static files, demo."

    def add_arguments(self, parser):
        parser.add_argument(
            "--host", type=ip_address, default="127.0.0.1", help="address to listen at (default: 127.0.0.1)"
        )
        parser.add_argument("--port", type=port_number, default=settings_port())
        parser.add_argument("--workers", type=whole_number(1, 256), default=2)
        parser.add_argument("--prepare", action="store_true", help="for a newsroom on your own computer")

    def handle(self, *, host, port, workers, **options):
        refuse_taken(host, port)
        if port != settings_port():
            begin_again(port)
        login = self.prepared_login() if options["prepare"] else None
        refuse(start_problems())
        for sentence in (*start_advice(), *nginx_advice()):
            self.stdout.write(sentence)
        connections.close_all()
        say_when_open(host, port, welcome(login, host, port))
        become_server(host, port, workers, threads())

    def prepared_login(self):
        refuse(folder_problems())
        prepare(lambda sentence: self.stdout.write(sentence))
        return ensure_login()


def refuse(problems):
    found = list(problems)
    if found:
        # manage.py says it without a traceback, "Newsroom cannot start: " before it.
        raise ImproperlyConfigured("\n - ".join(["", *found]) if len(found) > 1 else found[0])


def refuse_taken(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ImproperlyConfigured(why_not_listening(host, port, error)) from error


def why_not_listening(host, port, error):
    if error.errno == errno.EADDRINUSE:
        taken = f"port {port} of {host} is taken by another program"
        return f"{taken}; stop that, or choose another port (make run PORT=…)."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"only root may listen at port {port}; choose one above 1023 with --port."
    return f"{host} cannot be listened at ({error.strerror}); write an address of this machine with --host."


def begin_again(port):
    """Readers' address on this computer follows PORT, and with it all that is printed. The settings are read
    already, so the same command is given once more."""
    sys.stdout.flush()
    again = [sys.executable, *sys.orig_argv[1:]]
    os.execve(again[0], again, environment_as_given() | {"PORT": str(port)})  # noqa: S606 - this very command


def become_server(host, port, workers, threads):
    """granian takes this process's place: its workers must share neither our connections nor our locks."""
    sys.stdout.flush()
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "working-dir": folder_as_named(),
        # Browsers and proxies speak no other to a server without TLS.
        "http": "1",
        # As nginx has it: a connection that does not say what it wants is let go.
        "http1-header-read-timeout": 10_000,
        "backpressure": connections_of_a_worker(),
        # Its warnings are about threads and cores; a worker that dies is an error.
        "log-level": "error",
        "workers-kill-timeout": "10s",
    }
    named = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", SERVER, *named, "--no-ws", "--respawn-failed-workers", server()]
    os.chdir(project_folder())
    # No shell is wanted; our own Python and our own words.
    os.execve(command[0], command, GIVE_MEMORY_BACK | environment_as_given())  # noqa: S606


def folder_as_named():
    """The folder of manage.py, with the link in its path if the command was given so. Workers that start
    later follow the link anew: a reload is the way to another version."""
    named = Path(sys.argv[0]).absolute().parent
    return named if named.resolve() == project_folder() else project_folder()


def connections_of_a_worker():
    """As many as the system lets it have, up to 4,000: granian's 500 are soon held by slow readers."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return min(4_000, most // 2)
