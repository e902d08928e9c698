"""Boards: what editors put on the front of the paper and on those of its sections."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone

from articles.fronts.layouts import LAYOUTS, USUAL
from articles.models.desk.people import name_of
from articles.models.desk.versioned import Versioned

LAYOUT_CHOICES = [(key, layout.name) for key, layout in LAYOUTS.items()]


class Board(Versioned):
    """The board of a section's front; without a section that of the paper's. It has a row from the first time
    on that somebody publishes one; its `version` is the number of its newest version."""

    section = models.OneToOneField("Section", null=True, on_delete=models.CASCADE, related_name="board")

    class Meta:
        default_permissions = ()
        verbose_name_plural = "fronts"
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(section=None), name="one_board_of_the_paper")
        ]

    def __str__(self):
        return f"The front of {self.section}" if self.section_id else "The front of the paper"

    def get_absolute_url(self):
        return self.section.get_absolute_url() if self.section_id else "/"


class BoardVersionQuerySet(models.QuerySet):
    def of(self, section):
        """Those of the section's board, by its number; None for that of the paper."""
        return self.filter(board__section=section)

    def out(self, at=None):
        """Those that readers have or had, the one that counts at that time first."""
        at = at or timezone.now()
        return self.filter(out_at__lte=at, cancelled_at=None).order_by("-out_at", "-number")

    def to_come(self, at=None):
        """Those that are scheduled, the next one first."""
        at = at or timezone.now()
        return self.filter(out_at__gt=at, cancelled_at=None).order_by("out_at", "number")


class BoardVersion(models.Model):
    """A board as it was published or scheduled once. Only whether it is cancelled changes later. Of those
    whose time has come, the one that came last counts, so a scheduled board goes out without anybody's
    doing."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    layout = models.CharField(max_length=12, choices=LAYOUT_CHOICES, default=USUAL.key)
    # Of the paper's front: [number of a department, whether its block is hidden], in the order of the blocks.
    blocks = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    out_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # The number of the version that it brings back; NULL for one that an editor has made.
    brings_back = models.PositiveIntegerField(null=True)

    objects = BoardVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="board_version_once")]
        indexes = [models.Index(fields=["board", "-out_at", "-number"], name="board_version_that_counts")]

    def __str__(self):
        return f"Version {self.number}"

    @property
    def who(self):
        return name_of(self.by)


class BoardSlot(models.Model):
    """An article in a place of a board. Places are counted from 0, in the order of the layout; so if another
    layout is chosen, the first story stays the first."""

    version = models.ForeignKey(BoardVersion, on_delete=models.CASCADE, related_name="slots")
    place = models.PositiveSmallIntegerField()
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="+")
    headline = models.CharField(max_length=300, blank=True)
    kicker = models.CharField(max_length=80, blank=True)
    # Instead of the article's own. It is kept as long as some version has it, which can be brought back.
    image = models.ForeignKey("Image", null=True, on_delete=models.PROTECT, related_name="board_slots")
    until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="board_place_once"),
            models.UniqueConstraint(fields=["version", "article"], name="board_article_once"),
        ]

    def __str__(self):
        return f"{self.article_id} in place {self.place}"
