"""A newspaper on three hosts, whose parts are killed at random, and readers who must not notice.

Each host has nginx, an application with the press in it, and a shelf of its own; the first has two workers, so two presses
of which one leads. They share PostgreSQL and a store of pictures. Who is killed comes back a moment later.
"""

import contextlib
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field

from tests.servers import Failed, Website, ask
from tests.servers.store import Store
from tests.waiting import wait_until

from .test_worker_killed import workers

HOSTS = 3
SECRET = "the-same-on-every-host-AbCdEfGhIjKlMnOpQrStUvWxYz-0123456789"
LISTS = ("/", "/world/")
# Seconds that something is away.
AWAY = (0.1, 2.0)
PAUSE = 0.01
PATIENCE = 60


class Paper:
    def __init__(self, folder, postgres, database_url, static, dice):
        self.postgres, self.dice, self.store = postgres, dice, Store().start()
        store = {f"PICTURES_{name}": value for name, value in self.store.settings().items()}
        common = {"SECRET_KEY": SECRET, "SITE_URL": "http://localhost:8000", "THREADS": "4", **store}
        self.hosts = [
            Website(
                folder / f"host{n}", static=static, database_url=database_url, workers=2 - bool(n), **common
            )
            for n in range(HOSTS)
        ]
        self.kills = {}

    def start(self):
        for host in self.hosts:
            host.start()
        self.desk = self.hosts[0].desk()
        return self

    def stop(self):
        for host in self.hosts:
            host.stop()
        self.store.stop()

    def parts(self):
        """What can be killed, by name: how it is killed, and how it comes back."""
        found = {
            "PostgreSQL": (self.postgres.kill, self.postgres.start),
            "store": (self.store.stop, self.store_again),
        }
        for number, host in enumerate(self.hosts):
            found[f"web {number}"] = (host.application.kill, host.application.start)
            found[f"nginx {number}"] = (host.nginx.kill, host.nginx.start)
        found["worker"] = (self.kill_worker, lambda: None)
        return found

    def store_again(self):
        """With all that was in it, at the same address."""
        was, self.store = self.store, Store()
        self.store.port = was.port
        self.store.server._port = was.port
        self.store.start()

    def kill_worker(self):
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(workers(self.hosts[0].application)[0], signal.SIGKILL)

    def some_of_it(self):
        """One to three parts. Of the stores that readers speak to one stays: they try a second host, and a third."""
        chosen = self.dice.sample(sorted(self.parts()), self.dice.randint(1, 3))
        return (
            chosen[:2]
            if all(name.startswith("nginx") for name in chosen) and len(chosen) == HOSTS
            else chosen
        )

    def break_and_mend(self):
        """Answers what was killed, once all of it is up again."""
        chosen, parts = self.some_of_it(), self.parts()
        # A worker of an application that is gone can't be killed: it goes first.
        chosen.sort(key=lambda name: name != "worker")
        for name in chosen:
            parts[name][0]()
            self.kills[name.partition(" ")[0]] = self.kills.get(name.partition(" ")[0], 0) + 1
            time.sleep(self.dice.uniform(0, 0.3))
        time.sleep(self.dice.uniform(*AWAY))
        # An application does not start without its database; systemd would try again until it does.
        for name in sorted(chosen, key=lambda name: name != "PostgreSQL"):
            parts[name][1]()
        return chosen


@dataclass
class Model:
    """What has been acknowledged. Of a verb that failed with its connection nobody knows: either is right."""

    words: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    done: int = 0
    failed: int = 0

    def publish(self, desk, words, **more):
        with self.counted():
            said = desk.do("publish", words=words, **more)
            self.words[said["address"]], self.numbers[said["address"]] = {words}, said["number"]

    def change(self, desk, address, words):
        before = self.words[address]
        self.words[address] = before | {words}
        with self.counted():
            desk.do("change", number=self.numbers[address], words=words)
            self.words[address] = {words}

    @contextlib.contextmanager
    def counted(self):
        try:
            yield
            self.done += 1
        except Failed:
            self.failed += 1


class Editors(threading.Thread):
    """One desk that writes as fast as it may, until it is told to rest."""

    def __init__(self, desk, model, dice):
        super().__init__(daemon=True)
        self.desk, self.model, self.dice = desk, model, dice
        self.ended, self.rests, self.error = threading.Event(), threading.Lock(), None

    def run(self):
        number = 0
        while not self.ended.wait(0.2):
            with self.rests:
                number += 1
                try:
                    self.write(number)
                except Exception as error:
                    self.error = error
                    return

    def write(self, number):
        addresses = list(self.model.words)
        if len(addresses) < 5 or self.dice.random() < 0.3:
            # Of each picture three hosts make some thirty renditions, and a few are enough.
            self.model.publish(self.desk, f"hour of kills {number}.", picture=len(addresses) < 5)
        else:
            self.model.change(self.desk, self.dice.choice(addresses), f"hour of kills {number}.")


class Readers:
    """They ask any host, and another one if that does not take their connection or breaks it off."""

    def __init__(self, hosts, *, count=3):
        self.ports = [host.port for host in hosts]
        self.known, self.faults, self.pages, self.again = [], [], 0, 0
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=(number,)) for number in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_problem):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def read(self, number):
        dice = random.Random(number)  # noqa: S311 - which page next
        while not self.ended.wait(PAUSE):
            if self.known:
                path, ports = dice.choice(self.known), dice.sample(self.ports, len(self.ports))
                if fault := self.asked(path, ports):
                    self.faults.append(f"{path}: {fault}")

    def asked(self, path, ports):
        for port in ports:
            try:
                answer = ask(port, path, accept_encoding="gzip")
            except OSError:
                answer = None
            if answer and answer.status:
                self.pages += 1
                if answer.status != 200:
                    return f"{answer.status} from {port}"
                if answer.is_whole:
                    return ""
            self.again += 1
        return "no host answers"


def shown(host, paths):
    return {path: ask(host.port, path) for path in paths}


def agree(paper, model):
    """Whether every host shows the same, and what was acknowledged."""
    paths = [*model.words, *LISTS]
    first, *others = [shown(host, paths) for host in paper.hosts]
    return all(
        all(answer.status == 200 for answer in each.values())
        and {path: answer.body for path, answer in each.items()}
        == {path: answer.body for path, answer in first.items()}
        for each in (first, *others)
    ) and all(any(word.encode() in first[path].body for word in words) for path, words in model.words.items())


def are_printed(paper, paths):
    pages = [host.shelf / "pages" / path.strip("/") / "index.html" for host in paper.hosts for path in paths]
    return all(page.exists() for page in pages)


def seconds_until_all_agree(paper, model):
    begun = time.monotonic()
    wait_until(lambda: are_printed(paper, [*model.words, *LISTS]) and agree(paper, model), seconds=PATIENCE)
    return time.monotonic() - begun
