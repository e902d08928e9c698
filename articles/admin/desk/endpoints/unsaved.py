"""Keeps on the server what is being typed, about every second, until the form is saved.

If the browser was killed, the network failed or the session ended, this text is offered to the editor again.
It is kept apart from the revisions, which are kept for ever. Each editor sees only their own text.
"""

import json
import uuid

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from articles.admin.desk.form.article_form import DeskForm
from articles.admin.desk.form.body_editor import excess, for_editor
from articles.body import sanitise
from articles.metrics.counts import counted
from articles.models import Article, UnsavedText
from articles.publishing.rights.of_articles import may_read
from articles.publishing.rights.reach import is_at_desk, may_somewhere

FIELDS = frozenset(DeskForm.base_fields) - {
    "uid",
    "version",
    "seen",
    "lead_file",
    "lead_shown",
    "lead_in_library",
    "alt_asked",
    "times_shown",
}
BIGGEST = 2**53
OFFERED = 3


class Unreadable(ValueError):
    """No form of ours sends this."""


@never_cache
@require_POST
@csrf_exempt
def keep(request):
    """Takes {"user", "uid", "tab", "version", "number", "fields"}. Without fields, what was kept is
    forgotten.

    Answers {"kept": true}, or {"kept": false, "why": …} with an error status. If the status is 409, a copy
    with a higher number is kept, and "number" is that number.
    """
    user = request.user
    # Checked before the token, because whoever is logged out has no valid token.
    if not is_at_desk(user):
        return refused("you are logged out. Log in again in another tab.", status=403)
    return keep_of(request, user)


@csrf_protect
def keep_of(request, user):
    if not (may_somewhere(user, "change") or may_somewhere(user, "add")):
        return refused("you may no longer write articles.", status=403)
    try:
        writer, form, values = read(request.body)
    except Unreadable:
        return refused("this page is of an older version. Save, and load it again.", status=400)
    if writer != user.pk:
        # Two people share this browser. The text must not be offered to the one who did not write it.
        return refused("somebody else has logged in. Log in again yourself in another tab.", status=403)
    known = Article.including_bin.filter(uid=form["uid"]).only("section")
    article = known.first() if values["fields"] else None
    if article and not may_read(user, article):
        return refused("you may not see this article any more.", status=403)
    newer = write(user, form, values)
    if newer is not None:
        return refused("a newer copy of this window is kept.", status=409, number=newer)
    counted.add("autosaves")
    return JsonResponse({"kept": True})


def refused(why, *, status, **more):
    return JsonResponse({"kept": False, "why": why, **more}, status=status)


def read(data):
    """The writer's number, the form, and the values of its row, from JSON. Raises Unreadable."""
    try:
        sent = json.loads(data)
        writer = sent["user"]
        form = {"uid": uuid.UUID(sent["uid"]), "tab": sent["tab"]}
        values = {name: sent[name] for name in ("version", "number")}
        fields = sent.get("fields") or {}
        texts = [form["tab"], *fields.values()]
        kept = {name: storable(text) for name, text in fields.items() if name in FIELDS}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    numbers = [writer, *values.values()]
    if not all(isinstance(text, str) for text in texts) or not is_tab(form["tab"]):
        raise Unreadable("what should be text is something else")
    if not all(type(number) is int and 0 <= number < BIGGEST for number in numbers):
        raise Unreadable("what should be a number is something else")
    return writer, form, {**values, "version": min(values["version"], 2**31 - 1), "fields": kept}


def storable(text):
    """Without what PostgreSQL refuses: NUL, and halves of characters, which a browser may send."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def is_tab(text):
    return 0 < len(text) <= 40 and text.isascii() and text.isprintable()


def write(user, form, values):
    """Keep the copy. If a newer one is kept already, answer its number."""
    rows = UnsavedText.objects.of_form(editor=user, **form)
    now = timezone.now()
    if rows.filter(number__lt=values["number"]).update(**values, typed_at=now):
        return None
    if (newer := rows.values_list("number", flat=True).first()) is not None:
        return newer
    # Of all editors: one who has left the paper begins no window any more.
    UnsavedText.objects.left_behind(now).delete()
    UnsavedText.objects.bulk_create(
        [UnsavedText(editor=user, **form, **values, typed_at=now)], ignore_conflicts=True
    )
    # A copy and a save of one window may come at the same time. If the other one has made the row by now, the
    # higher number stays.
    rows.filter(number__lt=values["number"]).update(**values, typed_at=now)
    return None


def forget(request, uid):
    """Called when the form was saved: the copy of this window is not offered any more."""
    tab, number = request.POST.get("_tab", ""), request.POST.get("_number", "")
    if is_tab(tab) and number.isascii() and number.isdecimal() and len(number) <= 16:
        write(request.user, {"uid": uid, "tab": tab}, {"version": 0, "number": int(number), "fields": {}})


def offered(user, article):
    """The texts that this editor left unsaved, for the page: the newest first, with sanitised bodies."""
    rows = UnsavedText.objects.offered(editor=user, article=article)[:OFFERED]
    return [
        {
            "uid": str(row.uid),
            "tab": row.tab,
            "version": row.version,
            "at": row.number,
            "fields": {name: clean(name, text) for name, text in row.fields.items()},
        }
        for row in rows
    ]


def clean(name, text):
    # A body that is too long to be cleaned is offered as plain source, because the editor can't show it.
    return for_editor(sanitise(text)) if name == "body" and not excess(text) else text
