"""Printing everything: how fast, how much memory, how many bytes on the disk; and what a worker holds of it."""

import os
import shutil
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ask

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Printing:
    pages: int
    seconds: float
    early: float  # megabytes of the largest of its processes, a third of the way
    late: float  # … and at the end

    @property
    def rate(self):
        return self.pages / self.seconds


@dataclass(frozen=True)
class Shelf:
    pages: int
    bytes: float  # a page's three files
    on_disk: float  # … in blocks of the file system


def make_pictures(application):
    """All that pages name, while the newsroom is small: a larger one names the same."""
    application.manage("press", "all")


def print_everything(site, jobs=2):
    """Onto an empty shelf. The pictures are there already, by `make_pictures`."""
    shutil.rmtree(site.shelf, ignore_errors=True)
    started, memory = time.monotonic(), []
    press = site.press("all", "--jobs", str(jobs))
    while press.poll() is None:
        memory.append(largest_of_group(press.pid))
        time.sleep(0.2)
    seconds = time.monotonic() - started
    said = site.kill_press(press)
    pages = int(said.split()[0])
    memory = [each for each in memory if each]
    third = len(memory) // 3
    return Printing(pages, seconds, max(memory[third : third + 10]), max(memory[-10:]))


def largest_of_group(group):
    """Megabytes of the largest of its processes."""
    return max((resident(number) for number in processes() if group_of(number) == group), default=0.0)


def processes():
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def group_of(number):
    try:
        return os.getpgid(number)
    except ProcessLookupError:
        return 0


def resident(number):
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def measure_shelf(site):
    pages, size, blocks = 0, 0, 0
    for folder, _folders, files in os.walk(site.shelf / "pages"):
        for name in files:
            state = os.stat(os.path.join(folder, name))
            pages += name == "index.html"
            size += state.st_size
            blocks += state.st_blocks * 512
    return Shelf(pages, size / pages, blocks / pages)


def worker_memory(site):
    """Megabytes of the largest worker."""
    return largest_of_group(site.application.process.pid)


def typical_wait(port, path, *, requests=300):
    """Milliseconds of the median request for one page, each on a connection of its own."""
    waits = []
    for _ in range(requests):
        started = time.perf_counter()
        ask(port, path, accept_encoding="gzip")
        waits.append(time.perf_counter() - started)
    return statistics.median(waits) * 1000
