"""What is said when the article of a form is in the bin by now, or deleted for good."""

from articles.models import Article
from articles.models.desk.people import name_of
from articles.publishing.shared.records import in_words


def who_binned(**known):
    """Who has put the article into the bin, and when."""
    article = Article.binned.filter(**known).select_related("binned_by").first()
    if article is None:
        return "Somebody has deleted this article meanwhile."
    return f"{name_of(article.binned_by)} put this article into the bin at {in_words(article.binned_at)}."


def what_now(**known):
    """The same, and what can be done with the text of the form."""
    return (
        f"{who_binned(**known)} Your text is here and is not saved: press the button to make a new article of"
        " it, or have the article taken out of the bin first."
    )
