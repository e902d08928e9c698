"""The picture library: taking pictures in, saying things about them, making their renditions."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string

from articles.images import Rendition, encode, fingerprint, make_master
from articles.models import Article, Image

from .drafts import User
from .prepare import prepare_article
from .records import announce, together, where_shown
from .text import one_line, plain_text


def add_image(data: bytes, *, name: str, by: User, **words: str) -> Image:
    """Take an upload into the library; the same bytes a second time give the picture that is there.

    `words` are alt, caption and credit. Raises articles.images.ImageRefused with a message for the editor.
    """
    mark = fingerprint(data)
    if standing := Image.objects.filter(fingerprint=mark).first():
        return standing
    master = make_master(data)
    image = Image(
        width=master.width,
        height=master.height,
        fingerprint=mark,
        original_name=one_line(name)[-255:],
        uploaded_by=by,
    )
    say(image, **words)
    # The upload's own name never reaches the disk: it can hold anything.
    image.file.name = default_storage.save(
        f"masters/{mark[:2]}/{get_random_string(16).lower()}.{master.extension}", ContentFile(master.content)
    )
    image.save()
    return image


def say(image: Image, **words: str) -> None:
    for field in ("alt", "credit"):
        if field in words:
            setattr(image, field, one_line(words[field])[: Image._meta.get_field(field).max_length])
    if "caption" in words:
        image.caption = plain_text(words["caption"])


@transaction.atomic
def change_image(image: Image, *, focus: tuple[int, int] | None = None, **words: str) -> Image:
    """New words or a new focal point (per cent from left and top); every page that shows it follows."""
    say(image, **words)
    if focus is not None:
        image.focus_x, image.focus_y = focus
    image.save()
    for article in Article.objects.filter(pictures=image):
        prepare_article(article)
        article.save()
    shown: dict = {}
    for article in Article.objects.published().filter(lead_image=image) | Article.objects.published().filter(
        pictures=image
    ):
        shown = together(shown, where_shown(article))
    authors = [author.slug for author in image.portrait_of.all()]
    announce("image", image.pk, together(shown, {"authors": authors} if authors else {}))
    return image


def make_rendition(image: Image, rendition: Rendition) -> bytes:
    """The rendition's bytes, made and stored if it is not there yet."""
    if default_storage.exists(rendition.path):
        with default_storage.open(rendition.path) as file:
            return file.read()
    with image.file.open() as file:
        made = encode(file.read(), rendition, image.focus)
    default_storage.save(rendition.path, ContentFile(made))
    return made
