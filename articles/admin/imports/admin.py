from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Value
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from articles.admin.log import ReadOnly
from articles.admin.shared.nonsense import RefusesNonsense
from articles.models import ImportJob
from articles.models.desk.people import name_of
from articles.publishing import Refused
from articles.publishing.import_jobs import begin_job, log_of, report_file, running_job, status_of

from .forms import StartForm

PERMISSION = "articles.import_site"
# What an import writes, and what it is.
FILES = {
    "report.html": ("Read the report", "text/html; charset=utf-8"),
    "report.json": ("The same for programs", "application/json"),
    "pictures.jsonl": ("All pictures", "application/jsonl"),
    "documents.jsonl": ("All documents", "application/jsonl"),
    "comments.jsonl": ("Comments", "application/jsonl"),
}
What = ImportJob.What


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["asked_at", "what", "names", "state", "who"]
    list_display_links = ["asked_at"]
    list_select_related = ["by"]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request):
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request):
        return request.user.has_perm(PERMISSION)

    def get_queryset(self, request):
        """Each row with the number of the import that is under way, for which the system is asked once."""
        running = Value(running_job(), output_field=IntegerField())
        return super().get_queryset(request).annotate(running=running)

    def get_urls(self):
        def own(route, view, name):
            return path(
                route, self.admin_site.admin_view(never_cache(view)), name=f"articles_importjob_{name}"
            )

        return [
            own("<int:number>/change/", self.job_view, "job"),
            own("<int:number>/live/", self.live_view, "live"),
            own("<int:number>/report/<str:name>", self.file_view, "file"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = StartForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            files = form.chosen()
            job = files and self.begun(request, What.DRY_RUN, files, form.options())
            if job:
                return to_job(job)
        return self.page(request, "start", title="Import from WordPress", form=form)

    def begun(self, request, what, files, options, run=None):
        """The job, or None after a message that says why there is none."""
        try:
            return begin_job(what, files, options, by=request.user, run=run)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return None

    def job(self, request, number):
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = ImportJob.objects.select_related("by", "run").filter(pk=number).first()
        if job is None:
            raise Http404
        return job

    def job_view(self, request, number):
        job = self.job(request, number)
        if request.method == "POST":
            return self.act(request, job)
        context = self.shown(job)
        return self.page(request, "job", title=str(job), **context)

    def act(self, request, job):
        """Import what was looked at in a dry run, go on with what was killed or has failed, or take an import
        back: what the page offers, and nothing else."""
        act = request.POST.get("act")
        if not self.shown(job).get(f"may_{act}"):
            raise Http404
        if act == "undo" and not request.POST.get("sure"):
            messages.error(request, "Nothing was done. Tick the box if it is to be taken back.")
            return to_job(job)
        what = {"import": What.IMPORT, "undo": What.UNDO, "go_on": job.what}[act]
        # Going on is the same run, so that all of it can be taken back at once.
        begun = self.begun(request, what, job.files, job.options, job.run)
        return to_job(begun or job)

    def live_view(self, request, number):
        """The part of the page that changes, for the script that shows it."""
        job = self.job(request, number)
        return TemplateResponse(request, "admin/articles/importjob/live.html", self.shown(job))

    def shown(self, job):
        is_running = job.ended_at is None and running_job() == job.pk
        if not is_running and job.ended_at is None:
            # It may have ended since the row was read.
            job.refresh_from_db()
        was_killed = not is_running and job.ended_at is None
        return {
            "job": job,
            "is_running": is_running,
            "was_killed": was_killed,
            "status": status_of(job),
            "log": log_of(job) if was_killed or job.code else "",
            "files": [] if is_running else list(files_of(job)),
            "may_go_on": was_killed or (not is_running and job.code not in (None, 0)),
            "may_import": job.what == What.DRY_RUN and job.code == 0,
            "may_undo": job.what == What.IMPORT and job.run is not None and not is_running,
        }

    def file_view(self, request, number, name):
        job = self.job(request, number)
        file = report_file(job, name) if name in FILES else None
        if file is None:
            raise Http404
        return FileResponse(file, content_type=FILES[name][1])

    def page(self, request, name, **more):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **more}
        return TemplateResponse(request, f"admin/articles/importjob/{name}.html", context)

    @admin.display(description="files")
    def names(self, job):
        return ", ".join(job.files)

    @admin.display(description="state")
    def state(self, job):
        if job.ended_at is None:
            return "under way" if job.running == job.pk else "ended before it was done"
        return "done" if job.code == 0 else "failed"

    @admin.display(description="by")
    def who(self, job):
        return name_of(job.by, "somebody")


def files_of(job):
    """Links to the files of the report that are there."""
    for name, (words, _) in FILES.items():
        if file := report_file(job, name):
            file.close()
            where = reverse("admin:articles_importjob_file", args=[job.pk, name])
            yield format_html('<a href="{}">{}</a>', where, words)


def to_job(job):
    return HttpResponseRedirect(reverse("admin:articles_importjob_job", args=[job.pk]))
