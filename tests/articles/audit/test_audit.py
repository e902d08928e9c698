"""Who did what from where: what is written down, that nobody changes it, and how it is read."""

import csv
import datetime
import io

import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client, TestCase, TransactionTestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.audit import record
from articles.audit.keeping import prune
from articles.models import AuditEntry, AuditPruning, Tag
from articles.publishing.notes.draft_links import make_link
from articles.publishing.rights.tokens import make_token
from tests import factories as make

Kind = AuditEntry.Kind
HERE = "192.0.2.1"
LIST = reverse("admin:articles_auditentry_changelist")
CSV = reverse("admin:articles_auditentry_download")


def said(kind=None):
    found = AuditEntry.objects.filter(kind=kind) if kind else AuditEntry.objects.all()
    return [(each.name, each.address, each.what, each.detail) for each in found.order_by("pk")]


class AuditCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = make.editor("boss")
        cls.ana = User.objects.create_user("ana", password="press-room", is_staff=True)

    def setUp(self):
        # What making them has written is no news here; the database lets nobody delete it.
        self.since = AuditEntry.objects.order_by("pk").last().pk

    def new(self, kind):
        found = AuditEntry.objects.filter(kind=kind, pk__gt=self.since).order_by("pk")
        return [(each.name, each.address, each.what, each.detail) for each in found]

    def log_in(self, **typed):
        sent = {"username": "ana", "password": "press-room", **typed}
        return self.client.post(reverse("admin:login"), sent, REMOTE_ADDR=HERE)


class LogInsTest(AuditCase):
    def test_are_written_down_with_the_address(self):
        self.log_in()
        self.client.post(reverse("admin:logout"), REMOTE_ADDR=HERE)
        self.assertEqual(self.new(Kind.LOG_IN), [("ana", HERE, "user ana", "")])
        self.assertEqual(self.new(Kind.LOG_OUT), [("ana", HERE, "user ana", "")])

    def test_that_are_refused_too_but_never_what_was_typed_in_place_of_a_name(self):
        self.log_in(password="wrong-secret")
        self.log_in(username="hunter2-my-password")
        self.assertEqual(
            self.new(Kind.REFUSED),
            [
                ("", HERE, "user ana", "wrong password"),
                ("", HERE, "a name that no account has", "wrong password"),
            ],
        )
        whole = str(list(AuditEntry.objects.values()))
        self.assertNotIn("hunter2", whole)
        self.assertNotIn("wrong-secret", whole)

    def test_that_are_refused_while_the_brake_is_on_fill_no_disk(self):
        for number in range(20):
            self.log_in(password=f"guess {number}")
        self.assertEqual(len(self.new(Kind.REFUSED)), 5)


class RightsTest(AuditCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.boss)
        self.since = AuditEntry.objects.order_by("pk").last().pk

    def form(self, **changed):
        address = reverse("admin:auth_user_change", args=[self.ana.pk])
        sent = {"username": "ana", "email": "", "first_name": "", "last_name": "", "is_active": "on"}
        sent |= {"is_staff": "on", **changed}
        answer = self.client.post(address, {k: v for k, v in sent.items() if v is not None}, REMOTE_ADDR=HERE)
        self.assertEqual(answer.status_code, 302)

    def test_that_change_are_named_with_who_changed_them(self):
        editors = Group.objects.get(name="Editors")
        self.form(groups=[editors.pk], is_superuser="on")
        self.form(groups=[])
        self.assertEqual(
            self.new(Kind.RIGHTS),
            [
                ("boss", HERE, "user ana", "given groups: Editors"),
                ("boss", HERE, "user ana", "taken groups: Editors"),
            ],
        )
        self.assertEqual(
            self.new(Kind.ACCOUNT),
            [("boss", HERE, "user ana", "superuser on"), ("boss", HERE, "user ana", "superuser off")],
        )

    def test_of_an_account_that_is_shut_and_of_another_e_mail_address(self):
        self.form(is_staff=None, is_active=None, email="other@example.org")
        self.assertEqual(
            self.new(Kind.ACCOUNT),
            [("boss", HERE, "user ana", "active off; staff off; e-mail address changed")],
        )

    def test_of_groups_too(self):
        group = Group.objects.create(name="Sport")
        group.permissions.add(Permission.objects.get(codename="publish_article"))
        group.sections.add(make.section("Sport"))
        self.assertEqual(len(self.new(Kind.RIGHTS)), 2)
        self.assertEqual(self.new(Kind.RIGHTS)[1][2:], ("group Sport", "given sections: Sport"))

    def test_of_a_new_password_but_not_of_one_that_is_hashed_anew(self):
        self.ana.set_password("another-one")
        self.ana.save(update_fields=["password"])
        self.assertEqual(self.new(Kind.ACCOUNT), [])
        self.ana.set_password("a-third")
        self.ana.save()
        self.assertEqual(self.new(Kind.ACCOUNT), [("", "", "user ana", "password changed")])

    def test_of_accounts_that_go(self):
        self.ana.delete()
        self.assertEqual(self.new(Kind.DELETED), [("", "", "user ana", "")])


class ActsTest(AuditCase):
    def test_that_readers_see_are_written_down_without_a_word_of_the_text(self):
        article = make.article(headline="Canary of the draft", by=self.ana)
        article = publishing.publish(article, by=self.ana)
        publishing.withdraw(article, by=self.ana)
        what = f"article {article.pk}"
        self.assertEqual(
            self.new(Kind.PUBLISHING), [("ana", "", what, "published"), ("ana", "", what, "withdrew")]
        )
        self.assertNotIn("Canary", str(list(AuditEntry.objects.values())))

    def test_of_the_site_itself_are_not_doubled(self):
        publishing.publish(make.article(), by=None)
        self.assertEqual(self.new(Kind.PUBLISHING), [])

    def test_that_show_a_draft_to_outsiders_are_exports(self):
        article = make.article()
        make_link(article, by=self.boss)
        self.assertEqual(
            self.new(Kind.EXPORTED), [("boss", "", f"article {article.pk}", "draft link for outsiders")]
        )

    def test_of_deleting(self):
        tag = Tag.objects.create(name="coast")
        self.client.force_login(self.boss)
        self.client.post(
            reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"}, REMOTE_ADDR=HERE
        )
        self.assertEqual(self.new(Kind.DELETED), [("boss", HERE, f"tag {tag.pk}", "coast")])

    def test_of_deleting_an_article_for_good(self):
        self.client.force_login(self.boss)
        article = publishing.put_in_bin(make.article(headline="Canary"), by=self.boss)
        sent = {"action": "erase", "_selected_action": article.pk, "sure": "1"}
        self.client.post(reverse("admin:articles_binnedarticle_changelist"), sent, REMOTE_ADDR=HERE)
        self.assertEqual(
            self.new(Kind.DELETED), [("boss", HERE, f"article {article.pk}", "deleted for good")]
        )

    def test_of_exporting(self):
        self.client.force_login(self.boss)
        self.client.get(reverse("admin:articles_oldaddress_download"), REMOTE_ADDR=HERE)
        self.assertEqual(self.new(Kind.EXPORTED), [("boss", HERE, "redirects", "")])

    def test_are_undone_with_the_act(self):
        with self.assertRaises(RuntimeError), transaction.atomic():
            record(Kind.TOKEN, "token 1", by=self.boss)
            raise RuntimeError
        self.assertEqual(self.new(Kind.TOKEN), [])


class RefusedActsTest(AuditCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.ana)
        self.since = AuditEntry.objects.order_by("pk").last().pk

    def test_are_written_down_once_in_an_hour_without_what_was_sent(self):
        for _ in range(3):
            self.client.post(LIST, {"q": "typed", "x": "y"}, REMOTE_ADDR=HERE)
        self.client.get(f"{LIST}?q=asked", REMOTE_ADDR=HERE)
        self.assertEqual(
            self.new(Kind.FORBIDDEN),
            [("ana", HERE, f"POST {LIST}", ""), ("ana", HERE, f"GET {LIST}", "")],
        )
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
            self.client.get(LIST)
        self.assertEqual(len(self.new(Kind.FORBIDDEN)), 3)

    def test_of_somebody_who_tries_everything_fill_no_disk(self):
        for number in range(30):
            self.client.get(reverse("admin:auth_user_change", args=[number]))
        found = self.new(Kind.FORBIDDEN)
        self.assertEqual(len(found), 20)
        self.assertEqual(
            [each[3] for each in found if each[3]], ["no more of these are written down for this hour"]
        )
        # Others are still noted.
        other = User.objects.create_user("other", is_staff=True)
        self.client.force_login(other)
        self.client.get(LIST)
        self.assertEqual(len(self.new(Kind.FORBIDDEN)), 21)

    def test_by_a_form_of_another_site_too(self):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.ana)
        browser.post(
            reverse("desk_log_ins"), {"act": "end_others"}, headers={"origin": "https://evil.example"}
        )
        self.assertEqual(self.new(Kind.FORBIDDEN)[0][2], f"POST {reverse('desk_log_ins')}")

    def test_by_the_api_too(self):
        _, secret = make_token(self.ana, name="Wire", scopes=["read"])
        address = reverse("api:begin")
        sent = {"headers": {"authorization": f"Bearer {secret}"}, "content_type": "application/json"}
        self.assertEqual(Client().post(address, {"headline": "x"}, **sent).status_code, 403)
        self.assertEqual(self.new(Kind.FORBIDDEN)[0][::2], ("ana", f"POST {address}"))

    def test_of_strangers_are_not_and_nothing_is_asked_of_the_database_otherwise(self):
        Client().get(LIST)
        self.assertEqual(self.new(Kind.FORBIDDEN), [])
        with self.assertNumQueries(0):
            Client().get(reverse("robots"))


class AppendOnlyTest(TestCase):
    def setUp(self):
        self.entry = record(Kind.SETTINGS, "the site")

    def refused(self, act):
        with self.assertRaisesMessage(DatabaseError, "append-only"), transaction.atomic():
            act()

    def test_no_entry_is_changed(self):
        self.refused(lambda: AuditEntry.objects.update(what="nothing"))

    def test_no_entry_is_deleted(self):
        self.refused(lambda: AuditEntry.objects.filter(pk=self.entry.pk).delete())

    def test_nor_does_the_note_of_a_pruning_go(self):
        AuditPruning.objects.create(before=timezone.now())
        self.refused(lambda: AuditPruning.objects.update(before=timezone.now()))
        self.refused(lambda: AuditPruning.objects.all().delete())

    def old_entry(self, days):
        at = timezone.now() - datetime.timedelta(days=days)
        return AuditEntry.objects.create(kind=Kind.SETTINGS, what=f"{days} days ago", at=at)

    @override_settings(AUDIT_DAYS=30)
    def test_only_what_is_too_old_goes_and_that_is_noted(self):
        self.old_entry(31), self.old_entry(29)
        out = io.StringIO()
        call_command("audit", "prune", stdout=out)
        self.assertIn("1 entries deleted; 30 days are kept", out.getvalue())
        self.assertFalse(AuditEntry.objects.filter(what="31 days ago").exists())
        self.assertTrue(AuditEntry.objects.filter(what="29 days ago").exists())
        self.assertEqual(AuditPruning.objects.count(), 1)
        self.refused(lambda: AuditEntry.objects.filter(what="29 days ago").delete())

    @override_settings(AUDIT_DAYS=0)
    def test_all_is_kept_where_the_setting_says_so(self):
        self.old_entry(4_000)
        self.assertEqual(prune(), 0)


class EmptiedTest(TransactionTestCase):
    """What the suite itself needs: after a test whose transactions end the next one finds no entry."""

    def test_leaves_one(self):
        record(Kind.SETTINGS, "left behind")

    def test_leaves_one_more(self):
        self.assertFalse(AuditEntry.objects.filter(what="left behind").exists())
        record(Kind.SETTINGS, "left behind")


class ReadingTest(AuditCase):
    def setUp(self):
        self.client.force_login(self.boss)
        record(Kind.TOKEN, "token 7", by=self.ana, detail="=HYPERLINK(1)")
        record(Kind.TOKEN, "token 8", by=self.boss)

    def test_is_searched_and_narrowed(self):
        page = self.client.get(LIST, {"q": "token 7"})
        self.assertContains(page, "token 7")
        self.assertNotContains(page, "token 8")
        self.assertNotContains(self.client.get(LIST, {"kind__exact": "settings"}), "token 7")

    def test_costs_the_same_with_more_rows(self):
        for number in range(30):
            record(Kind.TOKEN, f"token {number}", by=self.ana)
        with self.assertNumQueries(5):
            self.client.get(LIST)

    def lines(self, **asked):
        answer = self.client.get(CSV, asked)
        text = b"".join(answer.streaming_content).decode()
        return list(csv.DictReader(io.StringIO(text)))

    def test_as_csv_has_what_the_list_shows_and_no_formula(self):
        (line,) = self.lines(q="token 7")
        self.assertEqual((line["name"], line["what"], line["detail"]), ("ana", "token 7", "'=HYPERLINK(1)"))

    def test_as_csv_is_an_act_itself(self):
        self.lines(q="token")
        self.assertEqual(said(Kind.EXPORTED)[-1][2:], ("audit log", "q=token"))

    def test_is_for_those_who_have_its_own_permission(self):
        self.client.force_login(self.ana)
        self.assertEqual([self.client.get(each).status_code for each in (LIST, CSV)], [403, 403])
        self.ana.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
        self.assertEqual([self.client.get(each).status_code for each in (LIST, CSV)], [200, 200])

    def test_cannot_be_changed_at_the_desk(self):
        number = AuditEntry.objects.first().pk
        for act, args in (("add", None), ("change", [number]), ("delete", [number])):
            address = reverse(f"admin:articles_auditentry_{act}", args=args)
            self.assertEqual(self.client.post(address, {"what": "x", "post": "yes"}).status_code, 403)
