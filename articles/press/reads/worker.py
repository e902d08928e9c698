"""A thread of the press that reads nginx's log once a minute and makes the list of the most read articles."""

import datetime
import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.utils import timezone

from articles.conf import counts_reads, log_of_reads
from articles.press.serve.reads import printed_article
from articles.press.shelf.interface import Shelf
from articles.publishing.counting.reads import forget_old_reads, make_most_read, write_reads
from articles.threads import keep_running

from .log import Found, Log

logger = logging.getLogger("articles.press")

EVERY = 60.0  # seconds


class Keeper:
    def __init__(self, shelf: Shelf) -> None:
        self.log = Log(log_of_reads(), lambda spelt: printed_article(in_log(spelt), shelf))

    def open(self, stop: threading.Event) -> None:
        if counts_reads():
            keep_running(lambda: self.run(stop), stop, name="reads")

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.turn(timezone.now())
            except (DatabaseError, InterfaceError, OSError) as error:
                logger.error("The most read articles wait: %s", str(error).strip())
            close_old_connections()
            stop.wait(EVERY)

    def turn(self, now: datetime.datetime) -> None:
        while self.log.take(time.time(), write):
            pass
        forget_old_reads(now)
        make_most_read(now)


def in_log(spelt: str) -> str:
    """The address in a line of the log: without the first word, by which nginx knew it, and the query."""
    return spelt.partition("?")[0].partition("/read")[2]


@transaction.atomic
def write(found: Found) -> None:
    """If one hour cannot be written, none is, because the log is read from the same place again."""
    for hour, counts in found.items():
        write_reads(counts, datetime.datetime.fromtimestamp(hour, datetime.UTC))
