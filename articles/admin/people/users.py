"""Who may log in, and what their group may do: Django's own pages, and a link for whoever is new."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import admin as stock
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static import admin as otp_static
from django_otp.plugins.otp_totp import admin as otp_totp

from articles.admin.shared.guarded import LocksRow, StateGuardedForm
from articles.admin.shared.nonsense import RefusesNonsense, row_number
from articles.conf import second_factor_for
from articles.models import Section

from .links import MAIL_ERRORS, email_with_link, good_until, password_link, sends_email
from .new_password import NewPasswordOfSomebody


class RowsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        for each in value or ():
            if row_number(str(each)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": each}
                )
        return super().clean(value)


class PlainRows(RefusesNonsense):
    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"form_class": RowsField, **kwargs})


# They have registered themselves when they were imported. What an app and the site share is for nobody.
admin.site.unregister([User, Group, otp_totp.TOTPDevice, otp_static.StaticDevice])


class InvitationForm(forms.ModelForm):
    """Without a password: the person sets it with a link, so that nobody else ever knows it."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("Somebody has this name already, in small or capital letters.")
        return name

    def save(self, commit=True):
        self.instance.set_unusable_password()
        self.instance.is_staff = True
        return super().save(commit)


class PersonForm(StateGuardedForm, UserChangeForm):
    pass


@admin.register(User)
class UserAdmin(LocksRow, PlainRows, stock.UserAdmin):
    form = PersonForm
    fieldsets = (*stock.UserAdmin.fieldsets, (None, {"fields": ("shown_version", "shown_entry")}))
    add_form = InvitationForm
    change_password_form = NewPasswordOfSomebody
    add_form_template = "admin/people/add.html"
    change_form_template = "admin/people/change.html"
    add_fieldsets = ((None, {"fields": InvitationForm.Meta.fields}),)
    # Django's fields for them are two each, without labels; nobody writes into them.
    readonly_fields = ["last_login", "date_joined"]

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser may make superusers or give permissions to one person; others put people into
        groups."""
        fields = super().get_readonly_fields(request, obj)
        if obj is not None and obj == request.user:
            # One's own address is changed on *Your page*, which asks for the password, because a link to
            # set a new password is sent to this address.
            fields = [*fields, "email"]
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if obj is None:
            roles = form.base_fields["groups"]
            roles.widget = forms.CheckboxSelectMultiple(choices=roles.choices)
            roles.label, roles.help_text = "Roles", "Without one, this person may do nothing yet."
        return form

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(self.link))
        return [path("<id>/link/", view, name="auth_user_link"), *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None):
        if "_addanother" in request.POST or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:auth_user_link", args=[obj.pk]))

    def link(self, request, id):
        """A link with which somebody sets a password: shown, to be handed over, or sent."""
        user = self.get_object(request, unquote(id))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user == request.user:
            return to_own_password()
        made = ""
        if request.method == "POST" and user.is_active and user.is_staff:
            if "send" in request.POST and user.email and sends_email():
                return self.send_link(request, user)
            made = password_link(user)
            self.log_change(request, user, "Made a link to set a password.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"A password for {user.get_full_name() or user.get_username()}",
            "opts": self.opts,
            "person": user,
            "made": made,
            "until": good_until(),
            "sends_email": sends_email(),
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/people/link.html", context)

    def user_change_password(self, request, id, form_url=""):
        """Django's page sets a password without asking for the old one. One's own is changed elsewhere,
        where the old one is asked for."""
        if self.get_object(request, unquote(id)) == request.user:
            return to_own_password()
        return super().user_change_password(request, id, form_url)

    def send_link(self, request, user):
        try:
            email_with_link(user, invites=not user.has_usable_password()).send()
        except MAIL_ERRORS as error:
            messages.error(request, f"The e-mail could not be sent ({error}). Make a link and hand it over.")
        else:
            self.log_change(request, user, "Sent a link to set a password.")
            messages.success(request, f"A link was sent to {user.email}.")
        return HttpResponseRedirect(request.path)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_below(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_below(request.user, obj)


def to_own_password():
    """Lead to the page that asks for the old password, because whoever finds a computer unlocked must not
    change how its owner logs in."""
    return HttpResponseRedirect(reverse("admin:password_change"))


def is_below(user, other):
    """A superuser's account, and so its password, is for superusers."""
    return user.is_superuser or other is None or not other.is_superuser


class GroupForm(StateGuardedForm):
    sections = RowsField(
        queryset=Section.objects.select_related("parent"),
        required=False,
        help_text="What its members may do with articles they may do in these sections, and what is part of"
        " them, alone. Without any they may do it in all sections.",
    )

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        sections = {"sections": list(instance.sections.all())} if instance and instance.pk else {}
        super().__init__(*args, instance=instance, initial={**(initial or {}), **sections}, **kwargs)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.instance.pk and name != self.instance.name and asks_for_a_factor(self.instance):
            raise forms.ValidationError(
                f"SECOND_FACTOR_FOR names “{self.instance.name}”, whose members need a second factor; under"
                " another name they would need none. Whoever runs the site changes both."
            )
        return name


def asks_for_a_factor(group):
    return group.name in second_factor_for()


@admin.register(Group)
class GroupAdmin(LocksRow, PlainRows, stock.GroupAdmin):
    form = GroupForm
    # So that “Editors of Sport” begin as what Editors are.
    save_as = True

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and asks_for_a_factor(obj))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.sections.set(form.cleaned_data["sections"])
