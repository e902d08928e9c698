from articles.models.articles.article import Article
from articles.models.articles.article_queries import InBin


class BinnedArticle(Article):
    """An article in the bin, for the desk's list of them."""

    objects = InBin()

    class Meta:
        proxy = True
        ordering = ["-binned_at", "-pk"]
        default_permissions = ()
        verbose_name = "article in the bin"
        verbose_name_plural = "articles in the bin"
