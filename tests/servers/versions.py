"""Versions of the project in folders side by side, as an operator has them, and a link to the one that runs."""

import os
import shutil

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


def point(link, folder):
    """Make the link lead to the folder; whoever follows it at that moment finds one of both."""
    new = link.with_name(f"{link.name}.new")
    new.symlink_to(folder)
    os.replace(new, link)
    return link
