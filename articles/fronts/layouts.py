"""The layouts of the top of a front: which places there are, and in which shapes."""

from dataclasses import dataclass
from enum import StrEnum


class RowShape(StrEnum):
    """The shapes that templates/components/top.html draws."""

    PACKAGE = "package"  # one large, the others beside it
    BANNER = "banner"  # one over the whole width, its headline first
    POSTER = "poster"  # one over the whole width, its picture first
    PAIR = "pair"  # two large ones side by side
    ACROSS = "across"  # side by side, with pictures
    STRIP = "strip"  # pictures side by side
    HEADLINES = "headlines"  # side by side, in words alone


@dataclass(frozen=True)
class Place:
    """`wants_picture`: if no editor has filled it, it goes to a story with a picture."""

    name: str
    wants_picture: bool = False


@dataclass(frozen=True)
class Row:
    """A part of a layout. `cards` are the stories in its places, once it is filled."""

    shape: RowShape
    places: tuple[Place, ...] = ()
    cards: tuple = ()


@dataclass(frozen=True)
class Layout:
    key: str
    name: str
    meant_for: str
    rows: tuple[Row, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for row in self.rows for place in row.places)


def row(shape: RowShape, *names: str, pictured: int = 0) -> Row:
    """`pictured`: so many of the first places want a picture."""
    return Row(shape, tuple(Place(name, number < pictured) for number, name in enumerate(names)))


USUAL = Layout(
    "usual",
    "Usual day",
    "One lead, four stories beside it",
    (row(RowShape.PACKAGE, "Lead", "Beside 1", "Beside 2", "Beside 3", "Beside 4", pictured=1),),
)
BIG_NEWS = Layout(
    "big",
    "Big news",
    "One story over the whole width, three below it",
    (
        row(RowShape.BANNER, "Lead", pictured=1),
        row(RowShape.ACROSS, "Below 1", "Below 2", "Below 3", pictured=3),
    ),
)
TWO_LEADS = Layout(
    "two",
    "Two leads",
    "Two large stories side by side, four headlines below",
    (
        row(RowShape.PAIR, "First lead", "Second lead", pictured=2),
        row(RowShape.HEADLINES, "Below 1", "Below 2", "Below 3", "Below 4"),
    ),
)
QUIET_DAY = Layout(
    "quiet",
    "Quiet day",
    "Three stories of equal weight, four headlines below",
    (
        row(RowShape.ACROSS, "First", "Second", "Third", pictured=3),
        row(RowShape.HEADLINES, "Below 1", "Below 2", "Below 3", "Below 4"),
    ),
)
PICTURE_DAY = Layout(
    "pictures",
    "Picture day",
    "One large picture, a strip of four below it",
    (
        row(RowShape.POSTER, "Picture", pictured=1),
        row(RowShape.STRIP, "Strip 1", "Strip 2", "Strip 3", "Strip 4", pictured=4),
    ),
)
LAYOUTS = {layout.key: layout for layout in (USUAL, BIG_NEWS, TWO_LEADS, QUIET_DAY, PICTURE_DAY)}
MOST_PLACES = max(len(layout.places) for layout in LAYOUTS.values())
