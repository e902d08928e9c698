from django.core.exceptions import ValidationError
from django.db import models

from articles.conf import languages

from .addresses import address, validate_first_word, validate_length
from .article import site_language
from .section import Section
from .slug_field import SlugField
from .versioned import Versioned


class Page(Versioned):
    """One of the paper's own pages: About, Contact, Privacy …"""

    title = models.CharField(max_length=120)
    path = SlugField(
        max_length=80,
        unique=True,
        validators=[validate_length, validate_first_word],
        help_text="Its address is this word after the site's name.",
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
        return address(self.path)

    def clean(self):
        section = Section.objects.top().filter(slug=self.path).first()
        if section:
            raise ValidationError({"path": f"The section “{section}” has this address; choose another word."})
