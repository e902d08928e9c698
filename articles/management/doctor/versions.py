import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version

from django.db import DatabaseError, InterfaceError, connection

from articles.conf import project_folder

from .finding import unwise, wrong

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def versions():
    yield from packages()
    if connection.vendor == "postgresql":
        yield from programs_of_postgres()


def packages(file=None):
    others = [
        f"{name} {installed} ({pinned} is asked for)"
        for name, pinned in PINNED.findall((file or project_folder() / "requirements.txt").read_text())
        if (installed := installed_version(name)) != pinned
    ]
    if others:
        yield unwise(
            f"Other packages are installed than this version was tested with: {', '.join(others)}; run: "
            "pip install -r requirements.txt"
        )


def installed_version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "is missing"


def programs_of_postgres():
    """pg_dump refuses a server that is newer than itself."""
    try:
        connection.ensure_connection()
        server = connection.pg_version // 10_000
    except (DatabaseError, InterfaceError):
        return
    program = shutil.which("pg_dump")
    if program is None:
        yield wrong("pg_dump is not installed, so no backup can be made; run: apt install postgresql-client")
        return
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout  # noqa: S603 - no shell
    found = re.search(r"(\d+)", said)
    if found and int(found[1]) < server:
        yield wrong(
            f"pg_dump is of version {found[1]} and the server of {server}, so no backup can be made; install "
            f"postgresql-client-{server}."
        )
