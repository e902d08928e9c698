from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from articles.models.desk.people import name_of


class NoteQuerySet(models.QuerySet):
    def threads(self):
        """The first notes of threads, those that are not resolved first, each with its answers."""
        rows = self.filter(thread=None).select_related("by", "resolved_by")
        answers = Note.objects.select_related("by").order_by("pk")
        return rows.order_by(models.F("resolved_at").asc(nulls_first=True), "pk").prefetch_related(
            models.Prefetch("answers", answers)
        )

    def state(self):
        """Text that is another one whenever a note was written, changed, resolved or removed."""
        found = self.aggregate(number=Count("pk"), newest=Max("pk"), changed=Max("changed_at"))
        changed = found["changed"]
        return f"{found['number']}.{found['newest'] or 0}.{changed.timestamp() if changed else 0}"

    def open(self):
        return self.filter(thread=None, resolved_at=None)


class Note(models.Model):
    """What colleagues say to each other about an article, or about some words of its text. Readers never get
    it. The first note of a thread has the thread's state; the others answer it.

    The words are kept as they were marked, with what stood before and after them (the TextQuoteSelector of
    the W3C's Web Annotation Data Model), and never as a mark in the text. So the mark is found again after
    the text was changed, on whatever page it is shown. They are renewed when the text is saved.
    """

    class Kind(models.TextChoices):
        NOTE = "note", "wrote"
        SENT_BACK = "back", "sent it back"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="notes")
    thread = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.NOTE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="desk_notes"
    )
    # What somebody who has a draft link calls themselves.
    name = models.CharField(max_length=80, blank=True)
    # Empty if it was removed and others have answered it.
    text = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    # The words that stand there now, if they are others: publishing/notes/marks.py.
    quote_now = models.TextField(blank=True, default="", db_default="")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    # Raised by each change of the note, so that nobody changes one that they have not seen.
    version = models.PositiveIntegerField(default=1)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(thread=None) | Q(quote="", resolved_at=None), name="answers_have_no_state"
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_comment(self):
        """Somebody without an account has written it, who has a draft link."""
        return self.by_id is None and bool(self.name)

    @property
    def who(self):
        return self.name if self.is_comment else name_of(self.by)
