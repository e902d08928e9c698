from django import forms

from articles.models.addresses.paths import shortened
from articles.publishing.shared.text import one_line, plain_text
from articles.words.slugs import slug_of


class PlainForm(forms.ModelForm):
    """Text as it may be stored: control characters are taken out instead of complained about."""

    def _clean_fields(self):
        super()._clean_fields()
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and isinstance(self.cleaned_data.get(name), str):
                tidy = plain_text if isinstance(field.widget, forms.Textarea) else one_line
                self.cleaned_data[name] = tidy(self.cleaned_data[name])


class SluggedForm(PlainForm):
    """A slug left empty is made from the name; one that was made gets a number where it is taken."""

    slug_name = "slug"
    slug_from = "name"

    class Media:
        js = [forms.Script("js/admin/slugs.js", type="module")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.slug_name in self.fields:
            self.fields[self.slug_name].required = False

    def clean(self):
        cleaned = super().clean()
        if self.slug_name in cleaned and not cleaned[self.slug_name]:
            cleaned[self.slug_name] = self.free_slug(cleaned.get(self.slug_from) or "")
        return cleaned

    def free_slug(self, text):
        longest = self.fields[self.slug_name].max_length - 6
        wanted = shortened(slug_of(text), longest) or self._meta.model._meta.model_name
        if wanted.isdecimal():
            wanted = f"{self._meta.model._meta.model_name}-{wanted}"
        number, slug = 1, wanted
        while self.taken(slug):
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def taken(self, slug):
        """Whether another row has the slug where it must be the only one."""
        return self.others().filter(**{self.slug_name: slug}).exists()

    def others(self):
        return self._meta.model.objects.exclude(pk=self.instance.pk)
