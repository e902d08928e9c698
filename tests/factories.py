"""A newsroom's things for tests, made as the desk makes them: through the publishing verbs.

Each fills in only what the test does not care about.
"""

import datetime
import io
import itertools
import random

from django.contrib.auth import get_user_model
from django.utils import timezone
from PIL import Image as Picture
from PIL import ImageDraw

from articles import publishing
from articles.models import Author, Page, Section, Tag
from articles.publishing import BylineContent, Content
from articles.publishing.article.content.slugs import slug_from
from articles.publishing.documents import add_document
from articles.publishing.pages import save_page
from articles.publishing.picture_library.intake import add_image

numbers = itertools.count(1)

BODY = (
    "<p>The wall is four metres high and eleven kilometres long.</p>"
    "<h2>What it costs</h2><p>Nobody has added it up before.</p>"
)


def section(name="World", *, slug="", parent=None, description="", order=None, **more):
    """The section of that name; made where there is none."""
    slug = slug or slug_from(name)
    order = next(numbers) if order is None else order
    values = {"name": name, "description": description, "order": order, **more}
    return Section.objects.get_or_create(slug=slug, parent=parent, defaults=values)[0]


def author(name="Mara Ellis", *, slug="", **more):
    return Author.objects.get_or_create(slug=slug or slug_from(name), defaults={"name": name, **more})[0]


def tag(name="coast"):
    return Tag.objects.get_or_create(name=name)[0]


def page(title="About", *, path="", body="<p>We print what we know.</p>", **more):
    return save_page(Page(title=title, path=path or slug_from(title), body=body, **more))


def editor(name="editor", **more):
    """Somebody who may do everything at the desk."""
    return get_user_model().objects.create_superuser(name, password="press-room", **more)


def picture_bytes(width=1800, height=1200, *, seed=None, format="JPEG"):
    """A small drawing, no two alike."""
    dice = random.Random(next(numbers) if seed is None else seed)  # noqa: S311 - a drawing, not a secret
    image = Picture.new("RGB", (width, height), tuple(dice.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(5):
        x, y, size = dice.randrange(width), dice.randrange(height), dice.randrange(20, height)
        draw.ellipse((x, y, x + size, y + size), fill=tuple(dice.randrange(256) for _ in range(3)))
    file = io.BytesIO()
    image.save(file, format, quality=70)
    return file.getvalue()


def image(alt="A harbour at dusk", *, width=1800, height=1200, seed=None, **words):
    data = picture_bytes(width, height, seed=seed)
    facts = {name: words.pop(name) for name in ("usable_until", "decorative") if name in words}
    added = add_image(data, name="harbour.jpg", by=None, alt=alt, **words)
    # Where the subject of a drawing is, is guessed too, which no test wants.
    type(added).objects.filter(pk=added.pk).update(focus_x=50, focus_y=50, **facts)
    added.refresh_from_db()
    return added


def document(data=b"%PDF-1.7 A report", *, name="report.pdf", **more):
    return add_document(io.BytesIO(data), name=name, by=None, **more)[0]


def content(**changes):
    """What an editor would have written. `section`, `authors` and `lead_image` take rows."""
    chosen = changes.pop("section", None) or section()
    authors = changes.pop("authors", ())
    lead = changes.pop("lead_image", None)
    written = {
        "headline": f"Harbour towns weigh the price, part {next(numbers)}",
        "standfirst": "Engineers say the line on the map is moving faster than the money.",
        "body": BODY,
        "section_id": chosen.pk,
        "bylines": tuple(BylineContent(each.pk) for each in authors),
        "lead_image_id": lead and lead.pk,
    }
    return Content(**(written | changes))


def article(*, by=None, **changes):
    """A draft that a person may publish: it has a byline."""
    if "bylines" not in changes:
        changes = {"authors": [author()]} | changes
    return publishing.begin(content(**changes), by=by)


def published_article(*, at=None, until=None, by=None, **changes):
    """Public since `at`, or since now; scheduled if `at` lies ahead. Without a person it has no byline."""
    draft = article(by=by, **changes) if by else publishing.begin(content(**changes), by=None)
    return publishing.publish(draft, by=by, at=at, until=until)


def published_articles(count, *, newest=None, apart=datetime.timedelta(hours=1), **changes):
    """So many, newest first, so far apart."""
    newest = newest or timezone.now()
    return [published_article(at=newest - number * apart, **changes) for number in range(count)]
