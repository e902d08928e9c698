"""What can be done with several articles at once. Each goes through the verbs, one article at a time."""

from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from articles import publishing
from articles.admin.desk.rights import (
    AMEND,
    APPROVE,
    BIN,
    PUBLISH,
    WITHDRAW,
    permitted,
    refusal,
    refuse_target,
)
from articles.admin.shared.bulk_limit import MOST_AT_ONCE, are_too_many
from articles.models import Section, Tag
from articles.publishing import Content, Problem, Refused
from articles.publishing.article.bin import KEPT
from articles.publishing.article.drafts import locked
from articles.publishing.article.merging.older_forms import refuse_if_changed, token_of
from articles.publishing.rights.reach import may_somewhere, reach, within
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.records import in_words

from .state import DeskState, desk_state

MOST_TOLD = 20


@dataclass
class Report:
    """What an action did, and what it could not do and why."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def tell(self, request, did, *, name=None):
        """`did` is the act in the past tense: “Published”, “Moved to World”; `name` shows an article."""
        if self.done:
            named = names(self.done, name or link)
            messages.success(request, format_html("{} {}: {}.", did, so_many(len(self.done)), named))
        for article, why in self.refused[:MOST_TOLD]:
            messages.error(request, format_html("Not done: {} – {}", link(article), why))
        if (rest := len(self.refused) - MOST_TOLD) > 0:
            messages.error(request, f"Not done: {rest} more, for reasons like these.")


def so_many(number):
    return "1 article" if number == 1 else f"{number:,} articles"


def names(articles, name):
    named = format_html_join(", ", "{}", [[name(article)] for article in articles[:MOST_TOLD]])
    rest = len(articles) - MOST_TOLD
    return format_html("{} and {} more", named, rest) if rest > 0 else named


def link(article):
    address = reverse("admin:articles_article_change", args=[article.pk])
    return format_html('<a href="{}">{}</a>', address, article)


def on_each(articles, verb, tokens):
    """Do the act with each article, and report. An article is left as it is if the verb refuses, or if it has
    changed since its row was shown."""
    return try_each(articles, lambda article: unless_changed(article, verb, tokens.get(str(article.pk), "")))


def try_each(articles, act):
    """Do the act, which is a transaction, with each article, and report."""
    report = Report()
    for article in articles:
        try:
            tried_again(partial(act, article))
        except Refused as refusal:
            report.refused.append((article, refusal))
        else:
            report.done.append(article)
    return report


@transaction.atomic
def unless_changed(article, verb, token):
    article = locked(article)
    refuse_if_changed(article, token)
    verb(article)


def tokens_of(request):
    """Number of the article → the token of its row in the list."""
    return dict(each.split(":", 1) for each in request.POST.getlist("seen") if ":" in each)


def refuse(message):
    raise Refused([Problem("", message)])


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.select_related("parent"),
        empty_label=None,
        widget=forms.Select(attrs={"autofocus": True}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = within(reach(user, "change") | reach(user, "add"))


class TagForm(forms.Form):
    tag = forms.CharField(
        max_length=100,
        widget=forms.TextInput(attrs={"autofocus": True, "list": "tags", "autocomplete": "off"}),
    )

    def __init__(self, *args, may_add, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_add = may_add

    def clean_tag(self):
        name = " ".join(self.cleaned_data["tag"].split())
        existing = Tag.objects.filter(name__iexact=name).first()
        if existing is None and not self.may_add:
            raise forms.ValidationError(
                f"There is no tag “{name}”, and new tags are made by editors. Choose one of the list."
            )
        return existing.name if existing else name


class ListOfArticles:
    """For lists of articles whose acts name what the rows showed."""

    @display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, article):
        """With what the row shows of the article, for the acts that are done with it.

        Written here, because Django's widget renders a template for each row: a quarter of the list's time.
        """
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="Select “{}”">'
            '<input type="hidden" name="seen" value="{}:{}">',
            *(ACTION_CHECKBOX_NAME, article.pk, article, article.pk, token_of(article)),
        )

    def ask(self, request, queryset, form, title, name, **more):
        """The page in between. It shows the chosen articles and asks the one question of the action."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            "articles": queryset[:MOST_AT_ONCE],
            "action": name,
            "checkbox": ACTION_CHECKBOX_NAME,
            "seen": request.POST.getlist("seen"),
            **more,
        }
        return TemplateResponse(request, "admin/articles/article/ask.html", context)


class ArticleActions(ListOfArticles):
    actions = ["approve", "publish", "withdraw", "move_to_section", "add_tag", "put_in_bin"]

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_approve_permission(self, request):
        return may_somewhere(request.user, "approve")

    def has_publish_permission(self, request):
        return may_somewhere(request.user, "publish")

    def has_delete_permission(self, request, obj=None):
        return may_somewhere(request.user, "delete")

    def has_change_permission(self, request, obj=None):
        return any(may_somewhere(request.user, act) for act in ("change", "add"))

    def has_view_permission(self, request, obj=None):
        return may_somewhere(request.user, "view") or self.has_change_permission(request)

    @action(description="Approve", permissions=["approve"])
    def approve(self, request, queryset):
        self.act(request, queryset, self.allowed(request, APPROVE, publishing.approve), "Approved")

    @action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        self.act(request, queryset, self.allowed(request, PUBLISH, publish_now), "Published")

    @action(description="Withdraw…", permissions=["publish"])
    def withdraw(self, request, queryset):
        if "sure" not in request.POST:
            warning = "Readers are told that these stories are gone. What is scheduled for them is cancelled."
            return self.ask(request, queryset, forms.Form(), "Withdraw", "withdraw", warning=warning)
        self.act(request, queryset, self.allowed(request, WITHDRAW, publishing.withdraw), "Withdrew")

    @action(description="Move to a section…", permissions=["change"])
    def move_to_section(self, request, queryset):
        user = request.user
        form = SectionForm(request.POST if "section" in request.POST else None, user=user)
        if not form.is_valid():
            return self.ask(request, queryset, form, "Move to a section", "move_to_section")
        section = form.cleaned_data["section"]

        def move(article, by):
            refuse_target(AMEND, by, article, section.pk)
            publishing.move_to_section(article, section, by=by)

        self.act(request, queryset, self.allowed(request, AMEND, move), f"Moved to {section}")

    @action(description="Add a tag…", permissions=["change"])
    def add_tag(self, request, queryset):
        may_add = request.user.has_perm("articles.add_tag")
        form = TagForm(request.POST if "tag" in request.POST else None, may_add=may_add)
        if not form.is_valid():
            tags = Tag.objects.order_by("name").values_list("name", flat=True)[:1_000]
            return self.ask(request, queryset, form, "Add a tag", "add_tag", suggestions=tags)
        name = form.cleaned_data["tag"]

        def add(article, by):
            publishing.add_tag(article, name, by=by)

        self.act(request, queryset, self.allowed(request, AMEND, add), f"Added the tag “{name}” to")

    @action(description="Put into the bin…", permissions=["delete"])
    def put_in_bin(self, request, queryset):
        if "sure" not in request.POST:
            warning = (
                "What readers have is withdrawn first, and what is scheduled is cancelled. They can be taken"
                f" out of the bin again within {KEPT.days} days; then they are deleted for good."
            )
            title = "Put into the bin"
            return self.ask(request, queryset, forms.Form(), title, "put_in_bin", warning=warning)

        put = self.allowed(request, BIN, publishing.put_in_bin)
        self.act(request, queryset, put, "Put into the bin", name=str)

    def allowed(self, request, act, verb):
        """The verb, refused to those who may not do the act with the article."""

        def acted(article):
            if not permitted(act, request.user, article):
                refuse(refusal(act, request.user, article))
            verb(article, by=request.user)

        return acted

    def act(self, request, queryset, verb, did, **told):
        if are_too_many(request, queryset):
            return
        on_each(list(queryset), verb, tokens_of(request)).tell(request, did, **told)


def publish_now(article, *, by):
    """Publish the newest text. Refuses articles whose state has to be looked at first, such as withdrawn
    ones."""
    state = desk_state(article)
    if article.has_scheduled_changes:
        time = in_words(article.scheduled_for)
        refuse(f"Changes to it are scheduled for {time}; open it to publish them sooner.")
    if state == DeskState.PUBLISHED:
        refuse("It is public already, and nothing in it is waiting to be published.")
    if state == DeskState.SCHEDULED:
        refuse(f"It is scheduled for {in_words(article.publish_at)}; open it to publish it sooner.")
    if state == DeskState.WITHDRAWN:
        refuse("It was withdrawn; open it to see why, and publish it again there.")
    if state == DeskState.EXPIRED:
        refuse("Its time has ended; open it and choose a later “until”.")
    refuse_target(PUBLISH, by, article, Content.newest(article).section_id)
    publishing.publish(article, by=by)
