from django.conf import settings
from django.db import models

from articles.documents import KINDS
from articles.models.desk.versioned import Versioned


class Document(Versioned):
    """A file that readers load as it is: a sound, a film, a PDF. Its address never changes."""

    title = models.CharField(
        max_length=200, help_text="How it is found here. Readers see the words of a link."
    )
    file = models.FileField(upload_to="documents", max_length=200, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="Bytes.")
    # One of articles.documents.KINDS, told by its bytes.
    kind = models.CharField(max_length=5, editable=False)
    fingerprint = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of its bytes."
    )
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return settings.MEDIA_URL + self.file.name

    @property
    def type(self):
        """As readers know it: PDF, MP3."""
        return KINDS[self.kind].name

    @property
    def size_in_words(self):
        return size_in_words(self.size)


def size_in_words(size):
    """Like “4 MB”, in units of a thousand, as file managers count."""
    if size < 1000:
        return f"{size} bytes"
    number = size / 1000
    for unit in ("KB", "MB"):
        if number < 999.5:
            return f"{shortly(number)} {unit}"
        number /= 1000
    return f"{shortly(number)} GB"


def shortly(number):
    return f"{number:.0f}" if number >= 9.95 else f"{number:.1f}".removesuffix(".0")
