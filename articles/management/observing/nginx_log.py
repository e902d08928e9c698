"""What nginx has answered, from the log that it keeps where METRICS is set. Of each request it has the status
and the kind."""

import logging
import time
from collections import Counter

from articles.conf import log_of_requests
from articles.metrics.counts import counted
from articles.press.reads.log import Found, Log

logger = logging.getLogger("articles.operation")

LONGEST = 40  # bytes of a line; no longer one is ours
MOST = 200  # kinds and statuses that a piece may have
# Lines have no time, so all stand under this one.
ALWAYS = 0


class LogOfRequests(Log):
    def __init__(self, path):
        super().__init__(path, lambda spelt: None)

    def read(self, data, now):
        lines = Counter(line for line in data.splitlines() if len(line) < LONGEST)
        return {ALWAYS: Counter(dict(lines.most_common(MOST)))}


def take_in():
    """Count what is new, once it is noted that it is read: on a full disk it would be counted again and
    again."""
    log, may_be_more = LogOfRequests(log_of_requests()), True
    try:
        while may_be_more:
            found: list[Found] = []
            may_be_more = log.take(time.time(), found.append)
            for each in found:
                count(each)
    except OSError as error:
        logger.error("nginx's requests are not counted: %s", error)


def count(found):
    for line, number in found[ALWAYS].items():
        status, _, kind = line.decode("ascii", errors="replace").partition(" ")
        if status.isdecimal() and kind.isalpha():
            counted.add("nginx_requests", kind, status, by=number)
