"""The operator's page: what the doctor has found on each host, and how everything stands."""

import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

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

PERMISSION = "articles.view_operation"
# Each host looks every minute.
LATE = datetime.timedelta(minutes=5)
WRONG = 2  # as articles/management/doctor/finding.py has it, which is above this room


@never_cache
def operation(request, look):
    """`look` lets the doctor look at this host now."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if request.method == "POST":
        look()
        messages.success(request, "The doctor has looked at everything on this host.")
        return HttpResponseRedirect(reverse("desk_operation"))
    now = timezone.now()
    hosts = list(Examination.objects.all())
    found = findings_of(hosts)
    in_use, given_up = PressStatus.objects.in_use_and_given_up(now)
    context = {
        **admin.site.each_context(request),
        "title": "How the site runs",
        "hosts": hosts,
        "late": [host for host in hosts if now - host.looked_at > LATE],
        "wrong": [finding for finding in found if finding["is_wrong"]],
        "unwise": [finding for finding in found if not finding["is_wrong"]],
        "troubles": Trouble.objects.all(),
        "presses": [state_of(press, now) for press in in_use],
        "waiting": list(waiting(request.user, given_up, now)),
        "backup": Backup.objects.whole().first(),
        "backing_up": Backup.objects.under_way(now).first(),
        "now": now,
    }
    return TemplateResponse(request, "admin/operation.html", context)


def findings_of(hosts):
    """Each sentence once, with the hosts that say it if not all do."""
    said = {}
    for host in hosts:
        for findings in host.findings.values():
            for finding in findings:
                said.setdefault((finding["sentence"], finding["gravity"]), {})[host.host] = True
    return [
        {
            "sentence": sentence,
            "is_wrong": gravity == WRONG,
            "hosts": list(sayers) if len(sayers) < len(hosts) else [],
        }
        for (sentence, gravity), sayers in said.items()
    ]


def state_of(press, now):
    return {
        "name": press.shelf,
        "state": press.in_words(now),
        "error": press.error_in_words(),
        "is_wrong": not press.is_running(now) or press.is_in_trouble(now),
    }


def waiting(user, given_up, now):
    """What waits, how many of it, the list that has them if the user may see it, and whether there should be
    none."""
    rows = [
        ("changes due later", OutboxEntry.objects.filter(due_at__gt=now), "outboxentry", False),
        ("changes of many articles, done in slices", Task.objects.all(), "task", False),
        ("pages that can't be printed", PrintFailure.objects.without(given_up), "printfailure", True),
        ("pictures that can't be made", PictureFailure.objects.all(), "picturefailure", True),
        ("e-mails", Email.objects.filter(done_at=None), "email", False),
        ("addresses of which servers are to be told", Notice.objects.all(), "notice", False),
    ]
    for what, query, model, is_fault in rows:
        number = query.count()
        yield {
            "what": what,
            "number": number,
            "list": number and user.has_perm(f"articles.view_{model}") and changelist(model),
            "is_wrong": is_fault and number > 0,
        }


def changelist(model):
    return reverse(f"admin:articles_{model}_changelist")
