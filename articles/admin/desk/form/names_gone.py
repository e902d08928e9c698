"""What a form still names although it is gone: tags that were merged, renamed or deleted, and pictures."""

from articles.models import Image, Tag
from articles.models.collections.tag import slugs_of
from articles.publishing import Content
from articles.publishing.article.content.named_rows import moved_to
from articles.publishing.shared.prepared_body import image_ids

# A tag that one of so many newest versions names was there when the form was opened.
LOOKED_AT = 5


def named_lately(article):
    """The tags that the newest versions name, in small letters."""
    if article is None:
        return set()
    rows = article.revisions.order_by("-number").values_list("content__tags", flat=True)[:LOOKED_AT]
    return {name.lower() for tags in rows for name in tags or ()}


def renamed(name, article):
    """The tag of the article that has kept the address of this name, but has another name now."""
    return Tag.objects.filter(slug__in=slugs_of(name), name__in=Content.newest(article).tags).first()


def replaced(names, gone, article):
    """The names, in which each that is gone is replaced by that of the tag in its place or left out, and
    sentences that say so."""
    into = {name: moved_to(name) or renamed(name, article) for name in gone}
    found = [(into[name] and into[name].name) if name in into else name for name in names]
    return tuple(dict.fromkeys(filter(None, found))), [sentence(name, tag) for name, tag in into.items()]


def sentence(name, tag):
    if tag:
        return f"The tag “{name}” is “{tag}” since you opened this; the article has that one."
    return (
        f"The tag “{name}” was deleted since you opened this; the article is saved without it. If it is"
        " needed, it can be added again under Tags."
    )


def lost_pictures(body):
    """A sentence about pictures of the text that are not in the library any more; empty if all are there."""
    numbers = image_ids(body)
    lost = len(numbers) - Image.objects.filter(pk__in=numbers).count() if numbers else 0
    if not lost:
        return ""
    what = "A picture" if lost == 1 else f"{lost} pictures"
    verb, them = ("is", "it") if lost == 1 else ("are", "them")
    return (
        f"{what} in the text {verb} no longer in the library, so readers see neither {them} nor the caption."
        f" Take {them} out, or insert another."
    )
