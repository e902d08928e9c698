"""How one logs in: second factors, and where one is logged in now. Only its owner sees the page."""

import json

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles.accounts import agents, app_setup, factors, passkeys, pending, sessions
from articles.admin.shared.nonsense import row_number
from articles.models import ApiToken, Passkey

from .confirming import Confirmed, ConfirmedWithFactor

WRONG_CODE = "This is not the code that the app shows now. Try the next one."


class AppForm(Confirmed):
    field_order = ["code", "password"]
    code = forms.CharField(
        label="The code that the app shows",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean(self):
        data, key = super().clean(), self.request.session.get(pending.KEY)
        # Only with the right password, because that keeps the app.
        if not self.errors and not (key and factors.set_up_app(self.request.user, key, data["code"])):
            self.add_error("code", WRONG_CODE)
        return data


class PasskeyForm(Confirmed):
    field_order = ["name", "password"]
    name = forms.CharField(
        label="A name for it", max_length=60, help_text="Such as “my phone”, to know it again."
    )
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if not self.errors:
            try:
                passkeys.add(self.request, self.request.user, data["answer"], name=data["name"])
            except passkeys.NotTaken:
                self.add_error("name", "The browser's answer was not taken. Press the button once more.")
        # An answer is good once.
        self.data = {**self.data.dict(), "answer": ""}
        return data


def end_one(request):
    number = row_number(request.POST.get("number", ""))
    ended = number is not None and sessions.end(request.user, number=number)
    messages.success(request, "That log-in has ended." if ended else "It had ended already.")
    return done()


def end_others(request):
    sessions.end(request.user, but=request.session.session_key)
    messages.success(request, "All other log-ins have ended.")
    return done()


def set_up_app(request):
    form = AppForm(request, request.POST, auto_id="app_%s")
    if not form.is_valid():
        return page(request, app_form=form)
    del request.session[pending.KEY]
    request.session[pending.COMPLETE] = "code"
    messages.success(request, "From now on a code of your app is asked for. All other log-ins have ended.")
    return (
        done() if factors.codes_left(request.user) else page(request, codes=factors.new_codes(request.user))
    )


def add_passkey(request):
    form = PasskeyForm(request, request.POST, auto_id="passkey_%s")
    if not form.is_valid():
        return page(request, passkey_form=form)
    request.session[pending.COMPLETE] = "passkey"
    messages.success(request, "From now on this passkey is asked for. All other log-ins have ended.")
    return (
        done() if factors.codes_left(request.user) else page(request, codes=factors.new_codes(request.user))
    )


def remove_passkey(request):
    form, person = confirm_form(request), request.user
    number = row_number(request.POST.get("act", "").partition(":")[2])
    others = Passkey.objects.filter(person=person).exclude(pk=number)
    if form.is_valid() and may_remove(request, keeps=factors.has_app(person) or others.exists()):
        passkeys.remove(person, number or 0)
        messages.success(request, "That passkey is good no longer.")
        return done()
    return page(request, confirming=form)


def confirm_form(request):
    return ConfirmedWithFactor(request, request.POST, auto_id="confirm_%s")


def remove_app(request):
    form = confirm_form(request)
    if form.is_valid() and may_remove(request, keeps=factors.has_passkey(request.user)):
        factors.remove_app(request.user)
        messages.success(request, "The app's codes are good no longer.")
        return done()
    return page(request, confirming=form)


def make_codes(request):
    form = confirm_form(request)
    return (
        page(request, codes=factors.new_codes(request.user))
        if form.is_valid()
        else page(request, confirming=form)
    )


def may_remove(request, *, keeps):
    if keeps or not factors.is_required(request.user):
        return True
    messages.error(request, "Your role needs a second factor: set up another one first.")
    return False


ACTS = {
    "end": end_one,
    "end_others": end_others,
    "set_up_app": set_up_app,
    "remove_app": remove_app,
    "add_passkey": add_passkey,
    "remove_passkey": remove_passkey,
    "make_codes": make_codes,
}


@never_cache
def log_ins(request):
    if request.method != "POST":
        return page(request)
    act = ACTS.get(request.POST.get("act", "").partition(":")[0])
    return act(request) if act else done()


def done():
    return HttpResponseRedirect(reverse("desk_log_ins"))


def page(request, *, codes=(), app_form=None, passkey_form=None, confirming=None):
    """`codes` are shown this once."""
    person, has_app = request.user, factors.has_app(request.user)
    context = {
        **admin.site.each_context(request),
        "title": "How you log in",
        "sessions": [
            (each, agents.in_words(each.agent), each.key == request.session.session_key)
            for each in sessions.of(person)
        ],
        "has_app": has_app,
        "has_any": factors.has_any(person),
        "is_required": factors.is_required(person),
        "codes": codes,
        "codes_left": factors.codes_left(person),
        "passkeys": Passkey.objects.filter(person=person),
        "tokens": ApiToken.objects.open().filter(person=person).count(),
        "passkey_form": passkey_form or PasskeyForm(request, auto_id="passkey_%s"),
        "asked_passkey": json.dumps(passkeys.to_add(request, person)),
        "confirm_form": confirming or ConfirmedWithFactor(request, auto_id="confirm_%s"),
    }
    if context["passkeys"]:
        asked = passkeys.to_use(request, person, kept_as=passkeys.CONFIRMING)
        context["passkey_to_show"] = json.dumps(asked)
    if not has_app and (app_form or "set_up" in request.GET):
        if app_form is None:
            # A new key each time the page is opened: somebody else may have seen the last one on this screen.
            request.session.pop(pending.KEY, None)
        context |= {
            "app_form": app_form or AppForm(request, auto_id="app_%s"),
            **app_setup.shown(request, person),
        }
    return TemplateResponse(request, "admin/people/log_ins.html", context)
