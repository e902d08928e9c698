"""Who may log in, and what their group may do: Django's own pages."""

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group, User

from articles.admin.shared.nonsense import RefusesNonsense, row_number


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
    pass


@admin.register(Group)
class GroupAdmin(PlainRows, stock.GroupAdmin):
    pass
