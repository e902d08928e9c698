"""Who has which article open. A form that is open sends a small request every few seconds, and is answered
with the other people who have the article open, with a newer version if one was saved meanwhile, with what
others have decided, such as sending it back, and with the state of the notes, which its script then asks
for."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from articles.models import Article, Presence, Revision
from articles.publishing.article.merging import older_forms
from articles.publishing.notifications.told import unread
from articles.publishing.rights.of_articles import may_read
from articles.publishing.rights.reach import is_at_desk, may_somewhere

from .desk.conflicts.binned_article import who_binned
from .desk.endpoints.unsaved import is_tab
from .desk.form.article_form import DeskForm

# How long a window counts as open after its request. A page in view sends one every 8 seconds, a hidden page
# one a minute; presence.js has the same times.
IN_VIEW = datetime.timedelta(seconds=12)
HIDDEN = datetime.timedelta(seconds=150)
MOST_NAMED = 2


@dataclass(frozen=True)
class Person:
    """One person who has the article open, perhaps in several windows. `typed` is the time of their last
    change; None if they have changed nothing."""

    number: int
    name: str
    since: datetime.datetime
    typed: datetime.datetime | None

    @property
    def told(self):
        return f"has this open since {clock(self.since)}"

    @property
    def change(self):
        return f"; last change {clock(self.typed)}" if self.typed else ""


def clock(moment):
    """The time in the site's zone, with the day if that is not today."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local.day} {local:%B, %H:%M}"


def people_of(presences):
    """The people of these windows, each once, in the order of their coming."""
    found = {}
    for each in presences:
        known = found.get(each.editor_id)
        since = known.since if known else each.opened_at
        typed = max(filter(None, (known and known.typed, each.typed_at)), default=None)
        found[each.editor_id] = Person(each.editor_id, str(each), since, typed)
    return list(found.values())


def others_at(article, user):
    """The context of desk/presence.html: who else has the article open."""
    people = people_of(article.presences.of_others(user))
    return {"people": people[:MOST_NAMED], "more": len(people[MOST_NAMED:])}


def newer_than(article, shown, user):
    """The newest revision and who saved it, if the form shows version `shown` and that is an older one."""
    if not shown or shown >= article.version:
        return {}
    newest = article.revisions.select_related("by").defer("content").first()
    # After a merge the form goes on from its own text, which is the version just before the merged one.
    is_mine = newest.by_id == user.pk
    if is_mine and newest.kind == Revision.Kind.MERGED and shown == newest.number - 1:
        return {}
    who = "You have, in another window," if is_mine else f"{newest.who} has"
    return {"newer": newest, "shown": shown, "told": f"{who} saved a newer version at {clock(newest.at)}."}


def decided_since(article, seen, user):
    """The newest decision of somebody else since the form was opened. `seen` is the form's token."""
    if not seen:
        return {}
    act = older_forms.decided_since(article, seen, user)
    return {"decided": act, "decided_told": f"{older_forms.in_past(act)}."} if act else {}


@never_cache
@require_POST
@csrf_exempt
def presence(request):
    """Takes "user", "uid", "tab", "version" and "seen" of the form; "typed" if something was changed since
    the last request, "hidden" if the page is not in view, "left" if it is being left.

    Answers the lines that the form shows, as HTML, or an error status without any.
    """
    user = request.user
    # Checked before the token, because whoever is logged out has no valid token.
    if not is_at_desk(user):
        return HttpResponse(status=403)
    return presence_of(request, user)


@csrf_protect
def presence_of(request, user):
    sent = request.POST
    # If somebody else has logged in in another window, this form is not theirs.
    if sent.get("user") != str(user.pk):
        return HttpResponse(status=403)
    form = DeskForm.base_fields
    try:
        uid, shown = form["uid"].clean(sent.get("uid")), form["version"].clean(sent.get("version"))
    except ValidationError:
        return HttpResponse(status=400)
    if not is_tab(sent.get("tab", "")):
        return HttpResponse(status=400)
    article = uid and Article.objects.filter(uid=uid).defer("body", "prepared_body").first()
    if not may_be_at(user, article or Article.binned.filter(uid=uid).first()):
        return HttpResponse(status=403)
    if not article:
        # It was there when the form was opened.
        return render(request, "admin/desk/presence.html", {"gone": who_binned(uid=uid)})
    if "left" in sent:
        Presence.objects.filter(article=article, editor=user, tab=sent["tab"]).delete()
        return HttpResponse(status=204)
    note(article, user, sent["tab"], typed="typed" in sent, stays=HIDDEN if "hidden" in sent else IN_VIEW)
    context = {
        **others_at(article, user),
        **newer_than(article, shown, user),
        **decided_since(article, sent.get("seen", ""), user),
        "original": article,
        "notes_now": article.notes.state(),
        "bell": unread(user),
    }
    return render(request, "admin/desk/presence.html", context)


def may_be_at(user, article):
    """Whether the user may have had the form open in which one can write; None is deleted for good."""
    writes = may_somewhere(user, "change") or may_somewhere(user, "add")
    return writes and (article is None or may_read(user, article))


def note(article, user, tab, *, typed, stays):
    """Write down that the window is open."""
    now = timezone.now()
    window = {"article": article, "editor": user, "tab": tab}
    values = {"until": now + stays, **({"typed_at": now} if typed else {})}
    if Presence.objects.filter(**window).update(**values):
        return
    Presence.objects.left_behind(now).delete()
    Presence.objects.bulk_create([Presence(**window, **values)], ignore_conflicts=True)


def with_presences(articles, user):
    """The queryset with the windows that others have open, for mark(): one query more, however many articles
    there are."""
    windows = Presence.objects.of_others(user)
    return articles.prefetch_related(Prefetch("presences", windows, to_attr="windows_of_others"))


def mark(article):
    """A small mark for a list that names who else has the article open; empty if nobody has."""
    people = people_of(article.windows_of_others)
    if not people:
        return ""
    told = "; ".join(f"{person.name} {person.told}" for person in people)
    first, rest = people[0].name, len(people) - 1
    short = f"{first} and {rest} more" if rest else first
    return format_html(
        '<span class="open-by" title="{}"><span class="visually-hidden">Open now: </span>{}</span>',
        told,
        short,
    )
