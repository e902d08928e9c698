"""Programs that the tests need beside Python packages, wherever the machine keeps them."""

import os
import shutil
from pathlib import Path

SYSTEM_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin"]


class Missing(Exception):
    """A part is not installed; says what to install."""


def find_chromium():
    """The one without a window where there is one, because it takes half the processor time for the same pages."""
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    return _find(names, "Chromium", "apt install chromium-headless-shell")


def find_nginx():
    return _find(["nginx"], "nginx", "apt install nginx")


def find_postgres():
    """The folder of PostgreSQL's own server programs, the newest version's."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    return Path(_find(["initdb"], "PostgreSQL's server", "apt install postgresql")).parent


def find_varnish():
    return _find(["varnishd"], "Varnish", "apt install varnish")


def _find(names, what, how):
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    raise Missing(f"{what} is not installed; with it these tests run too: {how}")
