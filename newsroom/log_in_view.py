"""The two steps of a log-in, as one view. The desk calls it wherever somebody has to log in, with what was
typed there carried along, so each step answers with a form that has all of it."""

import json

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.accounts import app_setup, factors, passkeys, pending
from articles.metrics.counts import counted

from .log_in import CodeForm, is_stopped, may_try, too_many_tries

STEP = "second_step"
WRONG = "This code is not right. The app shows a new one every half minute; a recovery code is good once."
OTHER_KEY = "That passkey was not taken. Try again, or use a code."
TOO_LATE = "That took longer than ten minutes. Log in once more."


class DeskLogIn(LoginView):
    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        if is_stopped(request):
            counted.add("log_ins_refused", "too many tries")
            answer.status_code = 429
        return answer

    def get(self, request, *args, **kwargs):
        """Whoever comes from a provider has taken the first step there."""
        person = pending.person_of(request) if STEP in request.GET else None
        return self.ask(person, CodeForm()) if person else super().get(request, *args, **kwargs)

    def form_invalid(self, form):
        if not is_stopped(self.request):
            counted.add("log_ins_refused", "wrong password")
        return super().form_invalid(form)

    def post(self, request, *args, **kwargs):
        return self.second_step() if STEP in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        person = form.get_user()
        if not (factors.has_any(person) or factors.is_required(person)):
            return super().form_valid(form)
        pending.forget(self.request)
        pending.remember(self.request, person)
        return self.ask(person, CodeForm())

    def second_step(self):
        person = pending.person_of(self.request)
        if person is None:
            return self.first_step_again(TOO_LATE)
        if not may_try(self.request, person.get_username()):
            return self.first_step_again(too_many_tries(self.request, person.get_username()))
        form = CodeForm(self.request.POST)
        if form.is_valid() and (factor := self.factor_of(person, form)):
            return self.come_in(person, factor)
        if is_stopped(self.request):
            return self.first_step_again(too_many_tries(self.request, person.get_username()))
        return self.ask(person, form)

    def factor_of(self, person, form):
        """Which one is given; empty if none is, and then the form says why."""
        code, key = form.cleaned_data["second_code"], self.request.session.get(pending.KEY)
        if form.cleaned_data["second_passkey"]:
            return self.by_passkey(person, form)
        if not code:
            form.add_error("second_code", "Type the code.")
            return ""
        if not factors.has_any(person):
            found = "code" if key and factors.set_up_app(person, key, code) else ""
        else:
            try:
                found = factors.takes(person, code)
            except factors.Wait as wait:
                until = timezone.localtime(wait.until)
                form.add_error(
                    "second_code", f"Too many wrong codes. Try again after {until:%d %B, %H:%M:%S}."
                )
                return ""
        if not found:
            self.refuse(person, form)
        return found

    def by_passkey(self, person, form):
        try:
            passkeys.use(self.request, person, form.cleaned_data["second_passkey"])
        except passkeys.NotTaken:
            self.refuse(person, form, "passkey refused", OTHER_KEY)
            return ""
        return "passkey"

    def refuse(self, person, form, detail="wrong code", told=WRONG):
        """Counted as a wrong password is."""
        said = {"username": person.get_username(), "second_factor": detail}
        user_login_failed.send(sender=__name__, credentials=said, request=self.request)
        if not is_stopped(self.request):
            counted.add("log_ins_refused", "wrong code")
        form.add_error("second_code", told)

    def come_in(self, person, factor):
        by = pending.by(self.request)
        pending.forget(self.request)
        self.request.second_factor = f"{by} and {factor}" if by else factor
        login(self.request, person)
        self.request.session[pending.COMPLETE] = factor
        if by:
            self.request.session[pending.BY] = by
        if left := few_codes(person):
            messages.warning(self.request, left)
        return HttpResponseRedirect(self.get_success_url())

    def first_step_again(self, why):
        pending.forget(self.request)
        form = self.get_form_class()(self.request)
        return self.render_to_response(self.get_context_data(form=form, told=why))

    def ask(self, person, form):
        context = {"form": form, "second_step": STEP, "person": person, "title": "Log in"}
        if STEP in self.request.GET:
            # There “as somebody else” leads to the first step.
            context["app_path"] = self.request.path
        if not factors.has_any(person):
            context |= app_setup.shown(self.request, person)
        elif factors.has_passkey(person):
            # A field that was filled would be sent again with a code.
            form.data = {**form.data.dict(), "second_passkey": ""} if form.is_bound else {}
            context["asked_passkey"] = json.dumps(passkeys.to_use(self.request, person))
        context["has_app"] = factors.has_app(person)
        return self.render_to_response(self.get_context_data(**context))


def few_codes(person):
    left = factors.codes_left(person)
    if left > 2:
        return ""
    told = "You have no recovery codes" if not left else f"You have only {left} recovery codes left"
    return format_html(
        '{}: without them a lost phone locks you out. <a href="{}">Make new ones</a>.',
        told,
        reverse("desk_log_ins"),
    )
