from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.html import format_html

from articles.admin.image.field import PictureInput
from articles.admin.shared.forms import SluggedForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.on_site import OnSite
from articles.admin.shared.removal import Removal, list_link
from articles.images import ROLES, picture_html
from articles.models import Author
from articles.models.desk.people import name_of
from articles.publishing.authors import remove_author, save_author, uses_of_author


class AuthorForm(GuardedForm, SluggedForm):
    class Meta:
        model = Author
        fields = ["name", "slug", "role", "user", "portrait", "biography", "links"]
        widgets = {
            "biography": forms.Textarea(attrs={"rows": 6}),
            "links": forms.Textarea(attrs={"rows": 3}),
            "portrait": PictureInput,
        }
        error_messages = {
            "portrait": {"invalid_choice": "This picture is no longer in the library; choose another."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            free = Q(author=None) | Q(author=self.instance.pk)
            users = get_user_model().objects.filter(free, is_active=True, is_staff=True)
            self.fields["user"].queryset = users.order_by("username")
            self.fields["user"].label_from_instance = with_log_in
        for name in ("user", "portrait"):
            if name in self.fields:
                leave_out_related_links(self.fields[name].widget)


def with_log_in(user):
    """Like “Ana Lind (ana)”: two people may have one name."""
    login, name = user.get_username(), name_of(user)
    return login if name == login else f"{name} ({login})"


def leave_out_related_links(widget):
    """Logins are not made or deleted in passing, and the picture's dialog does more than these icons."""
    for link in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
        setattr(widget, link, False)


@admin.register(Author)
class AuthorAdmin(OnSite, KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = AuthorForm
    list_display = ["picture", "name", "role", "login", "stories"]
    list_display_links = ["name"]
    list_select_related = ["portrait", "user"]
    list_per_page = 50
    search_fields = ["name", "slug", "role"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request, obj, form, change):
        save_author(obj, expected=shown_version(form))

    def get_list_display(self, request):
        """The log-in names are shown to those who give them to authors, and to nobody else."""
        shown = super().get_list_display(request)
        return shown if self.has_change_permission(request) else [name for name in shown if name != "login"]

    def get_exclude(self, request, obj=None):
        return None if self.has_change_permission(request) or self.has_add_permission(request) else ["user"]

    def uses(self, obj):
        return uses_of_author(obj)

    def advice(self, obj, use):
        if use.name == "working_copies":
            return "Take the byline off the unpublished changes of those articles first."
        shown = list_link("article", f"author={obj.pk}", "Show them")
        return format_html(
            "Readers learn from the byline who wrote a story, so the author stays. {} to change the byline;"
            " of someone who has left, empty the login and change the role instead.",
            shown,
        )

    def remove(self, obj):
        remove_author(obj)

    @admin.display(description="", empty_value="")
    def picture(self, author):
        return author.portrait and picture_html(
            author.portrait.source, ROLES["portrait"], alt="", sizes="48px"
        )

    @admin.display(description="login", empty_value="–")
    def login(self, author):
        return author.user and author.user.get_username()

    @admin.display(description="articles")
    def stories(self, author):
        return list_link("article", f"author={author.pk}", "Show")
