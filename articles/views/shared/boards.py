"""What editors have put on a front, read with one query."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Subquery

from articles.database.compiled_queries import CompiledQuery
from articles.fronts.composition import Candidate
from articles.fronts.layouts import LAYOUTS, USUAL
from articles.fronts.placement import NO_BOARD, Board, Slot
from articles.models import Article, BoardVersion

from .cards import PICTURE, is_shown, picture_source

SLOT = ["place", "article", "until", "headline", "kicker"]
OF_ARTICLE = ["lead_image__withheld", "section", "department"]
COLUMNS = [
    "layout",
    "blocks",
    "is_public",
    *(f"slots__{name}" for name in SLOT),
    *(f"slots__article__{name}" for name in OF_ARTICLE),
    "slots__image",
    *(f"slots__image__{name}" for name in PICTURE),
]


def slots_at(at, section):
    """The slots of the version that counts at that time; one row without a place if it has none."""
    that_counts = BoardVersion.objects.of(section).out(at).values("pk")[:1]
    is_public = Exists(Article.objects.published(at).filter(pk=OuterRef("slots__article")))
    version = BoardVersion.objects.filter(pk=Subquery(that_counts)).order_by()
    return version.annotate(is_public=is_public).values_list(*COLUMNS)


OF_PAPER = CompiledQuery(lambda at: slots_at(at, None))
OF_SECTION = CompiledQuery(slots_at)


def board_of_paper(at):
    return board_from(OF_PAPER.rows(at=at))


def board_of_section(section, at):
    """Only articles of the section and its subsections stand on it."""
    return board_from(OF_SECTION.rows(at=at, section=section), within=section)


def board_from(rows, within=None):
    if not rows:
        return NO_BOARD
    slots = [slot_from(dict(zip(COLUMNS, row, strict=True)), within) for row in rows]
    # An older release may have had layouts that are gone.
    layout, blocks = rows[0][:2]
    blocks = tuple((number, is_hidden) for number, is_hidden in blocks)
    return Board(LAYOUTS.get(layout, USUAL), tuple(filter(None, slots)), blocks)


def slot_from(row, within):
    """None if the place is empty, or if its article is not in that section."""
    is_elsewhere = within not in (None, row["slots__article__section"], row["slots__article__department"])
    if row["slots__place"] is None or is_elsewhere:
        return None
    picture = None
    if row["slots__image"] is not None:
        picture = picture_source(
            tuple((name, row[f"slots__image__{name}"]) for name in PICTURE), row["slots__image"]
        )
    has_picture = picture is not None or is_shown(row["slots__article__lead_image__withheld"])
    return Slot(
        place=row["slots__place"],
        story=Candidate(row["slots__article"], has_picture=has_picture),
        is_public=bool(row["is_public"]),
        until=row["slots__until"],
        headline=row["slots__headline"],
        kicker=row["slots__kicker"],
        picture=picture,
    )


def with_own_words(cards, slots):
    """Number → card, with the words and pictures that an editor has given these slots."""
    own = {slot.story.pk: slot for slot in slots if slot.headline or slot.kicker or slot.picture}
    return {pk: worded(card, own[pk]) if pk in own else card for pk, card in cards.items()}


def worded(card, slot):
    return replace(
        card,
        headline=slot.headline or card.headline,
        kicker=slot.kicker or card.kicker,
        lead_image=slot.picture or card.lead_image,
    )
