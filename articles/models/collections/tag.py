from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from taggit.models import ItemBase, TagBase

from articles.models.addresses.paths import LONGEST_WORD, address, shortened, validate_length
from articles.models.addresses.slug_field import SlugField
from articles.models.desk.versioned import Versioned
from articles.words.slugs import slug_of


class Tag(TagBase, Versioned):
    slug = SlugField(max_length=100, unique=True, validators=[validate_length])
    description = models.TextField(blank=True, help_text="A sentence or two for the top of the tag's page.")
    is_series = models.BooleanField(
        "a series",
        default=False,
        db_default=False,
        help_text="Each article leads to those before and after it, in the order of their publication, or in"
        " one that you set.",
    )

    class Meta:
        ordering = ["name"]

    def get_absolute_url(self):
        return address("tag", self.slug)

    def slugify(self, tag, i=None):
        # With room for a number. A name of signs alone ("!!!") leaves nothing to make an address of.
        slug = shortened(slug_of(tag), 90, LONGEST_WORD - 10) or "tag"
        return slug if i is None else f"{slug}_{i}"


def slugs_of(name):
    """The slugs that a tag of that name has unless an editor chose another: the one that is made today, and
    the one that was made before marks were kept."""
    return {Tag().slugify(name), slugify(name, allow_unicode=True) or "tag"}


class ArticleTag(ItemBase):
    """A tag on an article. Its tags stand in the order of these rows, which is the editor's."""

    content_object = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_links")
    # The article's publish time while it is published, else empty. It stands here too so that the newest
    # of a tag's articles come out of one index, however many the tag has.
    published_at = models.DateTimeField(null=True, editable=False)
    # Its place in the series, where an editor has set the order. Those without one follow, by their time.
    place = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_an_article"),
        ]
        indexes = [
            models.Index("tag", F("published_at").desc(), F("content_object").desc(), name="tag_newest"),
            models.Index("tag", "place", condition=Q(place__isnull=False), name="tag_placed"),
        ]

    def __str__(self):
        return str(self.tag)
