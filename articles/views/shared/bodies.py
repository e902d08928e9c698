"""The bodies of articles and of the paper's own pages as readers get them, their pictures filled in."""

from itertools import islice
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from articles.body import fill_pictures, pictures_named
from articles.database.compiled_queries import CompiledQuery
from articles.images import ROLES, files_named, picture_html
from articles.models import Image, Page
from articles.models.articles.kinds import Kind
from articles.publishing.shared.prepared_body import preparation, prepare_article, prepare_page

from .cards import PICTURE, picture_source

# Numbers in one query. Nobody has seen a body with as many pictures; SQLite takes some thousand values.
AT_ONCE = 500

# What pictures of a picture story are shown as, by what they are in other texts.
LARGE = {"figure": "figure-wide", "figure-gallery": "figure", "figure-pair": "figure"}

TOLD = [*PICTURE, "alt"]
PICTURES = CompiledQuery(
    lambda images: Image.objects.filter(pk__in=images).order_by().values_list("pk", *TOLD)
)


class Body(NamedTuple):
    """What readers get, and the files of pictures that it names."""

    html: SafeString
    pictures: tuple[str, ...] = ()


def bring_up_to_date(row):
    """If another version of the code has prepared the article or page, prepare it again, for this answer
    only. So pages are right as soon as a new version runs, before `manage.py prepare` has saved the row."""
    if row.prepared_with != preparation():
        prepare = prepare_page if isinstance(row, Page) else prepare_article
        prepare(row)


def body_of(row):
    """The body for readers. One query if it has pictures, none if not."""
    role_of = LARGE.get if getattr(row, "kind", "") == Kind.PICTURES else lambda role, _: role
    html, named = row.prepared_body, []
    if numbers := pictures_named(html):
        sources = sources_of(numbers)

        def picture(number, role, alt):
            if (source := sources.get(number)) is None:
                return None
            role = role_of(role, role)
            named.extend(files_named(source, ROLES[role]))
            return picture_html(source, ROLES[role], alt=alt)

        html = fill_pictures(html, picture)
    return Body(mark_safe(html), tuple(named))  # noqa: S308 - sanitised and prepared when it was saved


def unused_of_body(html):
    """The style sheets and scripts that the page does not need, because the text has no such elements."""
    signs = {
        "boxes": ['<aside class="facts', '<aside class="summary"'],
        "embed": ['class="embed'],
        "embeds": ["data-frame="],
        "gallery": ['class="gallery"', 'class="pair"'],
        "table": ['class="table"'],
    }
    return [name for name, each in signs.items() if not any(sign in html for sign in each)]


def sources_of(numbers):
    """Number → what is needed to show the picture. Pictures that are gone are left out."""
    rest, found = iter(sorted(numbers)), {}
    while some := tuple(islice(rest, AT_ONCE)):
        for number, *values in PICTURES.rows(images=some):
            found[number] = picture_source(tuple(zip(TOLD, values, strict=True)), number)
    return found
