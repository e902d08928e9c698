from django.core.exceptions import ValidationError
from django.db import models

from articles.conf import languages
from articles.models.addresses.paths import address
from articles.models.addresses.slug_field import PathField
from articles.models.articles.article import site_language
from articles.models.collections.section import Section
from articles.models.desk.versioned import Versioned


def nearest_above(path, paths):
    """That of the paths below which this one is, as near as possible; or None."""
    while path:
        path = path.rpartition("/")[0]
        if path in paths:
            return path
    return None


class Page(Versioned):
    """One of the paper's own pages: About, Contact, Privacy …"""

    title = models.CharField(max_length=120)
    path = PathField(
        max_length=160,
        unique=True,
        help_text="Its address after the site's name: one word, or several with slashes, such as about/team.",
    )
    body = models.TextField(blank=True)
    prepared_body = models.TextField(blank=True, editable=False)
    prepared_with = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    language = models.CharField(max_length=12, choices=languages, default=site_language)
    published = models.BooleanField(default=True, help_text="Readers can open it.")
    order = models.PositiveIntegerField("order in the foot", default=0, db_index=True)
    modified_at = models.DateTimeField("last saved", auto_now=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address(*self.path.split("/"))

    def clean(self):
        section = Section.objects.at(*self.path.split("/"))
        if section:
            raise ValidationError({"path": f"The section “{section}” has this address; choose another."})
