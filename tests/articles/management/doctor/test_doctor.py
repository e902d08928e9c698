"""What the doctor finds, and what it finds well."""

import datetime
import io
import os
import socket
import subprocess

import time_machine
from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone

from articles.management.doctor import Gravity
from articles.management.doctor.alarms import alarms
from articles.management.doctor.backups import backups
from articles.management.doctor.certificates import certificates
from articles.management.doctor.disks import room
from articles.management.doctor.files import files
from articles.management.doctor.mail import mail
from articles.management.doctor.people import people
from articles.management.doctor.press import press
from articles.management.doctor.time import clock
from articles.management.doctor.versions import packages
from articles.models import Backup, OutboxEntry, PressStatus
from tests import factories as make
from tests.articles.backup.test_archive import write_archive
from tests.articles.exporters.exported import folder_of
from tests.servers.small_disk import small_disk

DAY = datetime.timedelta(days=1)
PUBLIC = override_settings(
    NEWSROOM={"NAME": "News", "TAGLINE": "", "URL": "https://news.example.org", "LANGUAGE": "en"}
)


def said(findings):
    return [(finding.gravity, finding.sentence) for finding in findings]


class Doctor(SimpleTestCase):
    def setUp(self):
        self.folder = folder_of(self)

    def assert_found(self, findings, gravity, text):
        self.assertTrue(
            any(found is gravity and text in sentence for found, sentence in said(findings)), said(findings)
        )


class DisksTest(Doctor):
    def test_a_disk_without_room_or_inodes_is_named(self):
        with small_disk(self.folder / "disk", inodes=500, megabytes=600) as disk:
            self.assert_found(room(disk), Gravity.WRONG, "no inodes left")
        with small_disk(self.folder / "full", inodes=4000, megabytes=20) as disk:
            self.assert_found(room(disk), Gravity.WRONG, "is full")
            self.assertEqual(
                {finding.trouble for finding in room(disk)}, {f"disk of {disk} at {socket.gethostname()}"}
            )


class FilesTest(Doctor):
    def test_secrets_that_others_can_read_are_named_with_what_to_type(self):
        secret = self.folder / "secret-key.txt"
        secret.write_text("x")
        with override_settings(VAR_DIR=self.folder):
            for mode in (0o644, 0o640):
                secret.chmod(mode)
                self.assert_found(files(), Gravity.WRONG, f"chmod 600 {secret}")
            secret.chmod(0o600)
            self.assertNotIn(str(secret), str(said(files())))

    def test_a_folder_of_another_user_is_named(self):
        if os.geteuid():
            self.skipTest("Another owner takes root's right")
        os.chown(self.folder, 12345, 12345)
        with override_settings(VAR_DIR=self.folder):
            self.assert_found(files(), Gravity.UNWISE, f"{self.folder} belongs to user 12345")


class VersionsTest(Doctor):
    def test_packages_that_are_other_than_pinned_are_named(self):
        file = self.folder / "requirements.txt"
        file.write_text("# ours\nDjango==1.0\nno-such-package==2\npsycopg[binary,pool]==3.3.9\n")
        self.assert_found(packages(file), Gravity.UNWISE, "Django 5.2")
        self.assert_found(packages(file), Gravity.UNWISE, "no-such-package is missing (2")
        self.assertNotIn("psycopg", str(said(packages(file))))


@PUBLIC
class CertificatesTest(Doctor):
    def certificate(self, days, host="news.example.org"):
        made = [self.folder / "cert.pem", self.folder / "key.pem"]
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={host}"]
        command += ["-addext", f"subjectAltName=DNS:{host}", "-out", made[0], "-keyout", made[1]]
        command += ["-days", str(days)]
        subprocess.run(command, check=True, capture_output=True)
        made[1].chmod(0o600)
        (self.folder / "sites-enabled").mkdir(exist_ok=True)
        (self.folder / "sites-enabled" / "news").write_text(
            f"server {{\n  ssl_certificate {made[0]};\n  ssl_certificate_key {made[1]};\n}}\n"
        )
        return made

    def found(self):
        return list(certificates(self.folder))

    def test_a_good_one_is_well(self):
        self.certificate(60)
        self.assertEqual(self.found(), [])

    def test_one_that_ends_soon_or_has_ended_is_named(self):
        self.certificate(5)
        self.assert_found(self.found(), Gravity.WRONG, "only, so it was not renewed")
        with time_machine.travel(timezone.now() + 20 * DAY):
            self.assert_found(self.found(), Gravity.WRONG, "no longer valid since")

    def test_one_for_another_host_is_none(self):
        self.certificate(60, host="other.example.org")
        self.assert_found(self.found(), Gravity.WRONG, "is for news.example.org")

    def test_a_key_that_everybody_can_read_is_named(self):
        _, key = self.certificate(60)
        key.chmod(0o644)
        self.assert_found(self.found(), Gravity.WRONG, f"chmod 600 {key}")

    def test_one_that_only_root_can_read_is_named_and_stops_nothing(self):
        """As certbot keeps them."""
        if os.geteuid():
            self.skipTest("Only root can become another user")
        self.certificate(60)
        live = self.folder / "live"
        live.mkdir(mode=0o700)
        for name in ("cert.pem", "key.pem"):
            (self.folder / name).rename(live / name)
        text = (self.folder / "sites-enabled" / "news").read_text()
        (self.folder / "sites-enabled" / "news").write_text(text.replace(f"{self.folder}/", f"{live}/"))
        self.folder.chmod(0o755)
        os.seteuid(65534)
        try:
            found = self.found()
        finally:
            os.seteuid(0)
        self.assert_found(found, Gravity.UNWISE, f"can't read the certificate {live}/cert.pem")
        self.assertEqual(len(found), 1)

    def test_a_machine_without_nginx_has_nothing_to_look_at(self):
        self.assertEqual(list(certificates(self.folder / "none")), [])


class AskingTest(TestCase, Doctor):
    def setUp(self):
        self.folder = folder_of(self)

    def test_backups_that_are_missing_old_lost_damaged_or_failed_are_named(self):
        self.assert_found(backups(), Gravity.UNWISE, "No backup was ever made")
        with PUBLIC:
            self.assert_found(backups(), Gravity.WRONG, "No backup was ever made")
        archive = write_archive(self.folder / "a.tar")
        now = timezone.now()
        made = Backup.objects.create(begun_at=now, ended_at=now, host=socket.gethostname(), archive=archive)
        self.assertEqual([found.gravity for found in backups() if found.gravity is Gravity.WRONG], [])
        self.assert_found(backups(), Gravity.UNWISE, "has no secrets")
        archive.write_bytes(archive.read_bytes()[:1000])
        self.assert_found(backups(), Gravity.WRONG, "is not whole")
        archive.unlink()
        self.assert_found(backups(), Gravity.WRONG, "is not there any more")
        Backup.objects.filter(pk=made.pk).update(begun_at=now - 3 * DAY)
        self.assert_found(backups(), Gravity.WRONG, "The newest backup is 3\xa0days old")
        Backup.objects.create(ended_at=now, host="a", error="The disk is full")
        self.assert_found(backups(), Gravity.WRONG, "The last backup failed: The disk is full")

    def test_a_press_that_is_silent_or_late_is_named(self):
        self.assert_found(press(), Gravity.WRONG, "No press has printed yet")
        now = timezone.now()
        PressStatus.objects.create(shelf="host:/shelf", seen_at=now)
        self.assertEqual(list(press()), [])
        PressStatus.objects.update(waiting=3, oldest_at=now - datetime.timedelta(minutes=9))
        self.assert_found(press(), Gravity.WRONG, "3 changes wait, the oldest for 9")

    def test_a_clock_that_was_set_back_is_named(self):
        self.assertEqual([found for found in clock() if found.gravity is Gravity.WRONG], [])
        entry = OutboxEntry.objects.create(change={}, due_at=timezone.now())
        OutboxEntry.objects.filter(pk=entry.pk).update(written_at=timezone.now() + DAY)
        self.assert_found(clock(), Gravity.WRONG, "which is still to come")

    def test_a_mail_server_that_is_missing_or_away_is_named(self):
        self.assert_found(mail(), Gravity.UNWISE, "No mail server is set")
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_BACKEND=backend):
            self.assert_found(mail(), Gravity.WRONG, "127.0.0.1:1 takes no e-mail")

    def test_a_desk_without_anybody_who_may_do_everything_is_named(self):
        self.assert_found(people(), Gravity.WRONG, "Nobody may do everything")
        make.editor()
        self.assertEqual(list(people()), [])

    def test_a_public_site_that_sends_no_alarms_is_named(self):
        self.assertEqual(list(alarms()), [])
        with PUBLIC:
            self.assert_found(alarms(), Gravity.UNWISE, "set ALARM_EMAIL or ALARM_WEBHOOK")
            with override_settings(ALARMS={"EMAIL": ["ops@example.org"], "WEBHOOK": ""}):
                self.assertEqual(list(alarms()), [])

    def test_the_command_ends_with_a_number_that_says_how_bad_it_is(self):
        out = io.StringIO()
        with self.assertRaises(CommandError) as ended:
            call_command("doctor", stdout=out)
        self.assertEqual(ended.exception.returncode, 4)
        lines = out.getvalue().splitlines()
        gravities = [line.partition(":")[0] for line in lines]
        self.assertEqual(gravities, sorted(gravities, reverse=True))
        self.assertIn("Wrong: No press has printed yet", out.getvalue())
