import unicodedata

from django import forms
from django.core.validators import RegexValidator
from django.db import models

from articles.models.addresses.paths import validate_path
from articles.words.slugs import SLUG

validate_slug = RegexValidator(
    rf"\A{SLUG.pattern}\Z", "Write letters, digits, hyphens and underscores only, without spaces.", "invalid"
)
validate_words = RegexValidator(
    rf"\A{SLUG.pattern}(?:/{SLUG.pattern})*\Z",
    "Write words of letters, digits, hyphens and underscores, with a slash between two of them.",
    "invalid",
)


class SlugFormField(forms.SlugField):
    default_validators = [validate_slug]

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"allow_unicode": False})
        # Told to the script that makes a slug of a name.
        self.allow_unicode = True

    def to_python(self, value):
        """Letters that were typed as two signs are one, as browsers and other sites write them."""
        return unicodedata.normalize("NFC", super().to_python(value))


class SlugField(models.SlugField):
    """A word of an address in any script. Django's own knows no vowel signs."""

    default_validators = [validate_slug]

    def __init__(self, *args, allow_unicode=True, **kwargs):
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """To migrations it is Django's own, because the column is the same. SQLite would copy the table."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, {**kwargs, "allow_unicode": True}

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SlugFormField, **kwargs})


class PathFormField(SlugFormField):
    default_validators = [validate_words]

    def to_python(self, value):
        return super().to_python(value).strip("/")


class PathField(SlugField):
    """Such words with slashes between them: the address of a page below others, such as about/team."""

    default_validators = [validate_words, validate_path]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PathFormField, **kwargs})
