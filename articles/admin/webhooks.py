"""Webhooks: who is told of articles, and what came of it. For administrators."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.utils import timezone

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.removal import Removal
from articles.http.public_addresses import PORTS, is_public
from articles.models import Webhook
from articles.models.processes.webhook import Event
from articles.publishing.webhooks import remove_webhook, save_webhook, try_webhook

NOT_PUBLIC = "This is an address of this machine or of its network; only public ones are told."


class WebhookForm(GuardedForm, PlainForm):
    address = forms.URLField(
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="Where it is told, by POST. It has to be a public address.",
    )
    events = forms.MultipleChoiceField(
        choices=Event.choices, widget=forms.CheckboxSelectMultiple, label="It is told when"
    )

    class Meta:
        model = Webhook
        fields = ["name", "address", "events", "is_on"]

    def clean_address(self):
        """A name is looked up, and judged, when it is told."""
        address = self.cleaned_data["address"]
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError as error:
            raise forms.ValidationError("This is no address of the web.") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise forms.ValidationError("Write an address of the web, without a name and a password in it.")
        if port not in (None, *PORTS):
            raise forms.ValidationError(f"Only the ports {' and '.join(map(str, PORTS))} are told.")
        if is_of_this_network(parts.hostname):
            raise forms.ValidationError(NOT_PUBLIC)
        return address


def is_of_this_network(host):
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")


@admin.register(Webhook)
class WebhookAdmin(KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = WebhookForm
    list_display = ["name", "address", "is_on", "result", "waiting"]
    actions = ["try_them"]
    view_on_site = False

    def get_fields(self, request, obj=None):
        own = ["name", "address", "events", "is_on", "shown_version", "shown_entry"]
        return [*own, "signed_with", "result", "waiting"] if obj else own

    def get_readonly_fields(self, request, obj=None):
        return ["signed_with", "result", "waiting"] if obj else []

    def save_model(self, request, obj, form, change):
        save_webhook(obj, by=request.user, expected=shown_version(form) if change else None)

    def delete_model(self, request, obj):
        remove_webhook(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            remove_webhook(obj, by=request.user)

    @admin.action(description="Send a trial to the selected webhooks", permissions=["change"])
    def try_them(self, request, queryset):
        hooks = list(queryset.filter(is_on=True))
        for hook in hooks:
            try_webhook(hook)
        messages.success(request, f"{len(hooks)} are told in a moment; look here again for what they answer.")

    @admin.display(description="secret")
    def signed_with(self, hook):
        return hook.secret

    @admin.display(description="last result")
    def result(self, hook):
        if not hook.last_at:
            return "never told"
        return f"{timezone.localtime(hook.last_at):%d %B %H:%M:%S}: {hook.last_result}"

    @admin.display(description="waiting")
    def waiting(self, hook):
        return hook.deliveries.count()
