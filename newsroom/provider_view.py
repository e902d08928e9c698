"""Logging in with a provider: to it, and back from it. What it says takes the password's place; a second
factor is asked for after that as after a password, unless the provider has asked for one and is trusted
with it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.accounts import factors, pending, provider, provider_people
from articles.audit import record
from articles.conf import absolute, single_sign_on
from articles.http.client_address import client_address
from articles.metrics.counts import counted
from articles.models import AuditEntry
from articles.views.search.brake import Brake

from .log_in_view import STEP

BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the session: where somebody wants to go, and that they write in another tab.
ON_THE_WAY = "desk_on_the_way"
SAID = "single sign-on"
# Each question takes one of the server, too.
BRAKE = Brake(at_once=20, seconds=3)
TOO_OFTEN = "That was asked for too often. Try again in {} seconds."


@never_cache
@require_GET
def to_provider(request):
    refuse_without_one()
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        # Whoever is logged in at the provider would come in by a link on any page.
        return HttpResponseRedirect(reverse("admin:login"))
    if wait := BRAKE.wait(client_address(request)):
        return not_in(request, TOO_OFTEN.format(wait))
    try:
        address = provider.address_to_ask_at(request, absolute(reverse("desk_from_provider")))
    except provider.NotTaken as refusal:
        return not_taken(request, refusal)
    request.session[ON_THE_WAY] = {"next": next_address(request), "beside": "beside" in request.GET}
    return HttpResponseRedirect(address)


@never_cache
@require_GET
def from_provider(request):
    refuse_without_one()
    try:
        claims = provider.answered(request)
        person = provider_people.person_of(claims)
    except provider.NotTaken as refusal:
        return not_taken(request, refusal)
    person.backend = BACKEND
    has_asked = provider_people.has_asked_for_more(claims)
    if not has_asked and (factors.has_any(person) or factors.is_required(person)):
        return to_second_step(request, person)
    return come_in(request, person, has_asked=has_asked)


@never_cache
@require_GET
def end_at_provider(request):
    """For whoever has logged out of the desk and wants to be logged out at the provider, too."""
    refuse_without_one()
    if wait := BRAKE.wait(client_address(request)):
        return not_in(request, TOO_OFTEN.format(wait))
    try:
        return HttpResponseRedirect(provider.address_to_end_at())
    except provider.NotTaken as refusal:
        return not_taken(request, refusal)


def refuse_without_one():
    if single_sign_on() is None:
        raise Http404


def to_second_step(request, person):
    pending.forget(request)
    pending.remember(request, person, by=SAID)
    way = request.session.pop(ON_THE_WAY, {})
    query = urlencode({STEP: 1, "next": way.get("next", reverse("admin:index"))})
    return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")


def come_in(request, person, *, has_asked):
    way = request.session.pop(ON_THE_WAY, {})
    request.second_factor = f"{SAID} and its second factor" if has_asked else SAID
    login(request, person)
    request.session[pending.BY] = SAID
    if has_asked:
        request.session[pending.COMPLETE] = SAID
    if way.get("beside"):
        messages.success(request, "You are logged in. Go back to the page on which you were writing.")
    return HttpResponseRedirect(way.get("next", reverse("admin:index")))


def not_taken(request, refusal):
    if refusal.why:
        record(AuditEntry.Kind.REFUSED, SAID, detail=refusal.why)
        counted.add("log_ins_refused", SAID)
    return not_in(request, str(refusal))


def not_in(request, told):
    way = request.session.pop(ON_THE_WAY, {})
    messages.error(request, told)
    query = urlencode({"next": way["next"]}) if way else ""
    return HttpResponseRedirect(f"{reverse('admin:login')}?{query}".removesuffix("?"))


def next_address(request):
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else reverse("admin:index")
