import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.articles.article import Article

KEPT = datetime.timedelta(days=14)


class UnsavedTextQuerySet(models.QuerySet):
    def of_form(self, *, uid, editor, tab):
        return self.filter(uid=uid, editor=editor, tab=tab)

    def offered(self, *, editor, article):
        """What this editor typed into the form of that article and never saved, the newest first. Without an
        article: what was typed into forms of articles that have never been saved, are deleted by
        now, or in the bin."""
        rows = self.filter(editor=editor).exclude(fields={}).order_by("-number")
        if article is not None:
            return rows.filter(uid=article.uid)
        return rows.exclude(models.Exists(Article.objects.filter(uid=models.OuterRef("uid"))))

    def left_behind(self, now):
        return self.filter(typed_at__lt=now - KEPT)


class UnsavedText(models.Model):
    """What an editor is typing into a form and has not saved: each field as it is, also one that is invalid.

    One row for each window. It is no revision: it is written over again and again, nobody else sees it, and
    it is emptied when the form is saved. What it holds has not been sanitised; it goes out only through
    `admin/desk/endpoints/unsaved.py`.
    """

    # The article's, which a form has before the article is saved for the first time.
    uid = models.UUIDField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsaved_texts"
    )
    # A window of the browser.
    tab = models.CharField(max_length=40)
    # The article's version that the form was opened with; 0 for an article that was never saved.
    version = models.PositiveIntegerField(default=0)
    # The browser's clock in milliseconds, raised with each copy: a copy that arrives late is known by it.
    number = models.PositiveBigIntegerField()
    # Field → value. Empty once the form was saved, so that a copy which arrives late finds a higher number.
    fields = models.JSONField(default=dict)
    typed_at = models.DateTimeField(default=timezone.now)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["editor", "uid", "tab"], name="unsaved_text_once_a_window")
        ]
        indexes = [models.Index(fields=["editor", "-number"])]

    def __str__(self):
        return str(self.fields.get("headline") or "Untitled")
