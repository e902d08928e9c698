from django.db import models


class Reads(models.Model):
    """How often an article was opened in an hour. It says nothing about the readers.

    There is no constraint to the article, because counting must not hold up those who write articles.
    """

    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="reads", db_constraint=False, db_index=False
    )
    hour = models.DateTimeField(db_index=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reads"
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="reads_of_an_hour_once")]

    def __str__(self):
        return f"{self.article_id}, {self.hour}: {self.number}"


class MostRead(models.Model):
    """An article in the list of the most read ones, as pages show it until the next list is made."""

    place = models.PositiveSmallIntegerField(unique=True)
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="most_read", db_constraint=False
    )
    since = models.DateTimeField(help_text="When the list was made.")

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "most read"

    def __str__(self):
        return f"{self.place}. {self.article_id}"
