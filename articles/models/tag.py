from django.db import models
from django.db.models import F
from taggit.models import ItemBase, TagBase

from .addresses import LONGEST_WORD, address, shortened, validate_length
from .versioned import Versioned


class Tag(TagBase, Versioned):
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True, validators=[validate_length])
    description = models.TextField(blank=True, help_text="A sentence or two for the top of the tag's page.")

    class Meta:
        ordering = ["name"]

    def get_absolute_url(self):
        return address("tag", self.slug)

    def slugify(self, tag, i=None):
        # With room for a number. A name of signs alone ("!!!") leaves nothing to make an address of.
        slug = shortened(super().slugify(tag), 90, LONGEST_WORD - 10) or "tag"
        return slug if i is None else f"{slug}_{i}"


class ArticleTag(ItemBase):
    """A tag on an article. Its tags stand in the order of these rows, which is the editor's."""

    content_object = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_links")
    # The article's publish time while it is published, else empty. It stands here too so that the newest
    # of a tag's articles come out of one index, however many the tag has.
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_an_article"),
        ]
        indexes = [
            models.Index("tag", F("published_at").desc(), F("content_object").desc(), name="tag_newest")
        ]

    def __str__(self):
        return str(self.tag)
