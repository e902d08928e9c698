"""Which pictures of the library readers see somewhere."""

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from articles.models.articles.article import Article
from articles.models.collections.author import Author
from articles.models.collections.image import Image
from articles.models.collections.page import Page
from articles.models.collections.public_pages import with_stories

THE_PICTURE = OuterRef("pk")
# As it stands in a prepared body (body/outgoing/placeholders.py). Nothing that somebody types looks like it.
PLACEHOLDER = Concat(
    Value('<picture data-image="'), Cast(THE_PICTURE, CharField()), Value('"'), output_field=CharField()
)


def public_pictures(at=None):
    """Those at the top or in the text of a public article, on one of the paper's own pages, or the portrait
    of an author whom readers find. The rows that hold the pictures of an article name those of its working
    copy too, so its text is looked at."""
    at = at or timezone.now()
    public = Article.objects.published(at)
    shown = (
        Exists(public.filter(lead_image=THE_PICTURE))
        | Exists(public.filter(picture_links__image=THE_PICTURE, prepared_body__contains=PLACEHOLDER))
        | Exists(with_stories(Author, at).filter(portrait=THE_PICTURE))
        | Exists(Page.objects.filter(published=True, prepared_body__contains=PLACEHOLDER))
    )
    return Image.objects.filter(Q(shown), withheld=False)
