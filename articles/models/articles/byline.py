from django.db import models
from django.db.models import F

from articles.words.languages import listed


class Byline(models.Model):
    """An author on an article, in order."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=80, blank=True, help_text="Like “Photographs by”; empty for the text.")
    order = models.PositiveSmallIntegerField(default=0)
    # The article's publish time while it is published, else empty; see ArticleTag.published_at.
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="author_once_an_article",
                violation_error_message="This author is already on the article.",
            )
        ]
        indexes = [
            models.Index("author", F("published_at").desc(), F("article").desc(), name="byline_newest")
        ]

    def __str__(self):
        return f"{self.role} {self.author}".strip()


def names_of(lines):
    """ "Mara Ellis, Inés Prado and T. Lindqvist": who wrote it; who made its pictures only if nobody did."""
    names = [name for role, name in lines if not role] or [name for _, name in lines]
    return listed(names)
