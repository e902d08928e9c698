"""Versions of the project in folders side by side, as an operator has them, and a link to the one that runs."""

import io
import os
import runpy
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from .application import ROOT

PARTS = ("manage.py", "Makefile", "requirements.txt", "newsroom", "articles", "templates", "static", "docs")
# What no server needs. Compiled code is copied along: it is good for files of the same time.
WITHOUT = shutil.ignore_patterns("demo", "*.po")


def copy_this_version(folder):
    """The project as it is in the working tree."""
    folder.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=WITHOUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def git(*words):
    """What it says; nothing where the project comes without its history."""
    command = ["git", "-c", f"safe.directory={ROOT}", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True).stdout


def last_landed():
    """The commit before this one."""
    return git("rev-parse", "--verify", "--quiet", "HEAD~1").decode().strip()


def last_with_another_database():
    """The commit before the last one that changed the database."""
    changed = git("log", "-n", "1", "--format=%H", "--", "articles/migrations").decode().strip()
    return git("rev-parse", "--verify", "--quiet", f"{changed}~1").decode().strip() if changed else ""


def copy_landed_version(folder, commit):
    """The project as it was then. Without history this version stands for it."""
    if not commit:
        return copy_this_version(folder)
    folder.mkdir(parents=True)
    archive = git("archive", commit, *PARTS, ":(exclude)articles/management/demo")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def newest_migration(folder):
    names = [file.stem for file in (folder / "articles" / "migrations").glob("[0-9]*.py")]
    return max(names)


def with_packages(folder):
    """A virtual environment of its own, in which the packages of the tests' are installed."""
    venv, ours = folder / ".venv", Path(sys.prefix)
    (venv / "bin").mkdir(parents=True)
    shutil.copy(ours / "pyvenv.cfg", venv)
    (venv / "bin" / "python").symlink_to((ours / "bin" / "python").resolve())
    (venv / "lib").mkdir()
    for packages in (ours / "lib").glob("python3*"):
        (venv / "lib" / packages.name).symlink_to(packages)
    install = runpy.run_path(str(folder / "newsroom" / "install.py"))
    stamp = venv / "installed-requirements.txt"
    stamp.write_text(install["fingerprint"](folder / "requirements.txt"))
    return folder


def point(link, folder):
    """Make the link lead to the folder; whoever follows it at that moment finds one of both."""
    new = link.with_name(f"{link.name}.new")
    new.symlink_to(folder)
    os.replace(new, link)
    return link
