"""Presses that start at once: each is forked off a process that has everything loaded, and can be killed like any.

    python -m tests.faults.press_forks

A line in: a press is started. A line out: its process number. Starting Python a hundred times would take minutes.
"""

import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.press.press import the_press  # noqa: E402 - settings come first


def run():
    press = the_press()
    with press.shelf.lead() as leading:
        if leading:
            press.run(threading.Event(), leading)


def main():
    child = 0
    for _line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            run()
            os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    main()
