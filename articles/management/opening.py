"""What `manage.py serve` says when the site is open, and to whom it leads."""

import os
import select
import socket
import sys
from urllib.parse import urlsplit

from articles.conf import paper, project_folder
from articles.management.arguments import in_brackets
from articles.management.login import login_file

PAUSE = 0.1  # seconds between two looks
USUAL_PORTS = {"http": 80, "https": 443}


def say_when_open(host, port, text):
    """In a process of its own, while this one becomes the server. If the server ends, nothing is said.

    The server keeps one end of a pipe for as long as it lives. When it has ended, the other end can be read.
    """
    listening, alive = os.pipe()
    os.set_inheritable(alive, True)
    # What waits in the buffer would be written by both.
    sys.stdout.flush()
    if os.fork():
        os.close(listening)
        os.wait()
        return
    # Twice, so that nobody has to wait for its end.
    if os.fork() == 0:
        os.close(alive)
        if has_opened(host, port, listening):
            print(text, flush=True)
    os._exit(0)


def has_opened(host, port, ended):
    """Whether something listens there, before `ended` can be read."""
    while not select.select([ended], [], [], PAUSE)[0]:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            continue
        return True
    return False


def welcome(login, host, port):
    address = paper().url
    lines = ["", f"{paper().name} is open.", f"  Readers  {address}/", f"  Editors  {address}/admin/"]
    if port != port_of(address):
        lines.append(f"  Listens  {in_brackets(host)}:{port}, for a server in front that speaks with readers")
    if login:
        lines.append(f"  Login    {login.name} {login.password}   (kept in {shown(login_file())})")
    return "\n".join([*lines, "  Stop it with Ctrl+C.", ""])


def port_of(address):
    found = urlsplit(address)
    return found.port or USUAL_PORTS[found.scheme]


def shown(path):
    """As one would type it where manage.py stands."""
    return path.relative_to(project_folder()) if path.is_relative_to(project_folder()) else path
