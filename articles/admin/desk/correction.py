"""The page of one note to readers: its words are mended there, or it is taken off the article's page. Both
stay in the history, with what the note said."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import publishing
from articles.admin.shared.session import UNSAVED
from articles.models import Article, Correction
from articles.publishing import Refused
from articles.publishing.article.drafts import locked
from articles.publishing.article.merging.older_forms import refuse_if_changed, token_of
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.text import plain_text

from .form.fields import TextField
from .rights import CORRECT, permitted

GONE = "This note is no longer on the page; somebody has removed it."


class NoteForm(forms.Form):
    kind = forms.ChoiceField(choices=Correction.Kind.choices)
    text = TextField(
        single_line=False,
        max_length=5000,
        label="What was wrong and what is right",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # What the page showed of the article: see publishing/article/merging/older_forms.py.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


def correction(request, site, article, number, is_only_shown=False):
    if not permitted(CORRECT, request.user, article):
        raise PermissionDenied
    note = article.corrections.filter(pk=number).first()
    if note is None:
        messages.warning(request, GONE)
        return to_article(article)
    if request.method != "POST":
        return page(request, site, note, NoteForm(initial=shown(note)))
    form = NoteForm(request.POST)
    if is_only_shown:
        form.add_error(None, UNSAVED)
        return page(request, site, note, form)
    return taken(request, site, note, form) if form.is_valid() else page(request, site, note, form, 422)


def shown(note):
    return {"kind": note.kind, "text": note.text, "seen": token_of(note.article)}


def taken(request, site, note, form):
    typed = plain_text(form.cleaned_data["text"]), form.cleaned_data["kind"]
    if "remove" not in request.POST and typed == (note.text, note.kind):
        messages.info(request, "The note says this already.")
        return to_article(note.article)
    try:
        told = tried_again(lambda: done(request, note, form.cleaned_data))
    except Refused as refusal:
        again = NoteForm({**form.data.dict(), "seen": token_of(note.article)})
        for problem in refusal.problems:
            again.add_error("text" if problem.field == "text" else None, problem.message)
        return page(request, site, note, again, 409)
    messages.success(request, told)
    return to_article(note.article)


@transaction.atomic
def done(request, note, data):
    article = locked(note.article)
    refuse_if_changed(article, data["seen"])
    if "remove" in request.POST:
        publishing.remove_correction(article, note.pk, by=request.user)
        return "The note is off the page. What it said stands in the history."
    publishing.mend_correction(article, note.pk, by=request.user, text=data["text"], kind=data["kind"])
    return "The note is mended on the page. What it said before stands in the history."


def to_article(article):
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def page(request, site, note, form, status=200):
    context = {
        **site.each_context(request),
        "title": f"{note.get_kind_display()} on the page",
        "opts": Article._meta,
        "original": note.article,
        "form": form,
        "is_nav_sidebar_enabled": False,
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/desk/correction.html", context, status=status)
