from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from articles.images import Focus, PictureSource, rendition_url, version_key, whole_rendition
from articles.models.desk.versioned import Versioned

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Image(Versioned):
    """A picture of the library: the master made from an upload, and what is said about it."""

    file = models.ImageField(upload_to="masters", editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    fingerprint = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the uploaded bytes."
    )
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    alt = models.CharField(
        "alt text",
        max_length=500,
        blank=True,
        help_text="What the picture shows, for those who cannot see it.",
    )
    caption = models.TextField(blank=True, help_text="Printed under the picture.")
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it, like “Photograph: Ana Lind”."
    )
    focus_x = models.PositiveSmallIntegerField(
        "focal point, from the left", default=50, validators=PERCENT, help_text="Per cent of the width."
    )
    focus_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, validators=PERCENT, help_text="Per cent of the height."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = "picture"

    def __str__(self):
        return self.alt or self.original_name or f"Picture {self.pk}"

    def get_absolute_url(self):
        """The whole picture as a file, for old addresses of files. It changes when the focal point does."""
        return self.address_of_width(None)

    def address_of_width(self, width):
        """That of the next size in width, or of the largest one."""
        return rendition_url(whole_rendition(self.source, width))

    @property
    def focus(self):
        return Focus(self.focus_x / 100, self.focus_y / 100)

    @property
    def key(self):
        """Changes with what the renditions look like, so that their addresses do."""
        return version_key(self.fingerprint, self.focus)

    @property
    def source(self):
        return PictureSource(
            image_id=self.pk,
            key=self.key,
            width=self.width,
            height=self.height,
            alt=self.alt,
            focus=self.focus,
        )
