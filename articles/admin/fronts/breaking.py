"""The page of the breaking news: putting a line out, and ending it. Whoever lays out the paper's front
may."""

import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin.desk.endpoints.linking import at_address
from articles.admin.desk.form.fields import SiteTimeField, TextField
from articles.admin.desk.times import spoken
from articles.conf import paper
from articles.models import Article, BreakingLine
from articles.models.addresses.paths import date_and_slug
from articles.publishing import Refused
from articles.publishing.breaking_line import OtherLine, end_line, line_on, number_of, put_out
from articles.publishing.rights.of_fronts import may_lay_out
from articles.publishing.shared.locks import tried_again

USUAL_TIME = datetime.timedelta(hours=3)
SHOWN = 10
is_web_address = URLValidator(schemes=["http", "https"])


class LinkField(TextField):
    """A page of the paper, as its path, or one of another site; empty for none."""

    def clean(self, value):
        typed = super().clean(value)
        typed = typed.removeprefix(paper().url) or ("/" if typed else "")
        if not typed:
            return ""
        if not typed.startswith("/") or typed.startswith("//"):
            self.look_at_another_site(typed)
        elif date_and_slug(f"{typed.rstrip('/')}/"):
            return self.of_public_article(typed)
        return typed

    def look_at_another_site(self, typed):
        try:
            is_web_address(typed)
        except ValidationError as error:
            message = "Paste the address of a story or of another page, like /world/ or https://example.org/."
            raise ValidationError(message) from error

    def of_public_article(self, typed):
        found = next(iter(at_address(Article.objects.published(), typed)), None)
        if found is None:
            raise ValidationError("Readers find no story there; publish it first, or leave this empty.")
        return found.get_absolute_url()


class BreakingForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = TextField(label="Text", max_length=BreakingLine._meta.get_field("text").max_length)
    link = LinkField(
        label="Link", max_length=500, help_text="The address of the story; empty while there is none."
    )
    until = SiteTimeField(label="Until")

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until is None:
            raise ValidationError("Say until when it is news; then it ends by itself.")
        return until

    def refuse(self, refusal):
        """Put what a verb has said to its fields."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    def tell_of_other(self):
        """Say who has done what meanwhile. The editor is told then, so doing it once more is allowed."""
        newest, line = BreakingLine.objects.select_related("by", "ended_by").first(), line_on(timezone.now())
        if line:
            told = f"{line.who} has put out “{line.text}” on {spoken(line.at)}, after you opened this page."
        elif newest and newest.ended_by:
            told = f"{newest.ended_by} has ended “{newest.text}” on {spoken(newest.ended_at)}."
        else:
            told = "The line that you saw has ended by itself."
        self.add_error(
            None, f"{told} What you typed is below and not out. Press the button once more for it."
        )
        self.data = self.data.copy()
        self.data["seen"] = number_of(line)


def breaking_view(request, site):
    if not may_lay_out(request.user, None):
        raise PermissionDenied("Breaking news is put out by those who may publish in all sections.")
    if request.method != "POST":
        return page(request, site, BreakingForm(initial=beginning()))
    form = BreakingForm(request.POST)
    is_done = end_it(request, form) if "_end" in request.POST else put_it_out(request, form)
    return HttpResponseRedirect(reverse("admin:articles_breaking")) if is_done else page(request, site, form)


def beginning():
    """What the form shows at first: the line that readers have now, or an empty one that ends in some
    hours."""
    line = line_on(timezone.now())
    if line:
        return {"seen": line.pk, "text": line.text, "link": line.link, "until": line.until}
    until = timezone.localtime(timezone.now() + USUAL_TIME).replace(second=0, microsecond=0)
    return {"seen": 0, "until": until}


def put_it_out(request, form):
    """False if it was refused, which the form then says."""
    if form.is_valid():
        data = form.cleaned_data
        verb = partial(put_out, data["text"], data["link"], data["until"])
        act(form, partial(verb, by=request.user, expected=data["seen"]))
    if form.errors:
        return False
    messages.success(request, f"It is out. It ends by itself on {spoken(form.cleaned_data['until'])}.")
    return True


def end_it(request, form):
    form.full_clean()
    # What is typed need not be right for that.
    form.errors.clear()
    act(form, partial(end_line, by=request.user, expected=form.cleaned_data.get("seen", 0)))
    if form.errors:
        return False
    messages.success(request, "It has ended: readers see it no more.")
    return True


def act(form, verb):
    try:
        tried_again(verb)
    except OtherLine:
        form.tell_of_other()
    except Refused as refusal:
        form.refuse(refusal)


def page(request, site, form):
    context = {
        **site.each_context(request),
        "title": "Breaking news",
        "form": form,
        "line": line_on(timezone.now()),
        "earlier": BreakingLine.objects.select_related("by", "ended_by")[:SHOWN],
        "zone": timezone.get_default_timezone_name(),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/fronts/breaking.html", context)
