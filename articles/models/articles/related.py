from django.db import models
from django.db.models import F


class RelatedQuerySet(models.QuerySet):
    def without(self, column):
        """Empty `likeness` or `pinned` of these rows, and delete those in which nothing is left.

        Another transaction may empty the other column at this moment. The update waits for it, and only then
        is it known which rows are empty.
        """
        rows = self.model.objects.filter(pk__in=list(self.values_list("pk", flat=True)))
        rows.update(**{column: None})
        rows.filter(pinned=None, likeness=None).delete()


class Related(models.Model):
    """`other` is a related article of `article`: because an editor has pinned it, because the two are alike
    (articles/related/), or both.

    There is no constraint to the articles, because whoever writes these lists must not hold up those who
    write articles. A row stays while `other` is not public: readers get what `published()` lets through, and
    the press finds by the row which pages showed it.
    """

    # Found by the constraint's own index.
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="related", db_constraint=False, db_index=False
    )
    other = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="related_to", db_constraint=False
    )
    # How much they are alike; NULL if the row is there only because it is pinned.
    likeness = models.FloatField(null=True)
    # Its place among those that an editor has pinned, from 0 on.
    pinned = models.PositiveSmallIntegerField(null=True)

    objects = RelatedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="related_once")]

    def __str__(self):
        return f"{self.other_id}, related to {self.article_id}"


# The order in which the page of an article shows the others.
def in_order(path=""):
    return (
        F(f"{path}pinned").asc(nulls_last=True),
        F(f"{path}likeness").desc(nulls_last=True),
        F(f"{path}other").desc(),
    )
