"""Notes on an article, on a page of their own and beside the form. There
static/js/admin/desk/notes/panel.js shows the same threads."""

from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import mark_safe

from articles.admin.shared.session import UNSAVED
from articles.models import Article, Note
from articles.models.desk.people import name_of
from articles.publishing import Refused
from articles.publishing.notes import writing
from articles.publishing.notes.mentions import at_name, at_the_desk, by_name, pieces
from articles.publishing.notes.words import Words
from articles.publishing.rights.of_articles import may_read, may_write, who_may_read
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.text import one_line

MOST_PEOPLE = 8
ACTS = ("write", "answer", "edit", "remove", "resolve", "reopen")


def notes(request, site, article, is_only_shown=False):
    """`is_only_shown`: the session was lost, so nothing that was sent is done; see shared/session.py."""
    if not may_read(request.user, article):
        raise PermissionDenied
    if request.method != "POST":
        return page(request, site, article)
    if is_only_shown:
        return page(request, site, article, refused=UNSAVED)
    try:
        done = tried_again(lambda: act(request.POST, article, request.user))
    except Refused as refusal:
        return page(request, site, article, refused=str(refusal), status=409)
    if "panel" in request.GET:
        return page(request, site, article, done=done)
    return HttpResponseRedirect(address_of(article))


def act(sent, article, user):
    """Do what the button that was pressed says. Answers the name of the field whose words are stored now."""
    name = next((name for name in ACTS if name in sent), "")
    number, _, seen = sent.get(name, "").partition(".")
    number, seen = as_number(number), as_number(seen)
    if name == "write":
        words = Words.cleaned(*(sent.get(part, "") for part in ("quote", "before", "after")))
        writing.write_note(article, sent.get("new", ""), by=user, words=words)
        return "new"
    if name == "answer":
        writing.write_note(article, sent.get(f"answer-{number}", ""), by=user, thread=number)
        return f"answer-{number}"
    note = Note.objects.filter(article=article, pk=number).first()
    if note is None:
        writing.refuse(writing.REMOVED if name else "Press one of the buttons.")
    if name == "edit":
        writing.edit_note(note, sent.get(f"text-{number}", ""), by=user, seen=seen)
    elif name == "remove":
        writing.remove_note(note, by=user, seen=seen, may_moderate=may_write(user, article))
    elif name == "resolve":
        writing.resolve(note, by=user, seen=seen)
    else:
        writing.reopen(note, seen=seen)
    return f"text-{number}"


def as_number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def address_of(article):
    return reverse("admin:articles_article_notes", args=[article.pk])


def page(request, site, article, *, done="", refused="", status=200):
    typed = {name: text for name, text in request.POST.items() if name != done}
    context = {
        **site.each_context(request),
        **threads_of(article, request.user, typed),
        "title": "Notes",
        "opts": Article._meta,
        "original": article,
        "refused": refused,
        "typed": {} if done == "new" else typed,
        "is_nav_sidebar_enabled": False,
    }
    request.current_app = site.name
    template = "admin/desk/notes_panel.html" if "panel" in request.GET else "admin/desk/notes.html"
    return TemplateResponse(request, template, context, status=status)


def threads_of(article, user, typed=MappingProxyType({})):
    """The context of the threads: four queries, however many there are. `typed` are words that were sent and
    not stored."""
    threads = list(article.notes.threads())
    every = [note for thread in threads for note in (thread, *thread.answers.all())]
    people, may_moderate = names_of(every), may_write(user, article)
    for note in every:
        note.html = as_html(note, people)
        note.typed = typed.get(f"text-{note.pk}", "")
        note.is_mine = note.by_id == user.pk
        note.is_mine_to_remove = note.is_mine or (note.is_comment and may_moderate)
    for thread in threads:
        thread.typed_answer = typed.get(f"answer-{thread.pk}", "")
        thread.resolved_name = thread.resolved_by and name_of(thread.resolved_by)
    return {
        "threads": threads,
        "open_threads": sum(not thread.resolved_at for thread in threads),
        "notes_state": article.notes.state(),
        "notes_url": address_of(article),
    }


def names_of(notes):
    """The name after an @, in small letters → what colleagues call that person. No query if no note has
    one."""
    if not any(name for note in notes for _, name in pieces(note.text)):
        return {}
    return {name: name_of(people[0]) for name, people in by_name(at_the_desk()).items()}


def as_html(note, people):
    """The words of somebody without an account get no links: they may lead anywhere."""
    words_html = str if note.is_comment else with_links
    return format_html_join(
        "",
        "{}",
        (
            [format_html('<b class="note__name">@{}</b>', people[name.casefold()])]
            if name.casefold() in people
            else [words_html(words)]
            for words, name in pieces(note.text)
        ),
    )


def with_links(text):
    return mark_safe(urlize(text, nofollow=True, autoescape=True))  # noqa: S308 - urlize escapes it


def people(request, site, article):
    """Suggests, as JSON, colleagues for an @name: those who may read the article, and so the note."""
    if not may_read(request.user, article):
        raise PermissionDenied
    typed = one_line(request.GET.get("q", ""))[:100].casefold()
    found = [
        {"value": at_name(people[0]), "label": name_of(people[0])}
        for name, people in by_name(who_may_read(article)).items()
        if any(part.startswith(typed) for part in (name, *name.split("_")))
    ]
    return JsonResponse({"results": found[:MOST_PEOPLE]})
