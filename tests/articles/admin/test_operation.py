"""The operator's page."""

import datetime

from django.contrib.auth.models import Group, Permission, User
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.operation import WRONG
from articles.management.doctor import Gravity
from articles.models import Backup, Examination, Notice, PressStatus, PrintFailure, Trouble

ADDRESS = reverse("desk_operation")
MINUTE = datetime.timedelta(minutes=1)


def examination(host, *said, at=None, **facts):
    findings = [{"gravity": gravity, "sentence": sentence, "trouble": ""} for gravity, sentence in said]
    return Examination.objects.create(
        host=host, looked_at=at or timezone.now(), findings={"files": findings}, facts=facts
    )


class OperationTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        cls.operator = User.objects.create_user("olu", is_staff=True)
        cls.operator.groups.add(Group.objects.get(name="Administrators"))

    def setUp(self):
        self.client.force_login(self.operator)

    def page(self):
        return self.client.get(ADDRESS)

    def test_says_what_the_doctor_found_what_is_wrong_first_and_each_sentence_once(self):
        both = (Gravity.UNWISE, "The newest backup has no secrets.")
        examination("paper-1", both, (Gravity.WRONG, "The disk is full."))
        examination("paper-2", both)
        page = self.page()
        self.assertEqual([finding["sentence"] for finding in page.context["wrong"]], ["The disk is full."])
        self.assertContains(page, "1 wrong, 1 unwise")
        self.assertContains(page, 'The disk is full. <span class="quiet">(paper-1)</span>')
        self.assertContains(page, both[1], count=1)
        self.assertNotContains(page, f"{both[1]} <span")

    def test_knows_the_same_gravity_as_the_doctor(self):
        self.assertEqual(WRONG, Gravity.WRONG)

    def test_says_of_a_site_that_is_well_that_it_is(self):
        examination("paper-1")
        self.assertContains(self.page(), "All is well")

    def test_never_says_that_all_is_well_before_anybody_has_looked(self):
        self.assertContains(self.page(), "Nobody has looked yet")
        self.assertNotContains(self.page(), "All is well")

    def test_names_a_host_that_looks_no_more(self):
        examination("paper-1", at=self.now - 9 * MINUTE)
        self.assertContains(self.page(), "and should each minute")

    def test_has_the_press_the_queue_the_backup_the_disk_and_the_versions(self):
        PressStatus.objects.create(shelf="paper-1:/shelf", seen_at=self.now, waiting=3, oldest_at=self.now)
        tries = {"failed_at": self.now, "next_try_at": self.now, "error": "Boom"}
        PrintFailure.objects.create(shelf="paper-1:/shelf", path="/x/", **tries)
        Notice.objects.create(service="x", address="/", noted_at=self.now, next_try_at=self.now)
        begun = self.now - 120 * MINUTE
        Backup.objects.create(
            begun_at=begun, ended_at=begun, host="paper-1", archive="/b/a.tar", size=5_000_000
        )
        disk = {"folder": "/srv/var", "free": 3 * 10**9, "used": 7 * 10**9, "size": 10**10, "inodes_free": 77}
        examination("paper-1", disks=[disk], versions={"Python": "3.11.7"})
        page = self.page()
        for text in (
            "runs; 3 changes wait",
            "<strong>1</strong> <a",
            "The newest was begun 2\xa0hours ago",
            "4.8\xa0MB",
            "2.8\xa0GB free of 9.3\xa0GB, 77 inodes free",
            "<dd>3.11.7</dd>",
        ):
            self.assertContains(page, text)
        faults = [row["what"] for row in page.context["waiting"] if row["is_wrong"]]
        self.assertEqual(faults, ["pages that can't be printed"])

    def test_says_since_when_there_is_trouble_and_who_was_told(self):
        Trouble.objects.create(name="backup", told=["email", "webhook"])
        Trouble.objects.create(name="printing")
        self.assertContains(self.page(), ": told by email and webhook.")
        self.assertContains(self.page(), ": nobody was told.")

    def test_links_only_to_lists_that_the_user_may_see(self):
        Notice.objects.create(service="x", address="/", noted_at=self.now, next_try_at=self.now)
        there = reverse("admin:articles_notice_changelist")
        self.assertContains(self.page(), there)
        watcher = User.objects.create_user("watcher", is_staff=True)
        watcher.user_permissions.add(Permission.objects.get(codename="view_operation"))
        self.client.force_login(watcher)
        self.assertContains(self.page(), "addresses of which servers are to be told")
        self.assertNotContains(self.page(), there)

    def test_lets_the_doctor_look_now(self):
        self.assertRedirects(self.client.post(ADDRESS), ADDRESS)
        self.assertContains(self.page(), "No press has printed yet; start the server")
        self.assertEqual(Examination.objects.count(), 1)

    def test_asks_as_often_however_many_hosts_there_are(self):
        self.page()
        with self.assertNumQueries(16):
            self.page()
        for number in range(5):
            examination(f"paper-{number}")
            PressStatus.objects.create(shelf=f"paper-{number}:/shelf", seen_at=self.now)
        with self.assertNumQueries(16):
            self.page()

    def test_the_first_page_of_the_desk_leads_there_for_those_who_may(self):
        self.assertContains(self.client.get(reverse("admin:index")), ADDRESS)
        self.client.force_login(User.objects.create_user("n", is_staff=True))
        self.assertNotContains(self.client.get(reverse("admin:index")), ADDRESS)
