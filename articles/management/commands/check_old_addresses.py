import csv
import os
from argparse import ArgumentTypeError, FileType
from collections import Counter, deque
from http.client import HTTPException
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from articles.importers.wordpress.planning import Workers
from articles.management.arguments import whole_number
from articles.management.known_elsewhere import Unreadable, in_logs, in_sitemaps
from articles.management.old_addresses import NOT_FOUND, Check, in_process, over_http
from articles.publishing.counting.visits import note_missed

MOST_SHOWN = 1000
# So many addresses are handed to a process at a time. Those of one page stand side by side.
AT_ONCE = 200
# With fewer, processes of their own would hardly be there before all is done.
ENOUGH_FOR_PROCESSES = 2_000
IN_SITEMAP, IN_LOG = "in a sitemap", "in the log, not in the list"


class Row(NamedTuple):
    address: str
    form: str
    end: str = ""
    words: str = ""
    hits: int = 0


def web_address(text):
    """For argparse's `type`."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise ArgumentTypeError(f"{text!r} is no site; write one like https://news.example.org")
    return text


class Command(BaseCommand):
    help = (
        "Asks for each address of a list that old_addresses has written, and names those that do not lead to "
        "their page in one step. Ends with 1 if there are any. What the old server knows is asked for too: "
        "the pages in its sitemaps, and the addresses in its log that are not in the list, the most frequent "
        "first. Of these, those without a page come into the list of addresses that readers did not find."
    )

    def add_arguments(self, parser):
        parser.add_argument("list", type=FileType(encoding="utf-8"), metavar="old.tsv")
        parser.add_argument("--base", type=web_address, help="ask this server, and not the site itself")
        parser.add_argument("--log", type=Path, action="append", default=[], metavar="access.log")
        parser.add_argument("--sitemap", type=Path, action="append", default=[], metavar="sitemap.xml")
        number = len(os.sched_getaffinity(0))
        parser.add_argument(
            "--processes", type=whole_number(1, 64), default=number, help=f"that ask; {number} if not given"
        )

    def handle(self, *, base, log, sitemap, processes, **options):
        with options["list"] as file:
            rows = csv.DictReader(file, delimiter="\t")
            if not {"address", "form", "end", "words"} <= set(rows.fieldnames or ()):
                raise CommandError("This is no list of old_addresses: its first line lacks columns.")
            try:
                asked, broken = self.counts(every_row(rows, sitemap, in_logs(log)), base, processes)
            except Unreadable as error:
                raise CommandError(str(error)) from error
            except (OSError, HTTPException) as error:
                raise CommandError(f"{base or 'The site'} does not answer: {error}") from error
        for form, number in asked.items():
            self.stdout.write(f"{number:8} {form}: {broken[form]} broken")
        self.stdout.write(f"{asked.total():8} in all: {broken.total()} broken")
        if broken:
            raise CommandError(f"{broken.total()} of {asked.total()} old addresses are broken.", returncode=1)

    def counts(self, rows, base, processes):
        asked, broken, missed = Counter(), Counter(), {}
        for row, fault in faults(rows, base, processes):
            asked[row.form] += 1
            if not fault:
                continue
            broken[row.form] += 1
            if broken.total() <= MOST_SHOWN:
                times = f"; asked for {row.hits} times" if row.hits else ""
                self.stdout.write(f"{row.address} {fault}{times}")
            if (
                row.form == IN_LOG
                and fault == NOT_FOUND
                and "?" not in row.address
                and len(missed) < MOST_SHOWN
            ):
                missed[row.address] = row.hits
        if missed and not base:
            note_missed(missed)
        return asked, broken


def every_row(rows, sitemaps, hits):
    for row in rows:
        hits.pop(row["address"], None)
        yield Row(row["address"], row["form"], row["end"], row["words"])
    for address in in_sitemaps(sitemaps):
        hits.pop(address, None)
        yield Row(address, IN_SITEMAP, end=address if address == "/" else "")
    hits.pop("/", None)
    yield from (Row(address, IN_LOG, hits=number) for address, number in hits.most_common())


def faults(rows, base, processes):
    """Each row with what is wrong with it, in their order."""
    first = list(islice(rows, ENOUGH_FOR_PROCESSES))
    if processes == 1 or len(first) < ENOUGH_FOR_PROCESSES:
        check = Checking(base)
        check.begin()
        for row in chain(first, rows):
            yield row, check.fault(row)
        return
    # A copy of this process must not have its connections.
    connections.close_all()
    checking = Checking(base)
    workers = Workers(checking.fault, begin=checking.begin, number=processes)
    begun = deque()
    try:
        rows = chain(first, rows)
        while few := list(islice(rows, AT_ONCE)):
            begun.append((few, workers.begin(few)))
            if len(begun) > processes:
                yield from answered(*begun.popleft())
        while begun:
            yield from answered(*begun.popleft())
    finally:
        workers.close()


def answered(rows, result):
    return zip(rows, result(), strict=True)


class Checking:
    """What asks, made in the process that does it."""

    def __init__(self, base):
        self.base, self.check = base, None

    def begin(self):
        self.check = Check(over_http(self.base) if self.base else in_process())

    def fault(self, row):
        return self.check.fault(row.address, end=row.end, words=row.words)
