"""The change form of articles: showing it, taking it in, and showing it again with what was typed."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.presence import others_at
from articles.admin.shared.session import UNSAVED
from articles.models import Article
from articles.publishing import Conflict, Content, Gone, Problem, Refused
from articles.publishing.article.merging.older_forms import (
    ChangedMeanwhile,
    meanwhile,
    past_saves,
    token_of,
)
from articles.publishing.shared.locks import tried_again

from . import acts
from .conflicts.binned_article import what_now, who_binned
from .conflicts.choices import clash_of
from .conflicts.older_forms import is_done_already, is_saved_already
from .endpoints.unsaved import forget, offered
from .form.article_form import DeskForm, initial_of, initial_of_new
from .form.body_editor import desk_address
from .form.pictures import may_describe
from .notes import threads_of
from .panel import panel
from .rights import BIN, SAVE, act_of, may_open, not_for, permitted

TAKEN = (
    "An article was saved from this form already, and you may not change it. This text is not saved: press"
    " the button again to make another article of it, or ask an editor."
)


def show(request, site, article):
    if not may_open(request.user, article):
        raise PermissionDenied(not_for(request.user, article))
    initial = initial_of(Content.newest(article), article) if article else initial_of_new(request.user)
    form = DeskForm(initial=initial, user=request.user, article=article)
    if not permitted(SAVE, request.user, article):
        for field in form.visible_fields():
            field.field.disabled = True
    return page(request, site, form)


def show_unsaved(request, site, article):
    """Show the form with what was typed, without saving it. Called after a log-in when the session was
    lost."""
    if not may_open(request.user, article):
        raise PermissionDenied(not_for(request.user, article))
    messages.warning(request, UNSAVED)
    return page(request, site, typed_form(request, article), notice="unsaved")


def typed_form(request, article):
    return DeskForm(request.POST, request.FILES, user=request.user, article=article)


def take(request, site, article):
    """Take in a form that somebody who is logged in has sent."""
    if not may_open(request.user, article):
        raise PermissionDenied(not_for(request.user, article))
    form, act = typed_form(request, article), act_of(request.POST)
    if not form.is_valid():
        return page(request, site, form, status=422)
    try:
        done = performed(request, act, form)
    except Gone:
        return take_without_article(request, site, pk=article.pk)
    except Conflict:
        return after_conflict(request, site, form, act)
    except ChangedMeanwhile as refusal:
        return after_decision(request, site, form, act, refusal)
    except Refused as refusal:
        form.add_problems(refusal.problems)
        allowed = permitted(act, request.user, article)
        return page(request, site, form, status=422 if allowed else 403)
    return finished(request, form, done)


def finished(request, form, done):
    tell(request, form, done)
    if done.article.binned_at:
        return to_list()
    # “?merged” tells the form's script that the saved values differ from those that it sent.
    typed = done.typed or (done.article.version if form.is_amended else None)
    return HttpResponseRedirect(form_address(done.article) + (f"?merged={typed}" if typed else ""))


def to_list():
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def performed(request, act, form):
    """Do the act, and try it again if another transaction was in its way."""
    done = partial(acts.perform, act, form, by=request.user, forget=partial(forget, request))
    return tried_again(done)


def form_address(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def tell(request, form, done):
    url = done.article.get_absolute_url()
    if done.article.binned_at:
        bin_address = reverse("admin:articles_binnedarticle_changelist")
        messages.success(request, format_html('{} <a href="{}">See the bin</a>', done.message, bin_address))
    elif done.article.is_public():
        messages.success(request, format_html('{} <a href="{}">View the page</a>', done.message, url))
    else:
        messages.success(request, done.message)
    if form.cleaned_line:
        messages.info(request, form.cleaned_line)
    for note in filter(None, (done.meanwhile, *form.notes)):
        messages.warning(request, note)


def after_decision(request, site, form, act, refusal):
    """Answer when others have done something meanwhile. If the form was sent twice, its act is done already.
    Otherwise the page says what others have done, and the next click takes that into account."""
    if is_done_already(act, form, refusal.acts, by=request.user):
        messages.info(request, "This had been done already.")
        forget(request, form.article.uid)
        return HttpResponseRedirect(form_address(form.article))
    article = Article.objects.get(pk=form.article.pk)
    again = with_version(form, article, token_of(article))
    again.add_problems(refusal.problems)
    return page(request, site, again, status=409)


def after_conflict(request, site, form, act):
    """Answer after a conflict. If the form was sent twice, it is saved already. Otherwise somebody else was
    faster, and the page shows both texts side by side."""
    known = {"pk": form.article.pk} if form.article else {"uid": form.cleaned_data["uid"]}
    article = Article.objects.filter(**known).first()
    if article is None:
        return as_a_new_one(request, site, form, what_now(**known))
    if not may_open(request.user, article):
        return as_a_new_one(request, site, form, TAKEN)
    if is_saved_already(form, Content.newest(article)):
        if form.article is None or act == SAVE:
            messages.info(request, "This had been saved already.")
            forget(request, article.uid)
            return HttpResponseRedirect(form_address(article))
        # Its editor knows the text, but not what somebody may have decided since.
        again = with_version(form, article, past_saves(article, form.cleaned_data["seen"]))
        if again.is_valid():
            return finish_again(request, site, again, act)
    clash = clash_of(form, article, meanwhile(article, form.cleaned_data["seen"]))
    return page(request, site, with_decisions(form, article), status=409, clash=clash)


def take_without_article(request, site, **known):
    """Answer a form whose article is in the bin by now, or deleted for good. Its text can be saved as a new
    article. Whoever wanted to put it into the bin has nothing to save."""
    if act_of(request.POST) == BIN:
        messages.info(request, who_binned(**known))
        return to_list()
    form = DeskForm(request.POST, request.FILES, user=request.user)
    return as_a_new_one(request, site, form, what_now(**known))


def as_a_new_one(request, site, form, message):
    """Show the text of the form as that of a new article: if its article is gone, or is one that this person
    may not read. Then the page shows nothing of it."""
    data = form.data.copy()
    data["uid"], data["version"], data["seen"] = str(uuid.uuid4()), "0", ""
    again = DeskForm(data, user=request.user)
    again.add_problems([Problem("", message)])
    return page(request, site, again, status=409)


def finish_again(request, site, form, act):
    """Do the act of a form whose text is saved already."""
    try:
        done = performed(request, act, form)
    except ChangedMeanwhile as refusal:
        return after_decision(request, site, form, act, refusal)
    except Refused as refusal:
        form.add_problems(refusal.problems)
        return page(request, site, form, status=409)
    return finished(request, form, done)


def with_decisions(form, article):
    """The form with the same text and the same version, but with the token of now, because the page shows
    what was done meanwhile. As the version is the old one, the text is merged with the colleague's when it is
    saved."""
    data = form.data.copy()
    data["uid"], data["seen"] = str(article.uid), token_of(article)
    return DeskForm(data, user=form.user, article=article)


def with_version(form, article, seen):
    """The form with the same text, but with the newest version, and with `seen` as its token."""
    data = form.data.copy()
    data["version"], data["uid"], data["seen"] = article.version, str(article.uid), seen
    return DeskForm(data, user=form.user, article=article)


def page(request, site, form, *, status=200, **more):
    article = form.article
    opts = Article._meta
    lead, desk = lead_of(form), panel(article, request.user)
    if form.is_bound and more.get("notice") != "unsaved":
        form.is_valid()
    context = {
        **site.each_context(request),
        "title": (article.headline or "Untitled") if article else "New article",
        "opts": opts,
        "original": article,
        "form": form,
        "desk": desk,
        "may_describe": bool(lead)
        and may_describe(request.user, lead)
        or request.user.has_perm("articles.change_image"),
        "lead": lead,
        "lead_src": desk_address(lead) if lead else "",
        "unsaved": offered(request.user, article) if not form.is_bound else [],
        "unsaved_url": reverse("admin:articles_desk_unsaved"),
        **(others_at(article, request.user) if article else {}),
        **(threads_of(article, request.user) if article else {}),
        "picker_url": reverse("admin:articles_image_picker"),
        "action": form_address(article) if article else reverse("admin:articles_article_add"),
        "may_change": desk["acts"]["save_draft"],
        "is_nav_sidebar_enabled": False,
        "has_view_permission": True,
        **more,
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/articles/article/change_form.html", context, status=status)


def lead_of(form):
    """The picture that the form shows, either the stored one or one that was chosen but not saved."""
    if not form.is_bound:
        return form.initial.get("lead_image")
    try:
        return form.fields["lead_image"].to_python(form["lead_image"].value())
    except ValidationError:
        return None
