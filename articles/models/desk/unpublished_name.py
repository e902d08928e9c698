from django.db import models


class UnpublishedName(models.Model):
    """A section, author, tag or lead picture that an article's unpublished text names.

    That text is JSON in a revision, which no index reaches. These rows are found by one, however many working
    copies there are: when a tag is renamed, and before something is deleted.
    """

    class Kind(models.TextChoices):
        SECTION = "section"
        AUTHOR = "author"
        TAG = "tag"
        IMAGE = "image"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="unpublished_names")
    kind = models.CharField(max_length=8, choices=Kind)
    # Its number; of a tag, which need not be in the library yet, its name in small letters.
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "article"], name="unpublished_name_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.name}"
