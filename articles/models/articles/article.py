import uuid
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import get_language_info
from taggit.managers import TaggableManager

from articles.conf import languages, paper
from articles.models.addresses.paths import address, article_address, validate_length
from articles.models.addresses.slug_field import SlugField
from articles.models.articles.article_queries import ArticleQuerySet, InBin, OutOfBin
from articles.models.articles.kinds import Kind, kind_in_words
from articles.models.articles.states import State
from articles.models.collections.tag import ArticleTag


def site_language():
    return paper().language


class Direction(models.TextChoices):
    AUTOMATIC = "auto", "as the language runs"
    LEFT_TO_RIGHT = "ltr", "left to right"
    RIGHT_TO_LEFT = "rtl", "right to left"


class PictureWords(NamedTuple):
    alt: str
    caption: str
    credit: str


class Article(models.Model):
    """A story. Its columns hold what is public; its revisions hold everything ever saved.

    What its state, the time and its copies mean together stands in docs/writing/states.md, as one table.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guid = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Its id in the feeds of the site that it was imported from.",
    )

    # What the editor writes.
    headline = models.CharField(max_length=300, blank=True)
    slug = SlugField(
        max_length=120,
        blank=True,
        validators=[validate_length],
        help_text="The last word of its address; left empty, it is made from the headline.",
    )
    kicker = models.CharField(max_length=80, blank=True, help_text="The short label above the headline.")
    standfirst = models.TextField(blank=True, help_text="The one or two sentences under the headline.")
    body = models.TextField(blank=True)
    section = models.ForeignKey(
        "Section", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    lead_image = models.ForeignKey(
        "Image", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    # The words of the lead picture in this article; NULL where they are those of the library.
    lead_alt = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001 - see above
    lead_caption = models.TextField(null=True, blank=True)  # noqa: DJ001 - see above
    lead_credit = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - see above
    language = models.CharField(max_length=12, choices=languages, default=site_language)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.AUTOMATIC)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NEWS, db_default=Kind.NEWS)
    # Of a review.
    reviewed = models.CharField(max_length=200, blank=True, default="", db_default="")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    search_title = models.CharField(
        max_length=200, blank=True, help_text="Instead of the headline, in results."
    )
    search_description = models.CharField(max_length=320, blank=True)
    canonical_url = models.URLField(
        "canonical address", max_length=500, blank=True, help_text="If it was first published elsewhere."
    )
    noindex = models.BooleanField(
        "not in search engines",
        default=False,
        db_default=False,
        help_text="Its page asks them to leave it out, and sitemaps do not name it.",
    )
    meant = models.CharField(
        "meant as written",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Words such as TK that are no leftovers here, with commas between them.",
    )
    # Numbers of articles, in their order; the rows of Related with a place are made of them.
    pinned = models.JSONField(
        "pinned related articles", default=list, db_default=Value([], models.JSONField())
    )
    tags = TaggableManager(through=ArticleTag, blank=True)
    authors = models.ManyToManyField("Author", through="Byline", related_name="articles")

    # When, and in what state.
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField("publish time", null=True, editable=False)
    expires_at = models.DateTimeField("until", null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(
        "updated", null=True, editable=False, help_text="When readers last got a changed text."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    modified_at = models.DateTimeField("last saved", default=timezone.now, editable=False)

    # Kept by the publishing verbs.
    version = models.PositiveIntegerField(default=0, editable=False)
    address_date = models.DateField(
        null=True, editable=False, help_text="The date in its address, site's zone."
    )
    department = models.ForeignKey(
        "Section", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    working_copy = models.ForeignKey(
        "Revision", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    pictures = models.ManyToManyField("Image", through="ArticlePicture", related_name="shown_in")

    # Changes that go out at a time, to an article that readers have or had: the revision that was scheduled,
    # whatever is saved later. RESTRICT: thinning out old revisions must not take this one.
    scheduled_revision = models.ForeignKey(
        "Revision", null=True, editable=False, on_delete=models.RESTRICT, related_name="+"
    )
    scheduled_for = models.DateTimeField(
        null=True, editable=False, help_text="When the scheduled changes go out."
    )
    scheduled_until = models.DateTimeField(
        null=True, editable=False, help_text="The “until” that the article has from then on."
    )
    scheduled_problem = models.TextField(
        blank=True, editable=False, help_text="Why they could not go out at their time."
    )

    # Whether the working copy of a public article waits for an editor. It stays the public one meanwhile.
    changes_in_review = models.BooleanField(default=False, db_default=False, editable=False)
    # The version that an editor has approved; it counts as long as that is the newest one and in review:
    # publishing/article/approve.py.
    approved_version = models.PositiveIntegerField(null=True, editable=False)

    # The times that an editor typed and saved without publishing: ISO text or null by the name of the field,
    # and only of those that differ from the ones in force. See publishing/article/scheduling/saved_times.py.
    typed_times = models.JSONField(null=True, editable=False)

    # Deleted at the desk, and kept for a while: see publishing/article/bin.py.
    binned_at = models.DateTimeField("put into the bin", null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    # What readers get, prepared once when it is saved. Pictures are filled in when a page is rendered.
    prepared_body = models.TextField(blank=True, editable=False)
    contents = models.JSONField(default=list, editable=False, help_text="The contents list: [id, heading].")
    excerpt = models.CharField(max_length=320, blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    prepared_with = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The version of the preparation; publishing/shared/prepared_body.py names it.",
    )

    # The first is also the manager of related rows, such as section.articles. `including_bin` is for what has
    # to stay right while an article is in the bin, such as its address and what it names.
    objects = OutOfBin()
    binned = InBin()
    including_bin = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("approve_article", "Can approve articles in review"),
            ("publish_article", "Can publish, schedule, withdraw and correct articles"),
            ("erase_article", "Can delete articles in the bin for good"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["address_date", "slug"], name="address_once"),
            models.UniqueConstraint(fields=["guid"], condition=~Q(guid=""), name="guid_once"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | Q(publish_at__isnull=False, address_date__isnull=False, section__isnull=False),
                name="published_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(publish_at=None) | Q(expires_at__gt=F("publish_at")),
                name="expires_after_publishing",
            ),
            models.CheckConstraint(
                condition=Q(
                    scheduled_revision=None, scheduled_for=None, scheduled_until=None, scheduled_problem=""
                )
                | Q(
                    scheduled_revision__isnull=False,
                    scheduled_for__isnull=False,
                    state__in=[State.PUBLISHED, State.WITHDRAWN],
                ),
                name="scheduled_copy_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_until=None) | Q(scheduled_until__gt=F("scheduled_for")),
                name="scheduled_copy_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(binned_at=None) | (~Q(state=State.PUBLISHED) & Q(scheduled_for=None)),
                name="binned_is_not_public",
            ),
        ]
        indexes = [
            models.Index(
                F("publish_at").desc(), F("id").desc(), condition=Q(state="published"), name="newest"
            ),
            models.Index(
                "department",
                F("publish_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="newest_of_department",
            ),
            models.Index(
                "section",
                F("publish_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="newest_of_section",
            ),
            # Sitemaps count the articles of each month.
            models.Index(
                "publish_at",
                "id",
                "updated_at",
                "expires_at",
                condition=Q(state="published", canonical_url="", noindex=False, binned_at=None),
                name="for_sitemaps",
            ),
            models.Index(F("modified_at").desc(), F("id").desc(), name="last_saved"),
            models.Index("state", F("modified_at").desc(), name="last_saved_of_state"),
            models.Index("changes_in_review", condition=Q(changes_in_review=True), name="changes_in_review"),
            models.Index("language", F("modified_at").desc(), F("id").desc(), name="last_saved_of_language"),
            models.Index("expires_at", condition=Q(expires_at__isnull=False), name="expiring"),
            # Asked at each start whether any article was prepared with another version than this code's.
            models.Index("prepared_with", name="prepared_with"),
            models.Index("scheduled_for", condition=Q(scheduled_for__isnull=False), name="going_out"),
            models.Index("binned_at", condition=Q(binned_at__isnull=False), name="in_bin"),
        ]

    def __str__(self):
        return self.headline or "Untitled"

    def save(self, *, when=None, **kwargs):
        """`when` it is saved, if not now: what is imported was saved long ago."""
        self.modified_at = when or timezone.now()
        # Once its changes are published, scheduled, discarded or withdrawn, nothing waits for an editor.
        if self.changes_in_review and not (self.has_unscheduled_changes and self.state == State.PUBLISHED):
            self.changes_in_review = False
        self.department_id = (self.section.parent_id or self.section_id) if self.section_id else None
        super().save(**kwargs)

    def get_absolute_url(self):
        """Its public address, or, before it has one, the address where editors look at it."""
        if self.address_date is None:
            return address("preview", self.uid)
        return article_address(self.address_date, self.slug)

    def is_public(self, at=None):
        """The same rule as ArticleQuerySet.published(), for one row in hand."""
        at = at or timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.publish_at <= at
            and (self.expires_at is None or self.expires_at > at)
        )

    @property
    def feed_id(self):
        """Its id in feeds. It never changes: a reader's program would show the story as a new one."""
        return self.guid or self.uid.urn

    def hide_withheld(self):
        """Forget a lead picture that readers do not get any more. For a row that is shown and not saved."""
        if self.lead_image and self.lead_image.withheld:
            self.lead_image = None
        return self

    @property
    def lead_words(self):
        """The words of the lead picture in this article: its own, or else those of the library."""
        own = (self.lead_alt, self.lead_caption, self.lead_credit)
        image = self.lead_image
        library = (image.alt, image.caption, image.credit) if image else ("", "", "")
        return PictureWords(
            *(theirs if word is None else word for word, theirs in zip(own, library, strict=True))
        )

    @property
    def is_scheduled(self):
        """Its first publication is still to come; scheduled changes are another thing."""
        return self.state == State.PUBLISHED and self.publish_at > timezone.now()

    @property
    def is_approved(self):
        """An editor holds that the newest version may go out."""
        return self.is_in_review and self.approved_version == self.version

    @property
    def is_in_review(self):
        """It was submitted, or its changes were. Perhaps it is approved already."""
        return self.state == State.IN_REVIEW or self.changes_in_review

    @property
    def has_been_out(self):
        """Readers have it, or had it once: a later publication leaves its address and its publish time."""
        return self.first_published_at is not None and self.first_published_at <= timezone.now()

    @property
    def has_scheduled_changes(self):
        return self.scheduled_revision_id is not None

    @property
    def has_unscheduled_changes(self):
        """A working copy for which no time is set."""
        return self.working_copy_id is not None and self.working_copy_id != self.scheduled_revision_id

    @property
    def kind_in_words(self):
        return kind_in_words(self.kind)

    @property
    def stars(self):
        """None unless it is a review that has some."""
        return self.rating if self.kind == Kind.REVIEW else None

    @property
    def text_direction(self):
        """ "ltr" or "rtl"."""
        if self.direction != Direction.AUTOMATIC:
            return self.direction
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:
            return "ltr"


class ArticlePicture(models.Model):
    """A picture that an article shows in its body, published or as a working copy: it can't be deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="picture_links")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="article_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="picture_once_an_article")]

    def __str__(self):
        return f"{self.image} in {self.article}"


class NamedPicture(models.Model):
    """A picture that some version of an article names, however old it is: who brings that version back finds
    it, so it can't be deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="named_pictures")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="version_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="named_once_an_article")]

    def __str__(self):
        return f"{self.image} in versions of {self.article}"
