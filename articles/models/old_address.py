from django.db import models


class OldAddress(models.Model):
    """An address that an article had; it leads to where the article is now."""

    path = models.CharField(max_length=400, unique=True)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="old_addresses")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "old addresses"

    def __str__(self):
        return self.path
