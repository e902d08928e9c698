"""How one logs in: where one is logged in now, which its owner can end."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles.accounts import agents, sessions
from articles.admin.shared.nonsense import row_number


def end_one(request):
    number = row_number(request.POST.get("number", ""))
    ended = number is not None and sessions.end(request.user, number=number)
    messages.success(request, "That log-in has ended." if ended else "It had ended already.")


def end_others(request):
    sessions.end(request.user, but=request.session.session_key)
    messages.success(request, "All other log-ins have ended.")


ACTS = {"end": end_one, "end_others": end_others}


@never_cache
def log_ins(request):
    if request.method == "POST":
        if act := ACTS.get(request.POST.get("act")):
            act(request)
        return HttpResponseRedirect(reverse("desk_log_ins"))
    context = {
        **admin.site.each_context(request),
        "title": "How you log in",
        "sessions": [
            (each, agents.in_words(each.agent), each.key == request.session.session_key)
            for each in sessions.of(request.user)
        ],
    }
    return TemplateResponse(request, "admin/people/log_ins.html", context)
