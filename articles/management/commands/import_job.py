import traceback
from functools import partial
from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.models import ImportJob
from articles.publishing.import_jobs import end_job, folder, note_run, report_folder, status_file


class Command(BaseCommand):
    help = "Does an import that was asked for at the desk. The desk starts this by itself."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        job = ImportJob.objects.filter(pk=number, ended_at=None).first()
        if job is None:
            raise CommandError(f"There is no import {number} that waits to be done.")
        said, code = StringIO(), 0
        try:
            call_command(
                "import_wordpress",
                *words_of(job),
                stdout=said,
                stderr=StringIO(),
                no_color=True,
                by=job.by,
                status=status_file(job),
                goes_on=job.run_id,
                on_run=partial(note_run, job),
            )
        except CommandError as error:
            code = error.returncode
            said.write(f"{error}\n")
        except Exception:
            # Whatever it is, the desk has to show that it has ended; the log has the rest.
            code = 1
            said.write("It has failed with an error of the program. The log below says which.\n")
            self.stderr.write(traceback.format_exc())
        end_job(job, code=code, said=said.getvalue())


def words_of(job):
    """What one would type after import_wordpress."""
    if job.what == ImportJob.What.UNDO:
        return ["--undo", str(job.run_id)]
    words = [str(folder() / name) for name in job.files]
    words += ["--report", str(report_folder(job))]
    if job.what == ImportJob.What.DRY_RUN:
        words.append("--dry-run")
    return words + media_words(job) + [word for word, is_said in switches(job) if is_said]


def media_words(job):
    media = job.options.get("media", "none")
    if media == "dir":
        return ["--media-dir", str(folder() / job.options["media_dir"])]
    if media == "fetch" and job.what == ImportJob.What.IMPORT:
        return ["--media", "fetch"]
    return ["--media", "none"]


def switches(job):
    for name in ("repair", "trash", "publish_due"):
        yield f"--{name.replace('_', '-')}", job.options.get(name)
    if zone := job.options.get("timezone"):
        yield f"--timezone={zone}", True
