"""The picture library: adding pictures, changing their words, and removing those that nothing shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.crypto import get_random_string

from articles.images import fingerprint, make_master
from articles.models import Article, Image, Page, Revision, State, UnpublishedName
from articles.publishing.article.drafts import User
from articles.publishing.tasks.begin import begin
from articles.publishing.tasks.print_what_shows import WORDS, show

from .removed_files import remove_files
from .renditions import announce_renditions, rendition_files
from .shared.locks import lock
from .shared.prepared_body import image_ids
from .shared.records import Where, announce, together
from .shared.text import one_line, plain_text
from .shared.uses import Use, counted, refuse_if_used, some, unpublished, used_by_articles
from .shared.versions import raise_version


def add_image(data: bytes, *, name: str, by: User, **words: str) -> Image:
    """Take an upload into the library. If it has the same bytes already, that picture is returned.

    `words` are alt, caption and credit. Raises articles.images.ImageRefused with a message for the editor.
    """
    mark = fingerprint(data)
    if existing := Image.objects.filter(fingerprint=mark).first():
        return existing
    master = make_master(data)
    return kept_once(
        mark,
        master.content,
        # The upload's own name never reaches the disk: it can hold anything.
        file=f"masters/{mark[:2]}/{get_random_string(16).lower()}.{master.extension}",
        width=master.width,
        height=master.height,
        original_name=one_line(name)[-255:],
        uploaded_by=by,
        **cleaned(words),
    )


@transaction.atomic
def kept_once(mark: str, content: bytes, **values: Any) -> Image:
    """Make the row and its file. If somebody else has added the same bytes meanwhile, return their picture.

    The row is written first. The database lets only one of several transactions write it, and only that one
    writes a file.
    """
    image, is_new = Image.objects.get_or_create(fingerprint=mark, defaults=values)
    if is_new:
        default_storage.save(image.file.name, ContentFile(content))
        announce_renditions(image)
    return image


def cleaned(words: Mapping[str, str]) -> dict[str, str]:
    """Alt text, caption and credit in the form in which they are stored; only those that are given."""
    lines = {
        name: one_line(words[name])[: Image._meta.get_field(name).max_length]
        for name in ("alt", "credit")
        if name in words
    }
    return lines | ({"caption": plain_text(words["caption"])} if "caption" in words else {})


def is_before_readers(image: Image) -> bool:
    """Whether the picture is on a page that readers have, had, or will get at a time that is set."""
    out = Article.including_bin.exclude(state__in=[State.DRAFT, State.IN_REVIEW])
    return (
        out.filter(lead_image=image).exists()
        # The links also hold pictures of working copies, which readers have not seen: so the body is
        # searched.
        or out.filter(pictures=image, body__contains=marked(image)).exists()
        or image.portrait_of.exists()
        or is_scheduled_to_be_shown(image)
        or pages_showing(image).exists()
    )


def is_scheduled_to_be_shown(image: Image) -> bool:
    """Whether scheduled changes to an article show the picture. All are read, because there are few."""
    revisions = Article.objects.filter(scheduled_revision__isnull=False).values("scheduled_revision")
    copies = Revision.objects.filter(pk__in=revisions).order_by()
    contents = copies.values_list("content__lead_image_id", "content__body")
    return any(image.pk in {lead, *image_ids(body)} for lead, body in contents.iterator())


@transaction.atomic
def change_image(
    image: Image, *, focus: tuple[int, int] | None = None, expected: int | None = None, **words: str
) -> Image:
    """Save new words or a new focal point (per cent from left and top), and print every page that shows
    them."""
    lock(changed={Image: [image.pk]})
    for name, value in cleaned(words).items():
        setattr(image, name, value)
    if focus is not None:
        image.focus_x, image.focus_y = focus
    # Read from the database, because a form has already put the new focal point on `image`.
    was = Image.objects.get(pk=image.pk)
    raise_version(image, was, expected=expected)
    if was.focus != image.focus:
        announce_renditions(image)
    image.save()
    # Cards and portraits beside a name show none of the library's words.
    on_cards = was.focus != image.focus
    in_texts = on_cards or was.alt != image.alt
    # No article has to be saved: its prepared body only names the picture, and views take the words from this
    # row.
    pages = pages_showing(image) if in_texts else ()
    change = together(own(pages), where_image_shown(image, was, on_cards=on_cards, in_texts=in_texts))
    announce("image", image.pk, change if on_cards else {**change, "everywhere": False})
    return image


def where_image_shown(image: Image, was: Image, *, on_cards: bool, in_texts: bool) -> Where:
    """The pages that show what has changed of the picture: as a lead picture on cards, in bodies, and as the
    portrait of an author. Several authors may have the same portrait, for instance those of one desk.

    An article that has a word of its own for its lead picture does not show that of the library."""
    faces = image.portrait_of.all() if in_texts else []
    portraits = [["author", face.pk] for face in faces if on_cards]
    # Under a picture in a body stand the words of the body.
    bodies = [["picture", image.pk]] if in_texts else []
    words = [word for word in WORDS if getattr(was, word) != getattr(image, word)]
    names = ["lead"] if was.focus != image.focus else [f"lead_{word}" for word in words]
    leads = [[name, image.pk] for name in names]
    what = f"Pages that show the picture “{image}” are printed"
    return together(
        {"authors": [face.slug for face in faces]},
        begin(show, {"sources": leads, "lists": on_cards, "feeds": True}, what=what),
        begin(show, {"sources": bodies, "lists": False, "feeds": True}, what=what),
        begin(show, {"sources": portraits, "lists": False, "feeds": False}, what=what),
    )


def own(pages: Iterable[Page]) -> dict:
    return {"addresses": [page.get_absolute_url() for page in pages]}


def articles_showing(image: Image) -> models.QuerySet:
    """The numbers of the articles that have the picture as lead picture or in the body, published or not, in
    the bin too."""
    leads = Article.including_bin.filter(lead_image=image).order_by().values("pk")
    return leads.union(image.article_links.order_by().values("article"))


def marked(image: Image) -> str:
    """The text by which a stored body that shows the picture can be found."""
    return f'data-image="{image.pk}"'


def pages_showing(image: Image) -> models.QuerySet:
    """The paper's own pages that show the picture, without their bodies."""
    return Page.objects.filter(body__contains=marked(image)).defer("body", "prepared_body")


def uses_of_image(image: Image) -> list[Use]:
    return some(
        *used_by_articles(pk__in=articles_showing(image)),
        Use("authors", counted(image.portrait_of.all()), "author"),
        Use("pages", counted(pages_showing(image)), "page"),
        unpublished(UnpublishedName.Kind.IMAGE, image.pk),
    )


@transaction.atomic
def remove_image(image: Image) -> None:
    """Remove the row, and its files once that is committed and no backup is being made."""
    lock(changed={Image: [image.pk]})
    refuse_if_used(str(image), uses_of_image(image))
    files = [image.file.name, *rendition_files(image)]
    image.delete()
    remove_files(files)
