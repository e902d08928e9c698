"""Imports from the desk. The process itself is started in tests/browser/test_desk_import.py."""

import errno
import fcntl
import os
import tempfile
from io import StringIO
from pathlib import Path
from threading import Timer
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from articles.importers.wordpress.writing import store
from articles.importers.wordpress.writing.store import Store
from articles.models import Article, ImportJob, ImportRun
from articles.publishing import import_jobs
from tests import factories
from tests.articles.admin.desk.case import DeskTestCase, address, somebody
from tests.articles.importers.wordpress.exports import OWN, export, item


class ImportsTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        var = override_settings(VAR_DIR=Path(folder.name))
        var.enable()
        self.addCleanup(var.disable)
        self.folder = Path(folder.name) / "import"
        self.folder.mkdir()
        # A process of its own would find another database.
        start = mock.patch.object(import_jobs, "start")
        self.started = start.start()
        self.addCleanup(start.stop)
        self.client.force_login(factories.editor("chief"))

    def put(self, name="old.xml", data=None):
        (self.folder / name).write_bytes(OWN.read_bytes() if data is None else data)
        return name

    def begin(self, **data):
        return self.client.post(address("importjob_add"), {"media": "none", **data}, follow=True)

    def job(self, what="dry_run", **more):
        return ImportJob.objects.create(what=what, files=[self.put()], **more)

    def do(self, job):
        call_command("import_job", str(job.pk))
        job.refresh_from_db()
        return job

    def page(self, job):
        return self.client.get(address("importjob_job", job.pk))

    def press(self, job, act, **more):
        return self.client.post(address("importjob_job", job.pk), {"act": act, **more}, follow=True)

    def test_the_form_offers_what_is_in_the_folder(self):
        self.put("old.xml")
        self.put("part-2.xml.gz", b"x")
        self.put("notes.txt", b"x")
        (self.folder / "uploads").mkdir()
        (self.folder / "link.xml").symlink_to("/etc/passwd")
        page = self.client.get(address("importjob_add"))
        self.assertContains(page, 'value="old.xml"')
        self.assertContains(page, 'value="part-2.xml.gz"')
        self.assertContains(page, 'value="dir:uploads"')
        self.assertNotContains(page, "notes.txt")
        self.assertNotContains(page, "link.xml")

    def test_a_dry_run_is_begun_with_what_was_chosen(self):
        self.put()
        page = self.begin(files=["old.xml"], media="fetch", trash="on", timezone="Asia/Tokyo")
        job = ImportJob.objects.get()
        self.assertRedirects(page, address("importjob_job", job.pk))
        self.assertEqual((job.what, job.files), ("dry_run", ["old.xml"]))
        self.assertEqual(
            job.options, {"media": "fetch", "media_dir": "", "trash": True, "timezone": "Asia/Tokyo"}
        )
        self.assertEqual(self.started.call_args.args[0], job)

    def test_an_upload_is_put_into_the_folder_under_a_name_of_ours(self):
        for number, name in enumerate(("../../My Site.2021.xml", "My Site.2021.xml"), 1):
            self.begin(upload=SimpleUploadedFile(name, b"x"))
            self.assertEqual(ImportJob.objects.count(), number)
        self.assertEqual(
            sorted(path.name for path in self.folder.iterdir()),
            ["lock", "my-site2021-2.xml", "my-site2021.xml"],
        )

    def test_what_is_wrong_is_said_at_its_field(self):
        self.put()
        for data, field, words in (
            ({}, "upload", "Choose a file"),
            ({"upload": SimpleUploadedFile("a.exe", b"x")}, "upload", "no export"),
            ({"files": ["../secret.xml"]}, "files", "not one of the available choices"),
            ({"files": ["old.xml"], "media": "dir:../.."}, "media", "not one of the available choices"),
        ):
            with self.subTest(words):
                page = self.begin(**data)
                self.assertIn(words, str(page.context["form"].errors[field]))
        self.assertFalse(ImportJob.objects.exists())

    def test_only_one_at_a_time(self):
        self.put()
        with import_jobs.lock_file() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            page = self.begin(files=["old.xml"])
        self.assertIn("Another import is under way", self.told(page)[0])
        self.assertFalse(ImportJob.objects.exists())

    def test_one_that_is_done_is_waited_for_until_its_process_has_ended(self):
        job = self.do(self.job())
        lock = import_jobs.lock_file()
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.pwrite(lock.fileno(), str(job.pk).encode(), 0)
        Timer(1.5, lock.close).start()
        self.press(job, "import")
        self.assertEqual(ImportJob.objects.first().what, "import")

    def test_from_the_dry_run_to_the_import_and_back(self):
        self.put()
        self.begin(files=["old.xml"])
        dry = self.do(ImportJob.objects.get())
        self.assertEqual((dry.code, Article.objects.count()), (0, 0))
        self.assertIn("31 items: 19 imported", dry.said)
        page = self.page(dry)
        self.assertContains(page, "Import now")
        report = self.client.get(address("importjob_file", dry.pk, "report.html"))
        self.assertIn(b"Dry run of the import", b"".join(report.streaming_content))
        self.press(dry, "import")
        real = self.do(ImportJob.objects.first())
        self.assertEqual((real.what, real.files, real.code), ("import", ["old.xml"], 0))
        self.assertEqual((Article.objects.count(), real.run), (17, ImportRun.objects.get()))
        self.assertEqual(real.run.by, dry.by)
        self.assertContains(self.page(real), "Take it back")
        page = self.press(real, "undo")
        self.assertIn("Tick the box", self.told(page)[0])
        self.press(real, "undo", sure="on")
        back = self.do(ImportJob.objects.first())
        self.assertEqual((back.what, back.code, Article.objects.count()), ("undo", 0, 0))

    def test_a_file_that_is_refused_says_why(self):
        job = self.job()
        self.put("old.xml", export(item())[:-20])
        self.do(job)
        self.assertEqual(job.code, 1)
        page = self.page(job)
        self.assertContains(page, "It could not be done.")
        self.assertContains(page, "is not well-formed: unclosed token (line")
        self.assertNotContains(page, "Import now")

    def test_an_error_of_the_program_is_said_and_does_not_leave_it_under_way(self):
        job = self.job()
        with mock.patch(
            "articles.management.commands.import_wordpress.dry_run", side_effect=ZeroDivisionError
        ):
            call_command("import_job", str(job.pk), stderr=open(os.devnull, "w"))  # noqa: SIM115
        job.refresh_from_db()
        self.assertEqual(job.code, 1)
        self.assertContains(self.page(job), "an error of the program")

    def test_one_whose_process_was_killed_says_so_and_can_go_on(self):
        job = self.job("import")
        import_jobs.job_folder(job.pk).mkdir(parents=True)
        import_jobs.status_file(job).write_text(
            '{"done": 5, "total": 31, "rate": 9, "left": 2, "memory": 70}'
        )
        page = self.page(job)
        self.assertContains(page, "The import stopped before it was done, at 5 of 31 items")
        self.assertContains(page, "Go on")
        self.press(job, "go_on")
        self.assertEqual(list(ImportJob.objects.values_list("what", flat=True)), ["import", "import"])

    def stop_after(self, job, batches):
        """Does the job until its process would be killed, which writes nothing more."""
        write, done = Store.write, []

        def killed(store, plans, texts):
            if len(done) == batches:
                raise SystemExit
            done.append(write(store, plans, texts))

        with (
            mock.patch.object(store, "MOST_ARTICLES", 5),
            mock.patch.object(Store, "write", killed),
            self.assertRaises(SystemExit),
        ):
            call_command("import_job", str(job.pk))
        job.refresh_from_db()

    def test_one_that_was_stopped_half_way_can_be_taken_back(self):
        job = self.job("import")
        self.stop_after(job, 1)
        self.assertEqual((job.ended_at, Article.objects.count() > 0), (None, True))
        page = self.page(job)
        self.assertContains(page, "Go on")
        self.assertContains(page, "Take it back")
        self.press(job, "undo", sure="on")
        self.do(ImportJob.objects.first())
        self.assertEqual(Article.objects.count(), 0)

    def test_one_that_goes_on_is_taken_back_whole(self):
        job = self.job("import")
        self.stop_after(job, 1)
        self.press(job, "go_on")
        second = self.do(ImportJob.objects.first())
        self.assertEqual((second.code, Article.objects.count()), (0, 17))
        self.assertEqual(second.run, ImportRun.objects.get())
        self.press(second, "undo", sure="on")
        self.do(ImportJob.objects.first())
        self.assertEqual(Article.objects.count(), 0)

    def test_one_that_failed_can_go_on(self):
        job = self.job("import")
        with mock.patch.object(Store, "write", side_effect=ZeroDivisionError):
            call_command("import_job", str(job.pk), stderr=StringIO())
        page = self.page(job)
        self.assertContains(page, "It could not be done.")
        self.assertContains(page, "Take it back")
        self.press(job, "go_on")
        self.assertEqual(self.do(ImportJob.objects.first()).code, 0)
        self.assertEqual(ImportRun.objects.count(), 1)

    def test_an_undo_that_was_killed_goes_on_with_the_same_run(self):
        real = self.do(self.job("import"))
        self.press(self.job("undo", run=real.run), "go_on")
        self.assertEqual(self.do(ImportJob.objects.first()).code, 0)
        self.assertEqual(Article.objects.count(), 0)

    def test_what_the_page_does_not_offer_is_not_done(self):
        now = timezone.now()
        run = ImportRun.objects.create()
        failed = self.job(ended_at=now, code=1)
        done = self.job("import", ended_at=now, code=0, run=run)
        undone = self.job("undo", ended_at=now, code=0, run=run)
        for job, act in (
            (failed, "import"),
            (failed, "undo"),
            (done, "go_on"),
            (done, "import"),
            (undone, "undo"),
            (undone, "go_on"),
            (done, "nonsense"),
        ):
            with self.subTest(job=job.what, act=act):
                self.assertEqual(self.press(job, act, sure="on").status_code, 404)
        self.assertEqual(ImportJob.objects.count(), 3)
        self.assertNotContains(self.page(undone), '<form method="post" class="ask">')

    def test_an_upload_that_breaks_off_leaves_nothing(self):
        def pieces():
            yield b"<rss>"
            self.assertEqual(import_jobs.exports(), [])
            raise OSError(errno.ENOSPC, "No space left on device")

        with self.assertRaises(OSError):
            import_jobs.store_export("old.xml", pieces())
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_pages_that_look_at_once_do_not_mislead_each_other(self):
        with import_jobs.lock_file() as other:
            os.pwrite(other.fileno(), b"7", 0)
            fcntl.flock(other, fcntl.LOCK_SH)
            self.assertIsNone(import_jobs.running_job())

    def test_the_list_asks_once_whether_one_is_under_way(self):
        self.job(), self.job(), self.job()
        with mock.patch("articles.admin.imports.admin.running_job", return_value=None) as asked:
            page = self.client.get(address("importjob_changelist"))
        self.assertContains(page, "ended before it was done", 3)
        self.assertEqual(asked.call_count, 1)

    def test_what_is_known_since_it_began_stays_when_it_ends(self):
        job = self.job("import")
        run = ImportRun.objects.create()
        ImportJob.objects.filter(pk=job.pk).update(run=run)
        import_jobs.end_job(job, code=0, said="")
        job.refresh_from_db()
        self.assertEqual(job.run, run)

    def test_while_it_runs_its_page_says_how_far_it_is(self):
        job = self.job()
        import_jobs.job_folder(job.pk).mkdir(parents=True)
        import_jobs.status_file(job).write_text(
            '{"done": 5, "total": 31, "rate": 9, "left": 3, "memory": 70}'
        )
        with import_jobs.lock_file() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.pwrite(lock.fileno(), str(job.pk).encode(), 0)
            for page in (self.page(job), self.client.get(address("importjob_live", job.pk))):
                self.assertContains(page, "5 of 31 items, 9 a second, about 3 s left, 70 MB")
                self.assertContains(page, '<progress aria-label="Items done" max="31" value="5">')
            self.assertContains(self.client.get(address("importjob_changelist")), "under way")
            self.assertNotContains(self.page(job), "Import now")

    def test_no_other_file_is_handed_out(self):
        job = self.do(self.job())
        for name in ("log", "status.json", "..%2Flog", "secret.txt"):
            where = address("importjob_job", job.pk).removesuffix("change/") + f"report/{name}"
            self.assertIn(self.client.get(where).status_code, (301, 404))
        (import_jobs.report_folder(job) / "pictures.jsonl").symlink_to("/etc/passwd")
        self.assertEqual(
            self.client.get(address("importjob_file", job.pk, "pictures.jsonl")).status_code, 404
        )

    def test_editors_without_the_permission_see_nothing_of_it(self):
        job = self.job()
        self.client.force_login(somebody("ana", "Publishers"))
        for where in (
            address("importjob_add"),
            address("importjob_job", job.pk),
            address("importjob_live", job.pk),
            address("importjob_file", job.pk, "report.html"),
            address("importjob_changelist"),
        ):
            self.assertEqual(self.client.get(where).status_code, 403, where)
        self.assertEqual(self.press(job, "import").status_code, 403)
        self.assertNotContains(self.client.get("/admin/"), "importjob")

    def test_a_job_is_done_once(self):
        job = self.do(self.job())
        with self.assertRaisesMessage(CommandError, "no import"):
            call_command("import_job", str(job.pk))
