"""What the conversion of a text gives: the HTML, and what its caller has to tell or to do."""

import enum
from dataclasses import dataclass, field

from .resolver import GalleryRequest

EXAMPLE = 200


class Kind(enum.StrEnum):
    """What was left out, or taken over as less than it was."""

    BLOCK = "block"
    REUSABLE_BLOCK = "reusable block"
    SHORTCODE = "shortcode"
    ELEMENT = "element"
    FRAME = "frame"
    LINK = "link"
    MARKER = "marker"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class LeftOut:
    kind: Kind
    name: str
    count: int
    # The first of them, as it was written, shortened.
    example: str


@dataclass(frozen=True, slots=True)
class PictureNamed:
    address: str
    attachment: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Converted:
    # The body as it is stored: articles.body has made it.
    html: str
    left_out: tuple[LeftOut, ...] = ()
    pictures: tuple[PictureNamed, ...] = ()
    # Files of the old site that the text shows or plays, by their absolute addresses.
    documents: tuple[str, ...] = ()
    # Files of the old site to which the text links, pictures among them, by their absolute addresses.
    files_linked: tuple[str, ...] = ()
    # Root-relative addresses of the old site that lead nowhere yet.
    links_not_found: tuple[str, ...] = ()
    galleries: tuple[GalleryRequest, ...] = ()
    # Into how many pages WordPress divided the text. It had addresses for the second and the others.
    pages: int = 1
    # What the sanitiser says, in plain words.
    notes: tuple[str, ...] = ()
    # The figure with which the text began, left out because its picture is shown above the text.
    lead_figure: str = ""


@dataclass(slots=True)
class Findings:
    """Collects what a conversion finds, each thing once and in the order of the text."""

    left_out: dict[tuple[Kind, str], LeftOut] = field(default_factory=dict)
    pictures: dict[PictureNamed, None] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    files_linked: dict[str, None] = field(default_factory=dict)
    links_not_found: dict[str, None] = field(default_factory=dict)
    galleries: list[GalleryRequest] = field(default_factory=list)
    pages: int = 1

    def leave_out(self, kind: Kind, name: str, example: str = "") -> None:
        known = self.left_out.get((kind, name))
        count = known.count + 1 if known else 1
        kept = known.example if known else " ".join(example[: 2 * EXAMPLE].split())[:EXAMPLE]
        self.left_out[kind, name] = LeftOut(kind, name, count, kept)
