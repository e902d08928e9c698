"""What Prometheus is told. docs/operating/observing.md lists it; a test compares the two."""

import socket
import time

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)

from articles.management.doctor import Gravity, room_of_disks
from articles.metrics.counts import BUCKETS, MORE
from articles.metrics.files import folder, total
from articles.models import (
    Backup,
    Email,
    Examination,
    Notice,
    OutboxEntry,
    PictureFailure,
    PressStatus,
    PrintFailure,
    Task,
    Trouble,
)

from .nginx_log import take_in

# Counts of all processes of this host: what each is about, and its labels.
COUNTS = {
    "requests": ("Requests that the application server has answered", ["kind", "status", "source"]),
    "nginx_requests": ("Requests that nginx has answered", ["kind", "status"]),
    "pages_printed": ("Pages that the press has printed, by what came of it", ["outcome"]),
    "pictures_made": ("Files of pictures that were made", []),
    "autosaves": ("Texts that were kept while somebody typed", []),
    "log_ins_refused": ("Log-ins at the desk that were refused", ["why"]),
}
PUBLISHED = "published_seconds"
WAITING = {
    "changes_due_later": lambda now: OutboxEntry.objects.filter(due_at__gt=now),
    "changes_in_slices": lambda now: Task.objects.all(),
    "print_failures": lambda now: PrintFailure.objects.all(),
    "picture_failures": lambda now: PictureFailure.objects.all(),
    "emails_waiting": lambda now: Email.objects.filter(done_at=None),
    "notices_waiting": lambda now: Notice.objects.all(),
    "troubles": lambda now: Trouble.objects.all(),
}


class Metrics:
    def describe(self):
        return []

    def collect(self):
        take_in()
        numbers = total(folder(), time.time())
        yield from counts(numbers)
        yield published(numbers)
        yield from disks()
        yield from of_database(timezone.now())


def counts(numbers):
    for name, (what, labels) in COUNTS.items():
        family = CounterMetricFamily(f"newsroom_{name}", what, labels=labels)
        for key, number in sorted(numbers.items()):
            if key[0] == name and len(key) == len(labels) + 1:
                family.add_metric(key[1:], number)
        if not labels and not family.samples:
            family.add_metric([], 0)
        yield family


def published(numbers):
    """Each bucket has all that took no longer."""
    bounds, so_far, buckets = [*map(str, BUCKETS), MORE], 0, []
    for bound in bounds:
        so_far += numbers.get((PUBLISHED, bound), 0)
        buckets.append((bound, so_far))
    family = HistogramMetricFamily(
        f"newsroom_{PUBLISHED}", "From when an article was to be public until its page is printed"
    )
    family.add_metric([], buckets, numbers.get((f"{PUBLISHED}_sum",), 0))
    return family


def gauge(name, what, value, **labels):
    family = GaugeMetricFamily(f"newsroom_{name}", what, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def disks():
    free = GaugeMetricFamily("newsroom_disk_free_bytes", "Room for the site's user", labels=["folder"])
    size = GaugeMetricFamily("newsroom_disk_size_bytes", "Size of the disk", labels=["folder"])
    inodes = GaugeMetricFamily("newsroom_disk_inodes_free", "Inodes left", labels=["folder"])
    for disk in room_of_disks():
        free.add_metric([disk["folder"]], disk["free"])
        size.add_metric([disk["folder"]], disk["size"])
        if disk["inodes_free"] is not None:
            inodes.add_metric([disk["folder"]], disk["inodes_free"])
    return free, size, inodes


def of_database(now):
    """What it knows, and how quick it is. While it is away only that is told."""
    began = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        took = time.perf_counter() - began
        known = list(what_it_knows(now))
    except (DatabaseError, InterfaceError):
        yield gauge("database_up", "Whether it answers", 0)
        return
    yield gauge("database_up", "Whether it answers", 1)
    yield gauge("database_answer_seconds", "How long it takes to say that it is there", took)
    yield from known


def what_it_knows(now):
    yield from presses(now)
    for name, rows in WAITING.items():
        yield gauge(name, name.replace("_", " ").capitalize(), rows(now).count())
    if newest := Backup.objects.whole().first():
        yield gauge("backup_age_seconds", "Of the newest", (now - newest.begun_at).total_seconds())
    yield from findings()
    if connection.vendor == "postgresql":
        yield from of_postgres()


def presses(now):
    waiting = GaugeMetricFamily("newsroom_press_waiting", "Changes still to be printed", labels=["press"])
    lag = GaugeMetricFamily("newsroom_press_lag_seconds", "Age of the oldest", labels=["press"])
    silent = GaugeMetricFamily("newsroom_press_silent_seconds", "Since it was last seen", labels=["press"])
    in_use, _ = PressStatus.objects.in_use_and_given_up(now)
    for press in in_use:
        waiting.add_metric([press.shelf], press.waiting)
        lag.add_metric([press.shelf], (now - press.oldest_at).total_seconds() if press.oldest_at else 0)
        silent.add_metric([press.shelf], (now - press.seen_at).total_seconds())
    return waiting, lag, silent


def findings():
    """Of this host."""
    family = GaugeMetricFamily("newsroom_findings", "What the doctor finds", labels=["gravity"])
    host = Examination.objects.filter(host=socket.gethostname()).first()
    if host:
        found = [finding["gravity"] for findings in host.findings.values() for finding in findings]
        for gravity in Gravity:
            family.add_metric([gravity.name.lower()], found.count(gravity))
    yield family


def of_postgres():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), count(*), "
            "coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) "
            "FROM pg_stat_activity WHERE datname = current_database()"
        )
        size, connected, longest = cursor.fetchone()
    yield gauge("database_size_bytes", "Of tables and indexes", size)
    yield gauge("database_connections", "Of all programs to this database", connected)
    yield gauge("database_longest_transaction_seconds", "That is open", float(longest))
