"""The filters of the list of articles. None of them reads the whole table to find its choices."""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect

from articles.conf import languages
from articles.models import Article, Author, Byline, Section
from articles.publishing.rights.of_articles import own_articles

from .state import DeskState, only_in_state


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return DeskState.choices

    def queryset(self, request, queryset):
        if self.value() not in DeskState.values:
            return queryset
        return only_in_state(queryset, DeskState(self.value()))


class SectionFilter(admin.SimpleListFilter):
    """A section with its subsections, or one subsection."""

    title = "section"
    parameter_name = "section"

    def lookups(self, request, model_admin):
        self.sections = {str(section.pk): section for section in Section.objects.select_related("parent")}
        return [(pk, str(section)) for pk, section in self.sections.items()]

    def queryset(self, request, queryset):
        section = self.sections.get(self.value())
        return queryset.in_section(section) if section else queryset


def mine(queryset, user):
    return queryset.filter(pk__in=own_articles(user))


class AuthorSelect(AutocompleteSelect):
    def build_attrs(self, *args, **kwargs):
        # Select2 shows it while nothing is chosen, and then the field has no other name.
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": "An author’s name"}


def author_select(site):
    return AuthorSelect(Byline._meta.get_field("author"), site)


class AuthorFilter(admin.ListFilter):
    """“Mine”, or an author found while typing: a paper has too many for a list."""

    title = "author"
    template = "admin/articles/article/author_filter.html"
    parameter_name = "author"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        value = params.pop(self.parameter_name, None)
        if value:
            self.used_parameters[self.parameter_name] = value[-1]
        widget = author_select(model_admin.admin_site)
        field = forms.ModelChoiceField(Author.objects.all(), widget=widget, label="Author", required=False)
        self.form = type("AuthorForm", (forms.Form,), {"author": field})(
            initial={"author": self.value() if (self.value() or "").isdecimal() else None}
        )

    def value(self):
        return self.used_parameters.get(self.parameter_name)

    def expected_parameters(self):
        return [self.parameter_name]

    def has_output(self):
        return True

    def choices(self, changelist):
        without = changelist.get_query_string(remove=[self.parameter_name])
        mine = changelist.get_query_string({self.parameter_name: "me"})
        self.kept = [pair for pair in changelist.params.items() if pair[0] != self.parameter_name]
        yield {"selected": not self.value(), "query_string": without, "display": "All"}
        yield {"selected": self.value() == "me", "query_string": mine, "display": "Mine"}

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        if value == "me":
            return mine(queryset, request.user)
        if not value.isdecimal() or len(value) > 18:
            raise IncorrectLookupParameters
        return queryset.filter(pk__in=Byline.objects.filter(author=int(value)).order_by().values("article"))


class LanguageFilter(admin.SimpleListFilter):
    """The languages of the articles saved last; nothing to choose where there is but one."""

    title = "language"
    parameter_name = "language"
    recent = 1_000

    def lookups(self, request, model_admin):
        saved_last = Article.objects.order_by("-modified_at", "-pk").values_list("language", flat=True)
        used = set(saved_last[: self.recent])
        return [(code, name) for code, name in languages() if code in used] if len(used) > 1 else []

    def queryset(self, request, queryset):
        known = self.value() in dict(languages())
        return queryset.filter(language=self.value()) if known else queryset
