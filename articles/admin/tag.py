from functools import partial

import taggit.admin  # noqa: F401 - it registers taggit's own tags, which must have happened before they go
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from taggit.models import Tag as StockTag

from articles.admin.article.actions import so_many
from articles.admin.shared.bulk_limit import are_too_many
from articles.admin.shared.forms import SluggedForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.on_site import OnSite
from articles.admin.shared.removal import Removal
from articles.admin.tag_order import series_order
from articles.models import Article, ArticleTag, Tag
from articles.publishing import Refused
from articles.publishing.shared.locks import tried_again
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from articles.publishing.tasks.begin import SLICE

# Articles have tags of their own kind; the stock ones would stand empty beside them.
admin.site.unregister(StockTag)


def article_counts(tags):
    """Number of tag → number of its articles, in one query."""
    links = ArticleTag.objects.filter(tag__in=[tag.pk for tag in tags]).order_by()
    links = links.exclude(content_object__in=Article.binned.order_by().values("pk"))
    return dict(links.values_list("tag").annotate(Count("pk")))


class TagForm(GuardedForm, SluggedForm):
    class Meta:
        model = Tag
        fields = ["name", "slug", "description", "is_series"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.others().filter(name__iexact=name).exists():
            raise forms.ValidationError(
                "There is a tag of this name. To make one of both, choose them in the list and merge them."
            )
        return name


class TagChangeList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = article_counts(self.result_list)
        for tag in self.result_list:
            tag.article_count = counts.get(tag.pk, 0)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.none(), empty_label=None, widget=forms.RadioSelect, label="The tag that remains"
    )

    def __init__(self, *args, tags, **kwargs):
        super().__init__(*args, **kwargs)
        counts = article_counts(tags)
        field = self.fields["into"]
        field.queryset = tags
        field.label_from_instance = lambda tag: f"{tag.name} ({counts.get(tag.pk, 0)})"
        field.initial = max(counts, key=counts.get, default=None)


def merged(into, changed):
    if changed > SLICE:
        return f"Being merged into “{into}”: {so_many(changed)} change little by little."
    return f"Merged into “{into}”: {so_many(changed)} changed."


@admin.register(Tag)
class TagAdmin(OnSite, KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = TagForm
    list_display = ["name", "address", "stories", "description"]
    list_per_page = 100
    readonly_fields = ["order"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["merge", *Removal.actions]

    def get_urls(self):
        order = self.admin_site.admin_view(partial(series_order, self))
        return [path("<int:pk>/order/", order, name="articles_tag_order"), *super().get_urls()]

    def get_fields(self, request, obj=None):
        fields = [each for each in super().get_fields(request, obj) if each != "order"]
        return [*fields, "order"] if obj and obj.is_series else fields

    @admin.display(description="order of the series")
    def order(self, tag):
        by_hand = tag.article_links.filter(place__isnull=False).exists()
        now = "Set by hand" if by_hand else "By publication"
        address = reverse("admin:articles_tag_order", args=[tag.pk])
        return format_html('{}. <a href="{}">Set the order</a>', now, address)

    def get_changelist(self, request, **kwargs):
        return TagChangeList

    def save_model(self, request, obj, form, change):
        save_tag(obj, expected=shown_version(form))

    def goes_along(self, obj):
        on = so_many(article_counts([obj]).get(obj.pk, 0))
        return f"“{obj}”, on {on}; the articles stay"

    def remove(self, obj):
        remove_tag(obj)

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description="Merge into one…", permissions=["merge"])
    def merge(self, request, queryset):
        if are_too_many(request, queryset):
            return None
        tags = queryset.order_by("name")
        form = MergeForm(request.POST if "into" in request.POST else None, tags=tags)
        if not form.is_valid():
            return self.ask_which_remains(request, tags, form)
        into = form.cleaned_data["into"]
        try:
            changed = tried_again(partial(merge_tags, list(tags), into=into))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, merged(into, changed))
        return None

    def ask_which_remains(self, request, tags, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge tags",
            "opts": self.opts,
            "form": form,
            "tags": tags,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/articles/tag/merge.html", context)

    @admin.display(description="address")
    def address(self, tag):
        return tag.get_absolute_url()

    @admin.display(description="articles")
    def stories(self, tag):
        return tag.article_count
