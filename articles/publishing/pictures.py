"""The picture library: taking pictures in, saying things about them, making their renditions."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.utils.crypto import get_random_string

from articles.images import (
    ROLES,
    ImageRefused,
    Rendition,
    encode_all,
    fingerprint,
    make_master,
    renditions_for,
)
from articles.models import Article, Image, Page, Revision, State
from articles.whole_files import write_whole

from .drafts import User
from .later import begin
from .locks import lock
from .prepare import image_ids
from .records import Where, announce, together
from .removal import marked, pages_showing
from .showing import show
from .text import one_line, plain_text

# What a picture may be used as: its renditions are made as soon as it is in the library.
EXPECTED = [role for name, role in ROLES.items() if name != "portrait"]


def add_image(data: bytes, *, name: str, by: User, **words: str) -> Image:
    """Take an upload into the library; the same bytes a second time give the picture that is there.

    `words` are alt, caption and credit. Raises articles.images.ImageRefused with a message for the editor.
    """
    mark = fingerprint(data)
    if standing := Image.objects.filter(fingerprint=mark).first():
        return standing
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
    """The row and its file, or what somebody else made of the same bytes meanwhile.

    The row comes first: the database lets one of several through, and only that one writes a file.
    """
    image, is_new = Image.objects.get_or_create(fingerprint=mark, defaults=values)
    if is_new:
        default_storage.save(image.file.name, ContentFile(content))
        announce_renditions(image)
    return image


def announce_renditions(image: Image) -> None:
    """Have the press make them while nobody waits, so that publishing need not."""
    announce("renditions", image.pk, {})


def expected_renditions(image: Image) -> tuple[Rendition, ...]:
    return renditions_for(image.source, EXPECTED)


def cleaned(words: Mapping[str, str]) -> dict[str, str]:
    """Alt text, caption and credit as they may be stored; only those that are given."""
    lines = {
        name: one_line(words[name])[: Image._meta.get_field(name).max_length]
        for name in ("alt", "credit")
        if name in words
    }
    return lines | ({"caption": plain_text(words["caption"])} if "caption" in words else {})


def is_before_readers(image: Image) -> bool:
    """Whether its words stand on pages that readers have, had, or get at a time that is set."""
    out = Article.objects.exclude(state__in=[State.DRAFT, State.IN_REVIEW])
    return (
        out.filter(lead_image=image).exists()
        # Pictures of working copies are held too; those words nobody has read.
        or out.filter(pictures=image, body__contains=marked(image)).exists()
        or image.portrait_of.exists()
        or is_scheduled_to_be_shown(image)
        or pages_showing(image).exists()
    )


def is_scheduled_to_be_shown(image: Image) -> bool:
    """Whether scheduled changes to an article show it; there are few of them."""
    revisions = Article.objects.filter(scheduled_revision__isnull=False).values("scheduled_revision")
    copies = Revision.objects.filter(pk__in=revisions).order_by()
    contents = copies.values_list("content__lead_image_id", "content__body")
    return any(image.pk in {lead, *image_ids(body)} for lead, body in contents.iterator())


@transaction.atomic
def change_image(image: Image, *, focus: tuple[int, int] | None = None, **words: str) -> Image:
    """New words or a new focal point (per cent from left and top); every page that shows it follows."""
    lock(changed={Image: [image.pk]})
    for name, value in cleaned(words).items():
        setattr(image, name, value)
    if focus is not None:
        image.focus_x, image.focus_y = focus
    # Asked of the database: a form has put the new one on the row in hand already.
    was = Image.objects.get(pk=image.pk)
    if was.focus != image.focus:
        announce_renditions(image)
    image.save()
    # Captions and credits stand under pictures in articles, and neither on cards nor under portraits.
    on_cards = (was.focus, was.alt) != (image.focus, image.alt)
    # No article is written: its prepared body names the picture, and a page takes the words from here.
    change = together(own(pages_showing(image)), where_image_shown(image, on_cards=on_cards))
    announce("image", image.pk, change if on_cards else {**change, "everywhere": False})
    return image


def where_image_shown(image: Image, *, on_cards: bool) -> Where:
    """On cards as an article's lead picture; in bodies; and where an author is shown with it, as one portrait
    may be several authors', a desk's for instance."""
    faces = image.portrait_of.all() if on_cards else []
    on_pages = [["picture", image.pk], *(["author", face.pk] for face in faces)]
    what = f"Pages that show the picture “{image}” are printed"
    return together(
        {"authors": [face.slug for face in faces]},
        begin(show, {"sources": [["lead", image.pk]], "lists": on_cards}, what=what),
        begin(show, {"sources": on_pages, "lists": False}, what=what),
    )


def own(pages: Iterable[Page]) -> dict:
    return {"addresses": [page.get_absolute_url() for page in pages]}


def make_rendition(image: Image, rendition: Rendition) -> bytes:
    """The rendition's bytes, made and stored if it is not there yet."""
    make_renditions(image, [rendition])
    with default_storage.open(rendition.path) as file:
        return file.read()


def make_renditions(image: Image, renditions: Iterable[Rendition]) -> int:
    """Make and store those that are not there yet, decoding the picture once; answers how many those were.

    ImageRefused if the stored picture can't be read; OSError if the new files can't be written.
    """
    missing = [rendition for rendition in renditions if not default_storage.exists(rendition.path)]
    if not missing:
        return 0
    for rendition, content in encode_all(read_master(image), missing, image.focus):
        store_whole(rendition.path, content)
    return len(missing)


def read_master(image: Image) -> bytes:
    """ImageRefused if the disk does not give it: for whoever wants a rendition that is as if it were damaged.
    A disk that takes no new file is another fault."""
    try:
        with image.file.open() as file:
            return file.read()
    except OSError as error:
        raise ImageRefused(
            f"Its file {image.file.name} cannot be read: {error.strerror or error}."
        ) from error


def store_whole(path: str, content: bytes) -> None:
    """A file server hands a picture out as soon as it has its name, to be kept for ever: never half of it."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.save(path, ContentFile(content))
        return
    write_whole(Path(default_storage.path(path)), content, mode=settings.FILE_UPLOAD_PERMISSIONS)
