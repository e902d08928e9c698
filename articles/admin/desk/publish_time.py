"""The page on which a live article gets another publish time. Not in the article's form, because it counts
at once and saves no text."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.encoding import uri_to_iri

from articles import publishing
from articles.admin.shared.session import UNSAVED
from articles.models import Article
from articles.publishing import Refused
from articles.publishing.article.drafts import locked
from articles.publishing.article.merging.older_forms import refuse_if_changed, token_of
from articles.publishing.article.scheduling.publish_time import NOT_OUT, has_come_out
from articles.publishing.shared.locks import tried_again

from .form.fields import SiteTimeField
from .form.times_form import WHICH, TimeForm, to_minute
from .panel import zone
from .rights import RESCHEDULE, permitted, refuse_what_is_not_theirs
from .times import spoken


class PublishTimeForm(TimeForm):
    publish_at = SiteTimeField(label="Publish time")
    publish_at_which = forms.ChoiceField(choices=WHICH, required=False)
    # What the page showed of the article: see publishing/article/merging/older_forms.py.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_publish_at(self):
        time = self.within_reason("publish_at")
        if time is None:
            raise forms.ValidationError("Write the day and the time at which it was published.")
        return time

    def which_publish_at(self):
        return self.which("publish_at")


def publish_time(request, site, article, is_only_shown=False):
    if not permitted(RESCHEDULE, request.user, article):
        raise PermissionDenied
    if not has_come_out(article):
        messages.warning(request, NOT_OUT)
        return to_article(article)
    if request.method != "POST":
        shown = {"publish_at": article.publish_at, "seen": token_of(article)}
        return page(request, site, article, PublishTimeForm(initial=shown))
    form = PublishTimeForm(request.POST)
    if is_only_shown:
        form.add_error(None, UNSAVED)
        return page(request, site, article, form)
    return taken(request, site, article, form) if form.is_valid() else page(request, site, article, form, 422)


def taken(request, site, article, form):
    try:
        told = tried_again(lambda: done(request, article, form.cleaned_data))
    except Refused as refusal:
        again = PublishTimeForm({**form.data.dict(), "seen": token_of(article)})
        for problem in refusal.problems:
            again.add_error("publish_at" if problem.field else None, problem.message)
        return page(request, site, article, again, 409)
    messages.success(request, told)
    return to_article(article)


@transaction.atomic
def done(request, article, data):
    article = locked(article)
    # Asked of the locked row: a colleague may have moved it into another section.
    refuse_what_is_not_theirs(RESCHEDULE, request.user, article, article.section_id)
    refuse_if_changed(article, data["seen"])
    # A field shows no seconds.
    if data["publish_at"] == to_minute(article.publish_at):
        return "The publish time is this already."
    before = article.get_absolute_url()
    article = publishing.change_publish_time(article, by=request.user, at=data["publish_at"])
    told = f"Readers see {spoken(article.publish_at)} as its publish time now."
    if article.get_absolute_url() != before:
        told += f" Its address is {uri_to_iri(article.get_absolute_url())}; the one before leads there."
    return told


def to_article(article):
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def page(request, site, article, form, status=200):
    context = {
        **site.each_context(request),
        "title": "Publish time",
        "opts": Article._meta,
        "original": article,
        "form": form,
        "zone": zone(),
        "address": uri_to_iri(article.get_absolute_url()),
        "changes_at": spoken(article.scheduled_for) if article.has_scheduled_changes else "",
        "is_nav_sidebar_enabled": False,
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/desk/publish_time.html", context, status=status)
