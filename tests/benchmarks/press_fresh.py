"""How long readers wait for what was published, with others reading meanwhile."""

import http.client
import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.servers import ask

READERS_A_SECOND = 50
LONGEST = 20  # seconds; a page that takes longer is a fault
SECTION = "Fresh"


class Readers:
    """So many requests a second for all kinds of pages, through nginx."""

    def __init__(self, port, paths):
        self.port, self.paths = port, paths
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        self._thread.join()

    def _read(self):
        connection = http.client.HTTPConnection("localhost", self.port)
        for number in itertools.count():
            connection.request(
                "GET", self.paths[number % len(self.paths)], headers={"Accept-Encoding": "gzip"}
            )
            connection.getresponse().read()
            if self._stop.wait(1 / READERS_A_SECOND):
                return


def measure_publishing(site, desk, *, publishes):
    """Kind of page → seconds from the verb's commit until the application serves the new bytes, one a publish."""
    waits = {}
    for number in range(publishes):
        words = f"fresh {number}, {random.randrange(10**9)}"  # noqa: S311 - words of their own
        story = desk.do("publish", words=words, section=SECTION)
        committed = time.perf_counter()
        kinds = {
            "article": story["address"],
            "front": "/",
            "section": story["section"],
            "tag": "/tag/coast/",
            "author": "/author/mara-ellis/",
            "month": story["month"],
        }
        for kind, served in served_at(site.application.port, kinds, words).items():
            waits.setdefault(kind, []).append(max(0.0, served - committed))
    return waits


def served_at(port, kinds, words):
    """When each page first showed the words."""
    connection = http.client.HTTPConnection("localhost", port)
    found, etags, deadline = {}, {}, time.perf_counter() + LONGEST
    while len(found) < len(kinds):
        for kind in [kind for kind in kinds if kind not in found]:
            known = {"If-None-Match": etags[kind]} if kind in etags else {}
            connection.request("GET", kinds[kind], headers=known)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status == 200:
                etags[kind] = answer.headers["ETag"]
            if words.encode() in body:
                found[kind] = time.perf_counter()
        if time.perf_counter() > deadline:
            raise SystemExit(f"{set(kinds) - set(found)} did not show “{words}” within {LONGEST} s")
        time.sleep(0.004)
    connection.close()
    return found


def measure_schedule(site, desk, *, stories, apart=0.5):
    """Seconds after its time at which each scheduled story was first served; below zero is too early."""
    planned = [
        desk.do("publish", words=f"scheduled {number}", section=SECTION, after=3 + number * apart)
        for number in range(stories)
    ]
    return [late(site.application.port, story) for story in planned]


def late(port, story):
    time.sleep(max(0.0, story["at"] - 0.2 - time.time()))
    deadline = story["at"] + LONGEST
    while ask(port, story["address"]).status != 200:
        if time.time() > deadline:
            raise SystemExit(f"{story['address']} was not served within {LONGEST} s of its time")
        time.sleep(0.005)
    return time.time() - story["at"]


def renders_for(site, postgres, database, path, clients):
    """How often a page that is not printed is rendered for so many who ask at once, told by the tables it reads."""
    one = reads_while(site, postgres, database, path, 1)
    return reads_while(site, postgres, database, path, clients) / one


def reads_while(site, postgres, database, path, clients):
    for file in (site.shelf / "pages" / path.strip("/")).glob("index.*"):
        file.unlink()
    before = reads(postgres, database)
    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(lambda _: ask(site.application.port, path, timeout=60), range(clients)))
    if {answer.status for answer in answers} != {200}:
        raise SystemExit(f"{path} answered {sorted(answer.status for answer in answers)}")
    return reads(postgres, database) - before


def reads(postgres, database):
    """Scans of the table that every article page reads and nothing else does in the meantime."""
    # A backend that has nothing more to do reports what it has done within ten seconds.
    time.sleep(11)
    question = (
        "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables "
        "WHERE relname = 'articles_byline'"
    )
    with postgres.connect(database) as connection:
        return connection.execute(question).fetchone()[0]
