"""What Prometheus is told, and who else is not."""

import datetime
import http.client
import re
from pathlib import Path
from unittest import mock

from django.db import OperationalError, connection
from django.test import SimpleTestCase, TransactionTestCase, override_settings
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from articles.conf import log_of_requests, project_folder
from articles.management.observing import nginx_log
from articles.management.observing.listening import telling_metrics
from articles.management.observing.looking import look_now
from articles.management.observing.metrics import Metrics
from articles.metrics.counts import Counts
from articles.metrics.files import OwnFile, folder
from articles.models import Backup, PressStatus, PrintFailure
from tests.articles.exporters.exported import folder_of
from tests.servers import free_port

DOCS = Path(project_folder() / "docs" / "operating")
TOKEN = "a-token-of-thirty-characters-or-so"


def collected():
    registry = CollectorRegistry()
    registry.register(Metrics())
    return registry


def value(registry, name, **labels):
    return registry.get_sample_value(f"newsroom_{name}", labels)


def away(execute, sql, *more):
    raise OperationalError("the database is away")


class WithFolder:
    def setUp(self):
        self.folder = folder_of(self)
        changed = override_settings(VAR_DIR=self.folder)
        changed.enable()
        self.addCleanup(changed.disable)
        self.counts = Counts()

    def collected(self):
        OwnFile(folder(), self.counts).write()
        return collected()


class MetricsTest(WithFolder, TransactionTestCase):
    def test_has_what_all_processes_have_counted(self):
        self.counts.add("requests", "page", "200", "memory", by=40)
        self.counts.add("log_ins_refused", "wrong password")
        OwnFile(folder(), self.counts).write()
        registry = self.collected()
        self.assertEqual(value(registry, "requests_total", kind="page", status="200", source="memory"), 80)
        self.assertEqual(value(registry, "log_ins_refused_total", why="wrong password"), 2)
        self.assertEqual(value(registry, "autosaves_total"), 0)

    def test_a_bucket_has_all_that_took_no_longer(self):
        for seconds in (0.05, 0.4, 0.4, 9000):
            self.counts.observe("published_seconds", seconds)
        registry = self.collected()
        for bound, number in (("0.1", 1), ("0.25", 1), ("0.5", 3), ("1800.0", 3), ("+Inf", 4)):
            self.assertEqual(value(registry, "published_seconds_bucket", le=bound), number)
        self.assertEqual(value(registry, "published_seconds_count"), 4)
        self.assertAlmostEqual(value(registry, "published_seconds_sum"), 9000.85)

    def test_has_the_press_what_waits_the_backup_the_disk_and_the_doctors_findings(self):
        now = timezone.now()
        PressStatus.objects.create(
            shelf="a:/shelf", seen_at=now, waiting=3, oldest_at=now - datetime.timedelta(minutes=2)
        )
        tries = {"failed_at": now, "next_try_at": now, "error": "Boom"}
        PrintFailure.objects.create(shelf="a:/shelf", path="/x/", **tries)
        then = now - datetime.timedelta(hours=1)
        Backup.objects.create(begun_at=then, ended_at=then, host="a", archive="/b/a.tar")
        look_now()
        registry = self.collected()
        self.assertEqual(value(registry, "press_waiting", press="a:/shelf"), 3)
        self.assertAlmostEqual(value(registry, "press_lag_seconds", press="a:/shelf"), 120, delta=30)
        self.assertEqual(value(registry, "print_failures"), 1)
        self.assertAlmostEqual(value(registry, "backup_age_seconds"), 3600, delta=30)
        self.assertGreater(value(registry, "disk_free_bytes", folder=str(self.folder)), 0)
        self.assertGreater(value(registry, "findings", gravity="wrong"), 0)
        self.assertEqual(value(registry, "database_up"), 1)

    def test_a_database_that_is_away_takes_nothing_else_along(self):
        self.counts.add("autosaves")
        with connection.execute_wrapper(away):
            registry = self.collected()
            self.assertEqual(value(registry, "database_up"), 0)
            self.assertEqual(value(registry, "autosaves_total"), 1)
            self.assertIsNone(value(registry, "print_failures"))

    def test_asks_the_database_little(self):
        PressStatus.objects.create(shelf="a", seen_at=timezone.now())
        with self.assertNumQueries(11 + (connection.vendor == "postgresql")):
            list(Metrics().collect())

    def test_the_page_for_operators_and_the_dashboard_name_what_there_is(self):
        look_now()
        PressStatus.objects.create(shelf="a", seen_at=timezone.now())
        then = timezone.now()
        Backup.objects.create(begun_at=then, ended_at=then, host="a", archive="/b/a.tar")
        there = {family.name for family in Metrics().collect()}
        text = (DOCS / "observing.md").read_text()
        documented = set(re.findall(r"^\| `(newsroom_\w+?)(?:_total)?[`{]", text, re.MULTILINE))
        postgres = {name for name in documented if name in ONLY_POSTGRES}
        self.assertEqual(documented - postgres, there - ONLY_POSTGRES)
        self.assertEqual(postgres, ONLY_POSTGRES)
        shown = set(re.findall(r"newsroom_\w+", (DOCS / "grafana.json").read_text()))
        self.assertLessEqual({SUFFIX.sub("", name) for name in shown}, documented)


SUFFIX = re.compile(r"_(?:total|bucket|sum|count)$")
ONLY_POSTGRES = {
    f"newsroom_database_{name}" for name in ("size_bytes", "connections", "longest_transaction_seconds")
}


class ListeningTest(WithFolder, TransactionTestCase):
    def ask(self, port, path="/metrics", **headers):
        connected = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connected.request("GET", path, headers=headers)
        answer = connected.getresponse()
        return answer.status, answer.read().decode()

    def test_tells_whoever_asks_on_this_machine(self):
        port = free_port()
        with override_settings(METRICS={"ADDRESS": ("127.0.0.1", port), "TOKEN": ""}), telling_metrics():
            status, text = self.ask(port)
            self.assertEqual(self.ask(port, "/")[0], 404)
        self.assertEqual(status, 200)
        names = {family.name for family in text_string_to_metric_families(text)}
        self.assertIn("newsroom_database_up", names)
        with self.assertRaises(ConnectionRefusedError):
            self.ask(port)

    def test_tells_nobody_else_without_the_token(self):
        port = free_port()
        with override_settings(METRICS={"ADDRESS": ("127.0.0.1", port), "TOKEN": TOKEN}), telling_metrics():
            for said in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {TOKEN}x"}):
                status, text = self.ask(port, **said)
                self.assertEqual(status, 401)
                self.assertNotIn("newsroom_", text)
            self.assertEqual(self.ask(port, Authorization=f"Bearer {TOKEN}")[0], 200)

    def test_a_port_that_is_taken_stops_nothing(self):
        port = free_port()
        settings = override_settings(METRICS={"ADDRESS": ("127.0.0.1", port), "TOKEN": ""})
        logs = self.assertLogs("articles.operation", "ERROR")
        with settings, telling_metrics(), logs as logged, telling_metrics():
            self.assertEqual(self.ask(port)[0], 200)
        self.assertIn("Address already in use", logged.output[0])

    def test_without_the_setting_nobody_listens(self):
        with telling_metrics():
            pass
        self.assertFalse(folder().exists())


class NginxLogTest(WithFolder, SimpleTestCase):
    def test_each_line_is_counted_once_by_kind_and_status(self):
        log = log_of_requests()
        log.parent.mkdir(parents=True)
        log.write_bytes(b"200 page\n304 page\n200 page\nnonsense\n\xff\n" + b"x" * 500 + b"\n200 pic")
        counts = Counts()
        changed = override_settings()
        with changed:
            nginx_log.counted, before = counts, nginx_log.counted
            self.addCleanup(setattr, nginx_log, "counted", before)
            nginx_log.take_in()
            with log.open("ab") as file:
                file.write(b"ture\n404 page\n")
            nginx_log.take_in()
            nginx_log.take_in()
        self.assertEqual(
            counts.all(),
            {
                ("nginx_requests", "page", "200"): 2,
                ("nginx_requests", "page", "304"): 1,
                ("nginx_requests", "page", "404"): 1,
                ("nginx_requests", "picture", "200"): 1,
            },
        )

    def test_on_a_full_disk_nothing_is_counted_again_and_again(self):
        log_of_requests().parent.mkdir(parents=True)
        log_of_requests().write_bytes(b"200 page\n")
        full = mock.patch("articles.press.reads.log.write_whole", side_effect=OSError(28, "No space left"))
        with mock.patch.object(nginx_log, "counted", Counts()) as counts:
            with full, self.assertLogs("articles.operation", "ERROR"):
                for _ in range(3):
                    nginx_log.take_in()
            self.assertEqual(counts.all(), {})
            nginx_log.take_in()
            self.assertEqual(counts.all(), {("nginx_requests", "page", "200"): 1})

    def test_a_site_without_that_log_has_nothing_to_count(self):
        nginx_log.take_in()
