"""Setting a forgotten password anew, for people who are not logged in."""

import threading
import time

from django.contrib import admin, messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from .links import email_with_link, send_in_a_thread, sends_email
from .new_password import ForgottenPassword

# Seconds for which one account gets no second e-mail, so that nobody's mailbox is filled. Each process counts
# for itself.
AGAIN_AFTER = 300.0
sent_at, sent_at_lock = {}, threading.Lock()


class ForgottenForm(PasswordResetForm):
    def get_users(self, email):
        """Also people who were invited and have never set a password: their link may have become too old.
        Django leaves out all who have none, and so those whose password an administrator has taken away."""
        invited = User.objects.filter(email__iexact=email, is_active=True, last_login=None)
        return [*super().get_users(email), *(user for user in invited if not user.has_usable_password())]


@never_cache
def forgotten(request):
    form = ForgottenForm(request.POST or None)
    is_sent = request.method == "POST" and sends_email() and form.is_valid()
    if is_sent:
        for user in form.get_users(form.cleaned_data["email"]):
            if user.is_staff and may_get_another(user):
                send_in_a_thread(email_with_link(user, invites=not user.has_usable_password()))
    context = {
        **admin.site.each_context(request),
        "title": "Forgotten password",
        "form": form,
        "is_sent": is_sent,
        "sends_email": sends_email(),
    }
    return TemplateResponse(request, "admin/people/forgotten.html", context)


def may_get_another(user):
    now = time.monotonic()
    # Several threads ask at the same time.
    with sent_at_lock:
        for number in [number for number, moment in sent_at.items() if now - moment > AGAIN_AFTER]:
            del sent_at[number]
        return sent_at.setdefault(user.pk, now) == now


@method_decorator(never_cache, name="dispatch")
class SetPassword(PasswordResetConfirmView):
    form_class = ForgottenPassword
    template_name = "admin/people/set_password.html"
    success_url = reverse_lazy("admin:login")
    reset_url_token = "new"  # noqa: S105 - the last word of the address, once the real one is in the session

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active and user.is_staff else None

    def form_valid(self, form):
        answer = super().form_valid(form)
        messages.success(self.request, "Your password is set. Log in with it.")
        return answer

    def get_context_data(self, **more):
        context = super().get_context_data(**more)
        return {**admin.site.each_context(self.request), **context, "title": "Set your password"}
