"""The forms of a new password, which may end the API tokens as well: whoever had the old one may have made
some."""

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordForm
from django.contrib.auth.forms import AdminPasswordChangeForm, SetPasswordForm
from django.db import transaction

from articles.publishing.rights.tokens import end_tokens_of


class MayEndTokens(forms.Form):
    end_tokens = forms.BooleanField(
        label="End my API tokens as well",
        required=False,
        help_text="If somebody may have had the old password. Programs that use one then need another.",
    )

    @transaction.atomic
    def save(self, commit=True):
        user = super().save(commit)
        if self.cleaned_data["end_tokens"]:
            end_tokens_of(user, by=user)
        return user


class OwnNewPassword(MayEndTokens, OwnPasswordForm):
    field_order = ["old_password", "new_password1", "new_password2", "end_tokens"]


admin.site.password_change_form = OwnNewPassword


class ForgottenPassword(MayEndTokens, SetPasswordForm):
    field_order = ["new_password1", "new_password2", "end_tokens"]


class NewPasswordOfSomebody(AdminPasswordChangeForm):
    """An administrator's, who can't know who has had the account."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["password2"].help_text += " It ends all log-ins and API tokens of this person."

    @transaction.atomic
    def save(self, commit=True):
        user = super().save(commit)
        end_tokens_of(user, by=None)
        return user
