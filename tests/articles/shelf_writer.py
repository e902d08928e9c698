"""Writes pages and notes to a shelf, and looks whether each is what was written: see test_whole_files.py.

python tests/articles/shelf_writer.py FOLDER NAME TURNS
"""

import json
import os
import sys
from pathlib import Path

# In the place of this folder, which has packages with names of Python's own.
sys.path[0] = os.getcwd()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if said := os.environ.get("SAY_NUMBER"):
    os.getpid = lambda: int(said)

import django  # noqa: E402 - after the path is set

django.setup()

from articles.press.shelf.files import FolderShelf  # noqa: E402 - after Django is set up
from articles.press.shelf.in_flight import noted, paths_under_way  # noqa: E402
from articles.press.shelf.interface import PrintedPage  # noqa: E402


def main(folder, name, turns):
    shelf, wrong = FolderShelf(Path(folder)), []
    queue = shelf.notes("purges/store")
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(int(turns)):
        path, body = f"/{name}/{turn}/", f"{name} {turn} ".encode() * 50
        with noted(shelf, path):
            if path not in paths_under_way(shelf):
                wrong.append(f"{path} is not under way")
            shelf.put(path, PrintedPage(200, "text/html", body))
            queue.add(path)
        if shelf.read(path).body != body:
            wrong.append(f"{path} has another body")
    print(json.dumps({"number": os.getpid(), "wrong": wrong}))


main(*sys.argv[1:])
