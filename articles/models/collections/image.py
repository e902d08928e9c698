from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.images import Focus, PictureSource, crops_of, rendition_url, version_key, whole_rendition
from articles.models.desk.versioned import Versioned
from articles.picture_files import masters
from articles.words.folded import folded

# Of these texts the library's search looks through so many letters together.
SEARCHED = ("alt", "caption", "credit", "origin", "copyright", "original_name")
MOST_SEARCHED = 1_000
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]
# Written into the query and not sent along with it: SQLite uses an index of a part of the rows only where the
# words of the query say that it is of these.
EMPTY = models.Func(template="''", output_field=models.CharField())


class Collection(models.Model):
    """Pictures that editors keep together, such as those of one election. Readers do not see it."""

    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class ImageQuerySet(models.QuerySet):
    def without_alt(self):
        """Those of which nobody says what they show, nor that they say nothing."""
        return self.filter(pk__in=self.model.objects.filter(alt=EMPTY, decorative=False).values("pk"))

    def without_credit(self):
        return self.filter(pk__in=self.model.objects.filter(credit=EMPTY).values("pk"))

    def ended(self):
        """Those that may not be used any more."""
        return self.filter(usable_until__lt=timezone.localdate())


class Image(Versioned):
    """A picture of the library: the master made from an upload, and what is said about it."""

    file = models.ImageField(upload_to="masters", storage=masters, editable=False)
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
    decorative = models.BooleanField(
        "only decoration",
        default=False,
        db_default=False,
        help_text="It says nothing that the text does not say, so it needs no alt text.",
    )
    caption = models.TextField(blank=True, help_text="Printed under the picture.")
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it, like “Photograph: Ana Lind”."
    )
    copyright = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="As its owner writes it."
    )
    origin = models.CharField(
        "source",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Where it comes from, like an agency.",
    )
    licence = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="On what terms it may be used."
    )
    usable_until = models.DateField(
        "may be used until",
        null=True,
        blank=True,
        help_text="The last day. Where it is used after that, the desk says so.",
    )
    taken_on = models.DateField("taken on", null=True, blank=True)
    collections = models.ManyToManyField(Collection, blank=True, related_name="images")
    focus_x = models.PositiveSmallIntegerField(
        "focal point, from the left", default=50, validators=PERCENT, help_text="Per cent of the width."
    )
    focus_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, validators=PERCENT, help_text="Per cent of the height."
    )
    crops = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Crops that were set by hand, as images/crops.py writes them.",
    )
    color = models.CharField(
        max_length=3,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="How it looks from afar, as on the web: 8a7.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # Readers do not get it any more: publishing/picture_library/rights.py.
    withheld = models.BooleanField(default=False, db_default=False, editable=False)
    # What its search looks through: SEARCHED, in small letters without accents.
    search_text = models.CharField(
        max_length=MOST_SEARCHED, blank=True, default="", db_default="", editable=False
    )
    # The bands of its likeness (articles/images/likeness.py); NULL where nobody has looked at it yet.
    band_1 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    band_2 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    band_3 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    band_4 = models.PositiveIntegerField(null=True, editable=False, db_index=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = "picture"
        indexes = [
            # With what else they may be narrowed by, so that counting them reads no rows.
            models.Index("uploaded_by", models.F("id").desc(), "width", "height", name="pictures_of_one"),
            models.Index(
                models.F("id").desc(), condition=Q(alt="", decorative=False), name="pictures_without_alt"
            ),
            models.Index(models.F("id").desc(), condition=Q(credit=""), name="pictures_without_credit"),
            models.Index(
                *("usable_until", "id", "width", "height", "uploaded_by"),
                condition=Q(usable_until__isnull=False),
                name="pictures_with_an_end",
            ),
        ]

    def __str__(self):
        return self.alt or self.original_name or f"Picture {self.pk}"

    def save(self, **kwargs):
        self.set_search_text()
        super().save(**kwargs)

    def set_search_text(self):
        text = " ".join(filter(None, (getattr(self, name) for name in SEARCHED)))
        self.search_text = folded(text)[:MOST_SEARCHED]

    def get_absolute_url(self):
        """The whole picture as a file, for old addresses of files. It changes when the focal point does."""
        return self.address_of_width(None)

    def address_of_width(self, width):
        """That of the next size in width, or of the largest one."""
        return rendition_url(whole_rendition(self.source, width))

    @property
    def has_ended(self):
        """It may not be used any more."""
        return self.usable_until is not None and self.usable_until < timezone.localdate()

    @property
    def bands(self):
        """Its likeness; None where nobody has looked at it yet."""
        bands = (self.band_1, self.band_2, self.band_3, self.band_4)
        return None if None in bands else bands

    @bands.setter
    def bands(self, bands):
        self.band_1, self.band_2, self.band_3, self.band_4 = bands

    @property
    def focus(self):
        return Focus(self.focus_x / 100, self.focus_y / 100)

    @property
    def key(self):
        """Changes with what the renditions look like, so that their addresses do."""
        bytes_of_it = f"{self.fingerprint} withheld" if self.withheld else self.fingerprint
        return version_key(bytes_of_it, self.focus)

    @property
    def source(self):
        return PictureSource(
            image_id=self.pk,
            key=self.key,
            width=self.width,
            height=self.height,
            alt=self.alt,
            focus=self.focus,
            crops=crops_of(self.crops),
            color=self.color,
        )

    @property
    def crops_by_key(self):
        """The crops that were set by hand, by the keys of the renditions that show them."""
        return {crop.key(self.key): crop for crop in crops_of(self.crops)}
