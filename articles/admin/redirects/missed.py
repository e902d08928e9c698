"""Addresses at which readers found nothing. Each becomes a redirect, or says that it is gone, with one
click."""

import re
from functools import partial
from urllib.parse import unquote, urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.admin.log import ReadOnly
from articles.admin.shared.nonsense import RefusesNonsense
from articles.models import Article, MissedAddress
from articles.publishing import Refused
from articles.publishing.addresses.redirects import Wanted, readable, save_redirect
from articles.publishing.shared.locks import tried_again

ENDING = re.compile(r"\.\w{2,5}\Z")


def last_word(path):
    """The last word of the address, as a slug would have it."""
    return ENDING.sub("", unquote(path).rstrip("/").rpartition("/")[2]).lower()


def guesses(missed):
    """Number of the row → the newest public article whose slug is the last word of the address."""
    words = {each.pk: last_word(each.path) for each in missed}
    rows = Article.objects.published().filter(slug__in=set(words.values()) - {""})
    found = {row.slug: row for row in rows.only("uid", "slug", "address_date").order_by("publish_at")}
    return {pk: found[word] for pk, word in words.items() if word in found}


@admin.register(MissedAddress)
class MissedAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["address", "hits", "last_on", "lead"]
    ordering = ["-hits", "-last_on"]
    search_fields = ["path"]
    search_help_text = "A part of the address. Those that readers asked for most stand first."
    list_per_page = 50

    def may_lead(self, request):
        return request.user.has_perm("articles.add_oldaddress")

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        if not self.may_lead(request):
            raise PermissionDenied
        self.act(request)
        return HttpResponseRedirect(request.get_full_path())

    def act(self, request):
        """“gone” is the address; “lead” is the address and, after a space, where it is to lead."""
        path, _, to = (request.POST.get("lead") or request.POST.get("gone") or "").partition(" ")
        try:
            wanted = Wanted(path, to if "lead" in request.POST else "")
            saved = tried_again(partial(save_redirect, wanted))
        except Refused as refusal:
            messages.error(request, f"{readable(path)}: {refusal}")
        else:
            self.log_addition(request, saved, [{"added": {}}])
            leads = f"leads to {saved.destination}" if not saved.gone else "says that it is gone for good"
            messages.success(request, f"{saved.path} {leads} from now on.")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        guessed = guesses(changelist.result_list)
        for row in changelist.result_list:
            row.guess, row.may_lead = guessed.get(row.pk), self.may_lead(request)
        return changelist

    @admin.display(description="address")
    def address(self, missed):
        return readable(missed.path)

    @admin.display(description="what to do")
    def lead(self, missed):
        if not missed.may_lead:
            return ""
        buttons = []
        if missed.guess:
            there = missed.guess.get_absolute_url()
            buttons.append(("lead", f"{missed.path} {there}", f"Lead to {readable(there)}"))
        buttons.append(("gone", missed.path, "Gone"))
        form = reverse("admin:articles_oldaddress_add") + "?" + urlencode({"path": missed.path})
        return format_html(
            '<span class="leads">{} <a href="{}">Lead elsewhere…</a></span>',
            format_html_join(" ", '<button class="button" name="{}" value="{}">{}</button>', buttons),
            form,
        )
