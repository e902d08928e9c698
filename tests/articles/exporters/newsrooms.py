"""A newsroom as a value that can be compared with another one, whatever the numbers of its rows; and emptying it."""

import re

from articles.models import (
    Article,
    Author,
    Document,
    Image,
    Imported,
    ImportRun,
    OldAddress,
    Page,
    Section,
    Tag,
)

IMG = re.compile(r"<img [^>]*>")
ATTRIBUTE = re.compile(r'\s([\w-]+)(?:="([^"]*)")?')
COLUMNS = (
    "headline slug kicker standfirst lead_alt lead_caption lead_credit language direction search_title kind reviewed rating"
    " search_description canonical_url noindex state address_date"
).split()
# Rows of these are taken away in this order.
ALL = (Imported, ImportRun, OldAddress, Page, Tag, Author, Section, Image, Document)


def dump():
    """What readers and editors see: by the id in feeds, since that never changes."""
    pictures = {image.pk: words(image) for image in Image.objects.all()}
    return {
        "articles": {article.feed_id: of_article(article, pictures) for article in Article.objects.all()},
        "pages": {page.path: of_page(page, pictures) for page in Page.objects.all()},
        "sections": {
            each.get_absolute_url(): (each.name, each.description)
            for each in Section.objects.all()
            if Article.objects.in_section(each).exists()
        },
        "tags": {
            each.slug: (each.name, each.description, each.is_series)
            for each in Tag.objects.filter(article_links__isnull=False).distinct()
        },
        "authors": {
            each.slug: (each.name, each.biography, each.role, each.links)
            for each in Author.objects.filter(bylines__isnull=False).distinct()
        },
        "pictures": sorted(pictures.values()),
    }


def redirects():
    """Path → where it leads, of articles and pages."""
    rows = OldAddress.objects.exclude(article=None, page=None).select_related("article", "page")
    return {old.path: old.destination for old in rows}


def words(image):
    return image.alt, image.caption, image.credit, image.width, image.height


def of_article(article, pictures):
    found = {name: getattr(article, name) for name in COLUMNS}
    # Cut to its length, it may end in a space.
    found["search_description"] = found["search_description"].strip()
    lines = article.bylines.order_by("order", "pk").select_related("author")
    return found | {
        "body": with_words(article.body, pictures),
        "section": article.section and article.section.get_absolute_url(),
        "lead": article.lead_image_id and (pictures[article.lead_image_id], article.lead_words),
        "tags": [link.tag.name for link in article.tag_links.order_by("pk").select_related("tag")],
        "bylines": [(line.author.slug, line.author.name, line.role) for line in lines],
        "corrections": [(note.kind, note.text, note.at) for note in article.corrections.all()],
        "begun": None if article.publish_at else whole(article.created_at),
        **{name: whole(getattr(article, name)) for name in ("publish_at", "updated_at")},
        "until": article.expires_at,
    }


def of_page(page, pictures):
    return page.title, with_words(page.body, pictures), page.published, page.order, page.language


def whole(at):
    """WordPress knows no parts of seconds."""
    return at and at.replace(microsecond=0)


def with_words(body, pictures):
    """The body with what its pictures are in the place of their numbers."""

    def shown(img):
        attrs = dict(ATTRIBUTE.findall(img[0]))
        decorative = "data-decorative" in attrs
        return f"<img {pictures[int(attrs['data-image'])]} {attrs.get('alt', '')!r} {decorative}>"

    return IMG.sub(shown, body)


def empty():
    """As before the first article."""
    Article.including_bin.all().delete()
    for model in ALL:
        rows = model.objects.all()
        if model is Section:
            rows.exclude(parent=None).delete()
        rows.all().delete()
