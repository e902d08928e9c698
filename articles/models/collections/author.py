from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from articles.models.addresses.paths import address, validate_length
from articles.models.addresses.slug_field import SlugField
from articles.models.desk.versioned import Versioned


def validate_links(text):
    check = URLValidator(schemes=["http", "https"], message="")
    for number, line in enumerate(text.splitlines(), 1):
        try:
            check(line.strip() or "https://example.org")
        except ValidationError as error:
            raise ValidationError(f"Line {number} is no web address: {line[:80]}", code="link") from error


class Author(Versioned):
    name = models.CharField(max_length=120)
    slug = SlugField(max_length=120, unique=True, validators=[validate_length])
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text="The login of this author; a new article then has the byline already.",
    )
    role = models.CharField(max_length=120, blank=True, help_text="Like “Science editor”.")
    biography = models.TextField(blank=True)
    portrait = models.ForeignKey(
        "Image", null=True, blank=True, on_delete=models.PROTECT, related_name="portrait_of"
    )
    links = models.TextField(blank=True, validators=[validate_links], help_text="Web addresses, one a line.")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("author", self.slug)

    def hide_withheld(self):
        """Forget a portrait that readers do not get any more. For a row that is shown and not saved."""
        if self.portrait and self.portrait.withheld:
            self.portrait = None
        return self

    @property
    def link_list(self):
        return [line.strip() for line in self.links.splitlines() if line.strip()]
