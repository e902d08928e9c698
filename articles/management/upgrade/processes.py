"""The server and the press of this machine, found by what they were started with, as /proc shows it."""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
SERVER = "articles.press.serve.server"
WORKING_DIR, HOST, PORT = "--working-dir=", "--host=", "--port="
# What a server goes on with although it reloads: these files, and granian.
KEPT = [f"articles/press/serve/{name}.py" for name in ("server", "reloading", "request_taker")]
# Seconds: two workers load the site one after the other; a service manager starts what has ended.
RELOADED_WITHIN, STARTED_WITHIN = 300, 60
LOOK_EVERY = 0.2


@dataclass(frozen=True)
class Process:
    number: int
    parent: int
    words: tuple[str, ...]
    folder: Path

    def children(self) -> set[int]:
        return {each.number for each in processes() if each.parent == self.number}


def processes() -> list[Process]:
    return [found for entry in PROC.glob("[0-9]*") if (found := process(entry))]


def process(entry: Path) -> Process | None:
    """None if it has ended meanwhile, or is another user's."""
    try:
        words = tuple(os.fsdecode(word) for word in (entry / "cmdline").read_bytes().split(b"\0"))
        parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        return Process(int(entry.name), parent, words, (entry / "cwd").readlink())
    except OSError:
        return None


def without_children(found: list[Process]) -> list[Process]:
    numbers = {each.number for each in found}
    return [each for each in found if each.parent not in numbers]


def servers(folders: list[Path]) -> list[Process]:
    """Those that serve the site of one of the folders, each named as it may be in a command."""
    found = [each for each in processes() if SERVER in each.words and said(each, WORKING_DIR)]
    return without_children([each for each in found if as_named(Path(said(each, WORKING_DIR))) in folders])


def said(server: Process, option: str) -> str:
    return next((word.removeprefix(option) for word in server.words if word.startswith(option)), "")


def as_named(path: Path) -> Path:
    """Links are followed, but not the last one."""
    return path.parent.resolve() / path.name


def presses(folder: Path) -> list[Process]:
    """Those of `press run` that were started in the folder."""
    found = [each for each in processes() if each.folder == folder and is_press(each.words)]
    return without_children(found)


def is_press(words: tuple[str, ...]) -> bool:
    return any(
        word.endswith("manage.py") and words[at + 1 : at + 3] == ("press", "run")
        for at, word in enumerate(words)
    )


def can_reload(server: Process, link: Path, to: Path) -> bool:
    """Whether its next workers are of the version to which the link leads: it was started through the link,
    and what it keeps is the same there."""
    if as_named(Path(said(server, WORKING_DIR))) != link:
        return False
    return all(is_same(server.folder / name, to / name) for name in KEPT) and (
        granian_of(server.folder) == granian_of(to)
    )


def is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def granian_of(folder: Path) -> list[str]:
    """What is pinned of it."""
    lines = (folder / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line.startswith("granian")]


def reload(server: Process) -> bool:
    """Whether all of its workers are new ones by now."""
    before = server.children()
    os.kill(server.number, signal.SIGHUP)
    return comes_true(lambda: not workers_among(before), RELOADED_WITHIN)


def workers_among(numbers: set[int]) -> set[int]:
    """Without what helps them, which the server keeps."""
    found = (process(PROC / str(number)) for number in numbers)
    return {each.number for each in found if each and SERVER in each.words}


def restart(old: Process, again: Callable[[], object]) -> bool:
    """End it; whoever has started it starts it again. Whether `again` has come true by then."""
    os.kill(old.number, signal.SIGTERM)
    return comes_true(lambda: has_ended(old.number) and again(), STARTED_WITHIN)


def has_ended(number: int) -> bool:
    found = process(PROC / str(number))
    # What has ended and was not asked after yet has no words.
    return found is None or not any(found.words)


def listens(server: Process) -> bool:
    try:
        socket.create_connection((said(server, HOST), int(said(server, PORT))), timeout=1).close()
    except OSError:
        return False
    return True


def comes_true(is_so: Callable[[], object], within: float) -> bool:
    deadline = time.monotonic() + within
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_EVERY)
    return True
