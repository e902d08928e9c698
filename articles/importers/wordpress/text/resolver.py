"""What the conversion of a text asks its caller: where links lead now, which picture or file is meant.

The conversion itself knows no database. It asks about the addresses of one text, in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the text is to show it. `caption` is used where WordPress takes it from the library."""

    # The number that our own image has.
    image: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    # Somebody has said that it needs no alt text here.
    is_decorative: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that readers can load: "PDF", "4 MB"."""

    address: str
    type: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class GalleryRequest:
    """Pictures by the ids of their attachments. Without `ids` all those of the post are meant, without
    `exclude`."""

    ids: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    # Empty for the post that the text belongs to.
    parent: str = ""
    # As written: "menu_order", "rand", "post_date DESC" …
    order: str = ""


class Resolver(Protocol):
    def link(self, address: str) -> str | None:
        """Where a page or file of the old site is now, as a root-relative address; None if that is not known.
        The given address is in one spelling: absolute, with https and without www. It has no fragment."""

    def picture(self, address: str, attachment: str) -> Picture | None:
        """The picture at an address; None if it is not to be had. `attachment` is the id that the
        text gives, or empty."""

    def is_picture_page(self, address: str) -> bool:
        """Whether a page of the old site, in that spelling, shows nothing but a picture."""

    def document(self, address: str, attachment: str) -> Document | None:
        """The file at an address; None if it is not to be had. The address or the id may be empty."""

    def block(self, ref: str) -> str | None:
        """The text of a reusable block as WordPress wrote it; None if there is no such block."""

    def gallery(self, request: GalleryRequest) -> Sequence[Picture]:
        """The pictures of a gallery in their order."""
