"""The pictures of the library: changing what is said about them, and finding the pages that show them."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from articles.images import NAMES, SQUARE
from articles.models import Article, Image, Page, Revision, State
from articles.publishing.tasks.begin import begin
from articles.publishing.tasks.print_what_shows import WORDS, is_on_cards, show

from .boards import announce_at, boards_showing
from .picture_library.rights import plan_end, should_be_withheld
from .renditions import announce_renditions, forget_renditions
from .shared.locks import lock
from .shared.prepared_body import image_ids
from .shared.records import Where, announce, together
from .shared.text import one_line, plain_text
from .shared.versions import raise_version

# What is said about a picture besides words: dates, and whether it is only decoration.
FACTS = ("decorative", "usable_until", "taken_on")
LINES = ("alt", "credit", "copyright", "origin", "licence")


def cleaned(words: Mapping[str, str]) -> dict[str, str]:
    """Texts about a picture in the form in which they are stored; only those that are given."""
    lines = {
        name: one_line(words[name])[: Image._meta.get_field(name).max_length]
        for name in LINES
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
        or bool(boards_showing(image))
    )


def is_scheduled_to_be_shown(image: Image) -> bool:
    """Whether scheduled changes to an article show the picture. All are read, because there are few."""
    revisions = Article.objects.filter(scheduled_revision__isnull=False).values("scheduled_revision")
    copies = Revision.objects.filter(pk__in=revisions).order_by()
    contents = copies.values_list("content__lead_image_id", "content__body")
    return any(image.pk in {lead, *image_ids(body)} for lead, body in contents.iterator())


@transaction.atomic
def change_image(
    image: Image,
    *,
    focus: tuple[int, int] | None = None,
    crops: str | None = None,
    facts: Mapping[str, Any] | None = None,
    expected: int | None = None,
    **words: str,
) -> Image:
    """Save new words, new facts (FACTS), a new focal point (per cent from left and top) or new crops (as
    `checked_crops` writes them), and print every page that shows them. Whatever else `image` says is not
    saved: it may be older than what a colleague has saved meanwhile, or be what a form has put there."""
    lock(changed={Image: [image.pk]})
    image.refresh_from_db()
    was = copy(image)
    for name, value in (cleaned(words) | dict(facts or {})).items():
        setattr(image, name, value)
    if focus is not None:
        image.focus_x, image.focus_y = focus
    if crops is not None:
        image.crops = crops
    raise_version(image, was, expected=expected)
    cut = cut_anew(was, image)
    image.withheld = should_be_withheld(image)
    if was.withheld != image.withheld:
        # The desk shows it under other addresses than those that readers have had.
        forget_renditions(was)
    if cut or was.key != image.key:
        announce_renditions(image)
    image.save()
    if was.usable_until != image.usable_until:
        plan_end(image)
    # Cards and portraits beside a name show none of the library's words.
    on_cards = was.focus != image.focus or was.withheld != image.withheld
    announce_image(image, was, on_cards=on_cards, in_texts=on_cards or was.alt != image.alt, cut=cut)
    return image


def cut_anew(was: Image, image: Image) -> frozenset[str]:
    """The names of the ratios for which a crop was set, changed or given up."""
    return frozenset(NAMES[crop.ratio] for crop in set(was.source.crops) ^ set(image.source.crops))


def announce_image(
    image: Image, was: Image, *, on_cards: bool, in_texts: bool, cut: frozenset[str] = frozenset()
) -> None:
    """Have every page printed that shows what has changed of the picture. `cut`: the ratios in which it is
    cut otherwise. If all of it is shown otherwise (`on_cards`), they are among that."""
    cut = frozenset() if on_cards else cut
    # No article has to be saved: its prepared body only names the picture, and views take the words from this
    # row.
    pages = pages_showing(image) if in_texts else ()
    where = where_image_shown(image, was, on_cards=on_cards, in_texts=in_texts, cut=cut)
    is_read = on_cards or in_texts or bool(words_changed(was, image))
    told = {"in_feeds": is_read} | ({} if on_cards or is_on_cards(cut) else {"everywhere": False})
    announce("image", image.pk, together(own(pages), where) | told)
    if on_cards or is_on_cards(cut):
        for board in boards_showing(image):
            announce_at(board, [timezone.now()])


def words_changed(was: Image, image: Image) -> list[str]:
    return [word for word in WORDS if getattr(was, word) != getattr(image, word)]


def where_image_shown(
    image: Image, was: Image, *, on_cards: bool, in_texts: bool, cut: frozenset[str]
) -> Where:
    """The pages that show what has changed of the picture: as a lead picture on cards, in bodies, and as the
    portrait of an author. Several authors may have the same portrait, for instance those of one desk.

    An article that has a word of its own for its lead picture does not show that of the library."""
    in_square = on_cards or NAMES[SQUARE] in cut
    faces = image.portrait_of.all() if in_texts or in_square else []
    portraits = [["author", face.pk] for face in faces if in_square]
    # Under a picture in a body stand the words of the body.
    bodies = [["picture", image.pk]] if in_texts else []
    names = ["lead"] if on_cards else [f"lead_{word}" for word in words_changed(was, image)]
    leads = [[name, image.pk] for name in names]
    crops = {"sources": [["lead", image.pk]], "lists": is_on_cards(cut), "feeds": False, "cut": sorted(cut)}
    what = f"Pages that show the picture “{image}” are printed"
    return together(
        {"authors": [face.slug for face in faces]},
        begin(show, {"sources": leads, "lists": on_cards, "feeds": True}, what=what),
        begin(show, crops, what=what) if cut else {},
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
