"""Presses that start at once (see forked.py): python -m tests.faults.press_forks"""

import os
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.press.press import the_press  # noqa: E402 - settings come first
from tests.faults.forked import serve_forks  # noqa: E402


def run(tell):
    tell()
    press = the_press()
    with press.shelf.lead() as leading:
        if leading:
            press.run(threading.Event(), leading)


if __name__ == "__main__":
    serve_forks(run)
