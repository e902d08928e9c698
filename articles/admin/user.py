"""Who may log in, and what their group may do: Django's own pages."""

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group, User

from articles.admin.shared.nonsense import RefusesNonsense, row_number
from articles.models import Section


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


# They have registered themselves when they were imported.
admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(PlainRows, stock.UserAdmin):
    # Django's fields for them are two each, without labels; nobody writes into them.
    readonly_fields = ["last_login", "date_joined"]

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser may make superusers or give permissions to one person; others put people into
        groups."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_below(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_below(request.user, obj)


def is_below(user, other):
    """A superuser's account, and so its password, is for superusers."""
    return user.is_superuser or other is None or not other.is_superuser


class GroupForm(forms.ModelForm):
    sections = RowsField(
        queryset=Section.objects.select_related("parent"),
        required=False,
        help_text="What its members may do with articles they may do in these sections, and what is part of"
        " them, alone. Without any they may do it in all sections.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["sections"] = self.instance.sections.all()


@admin.register(Group)
class GroupAdmin(PlainRows, stock.GroupAdmin):
    form = GroupForm
    # So that “Editors of Sport” begin as what Editors are.
    save_as = True

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.sections.set(form.cleaned_data["sections"])
