"""Every width of every picture, by the role it plays on a page.

Few widths: each is made in two formats before a page is printed. They were chosen with these in mind:

- A phone shows a picture 328 to 408 px wide. Sharper than two pixels to one is bytes nobody sees, so `sizes`
  asks for less where a screen has three; then every phone takes the 720 px file (about 29 kB as AVIF for a
  detailed photograph), and the first view of an article stays within 45 kB.
- The lead picture is 860 px wide at most on a desk's screen, the column of text 690 px.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .geometry import Ratio, Size, crop_size, fit_height


class Format(StrEnum):
    """The value is the file's ending."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpg"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self is Format.JPEG else f"image/{self.value}"


ALL_FORMATS = (Format.AVIF, Format.WEBP, Format.JPEG)


@dataclass(frozen=True, slots=True)
class Role:
    """What a picture is used for. Without a ratio it is shown whole."""

    name: str
    widths: tuple[int, ...]
    ratio: Ratio | None
    sizes: str
    formats: tuple[Format, ...] = ALL_FORMATS


_PHONE = "(max-width:699px) and (min-resolution:2.2dppx) 54vw,(max-width:699px) 86vw"
_WIDE = f"{_PHONE},(max-width:960px) 92vw,860px"
_SMALL_FORMATS = (Format.WEBP, Format.JPEG)

LEAD = Role("lead", (720, 960, 1720), None, _WIDE)
FIGURE = Role("figure", (480, 720, 1380), None, f"{_PHONE},690px")
FIGURE_WIDE = Role("figure-wide", (720, 960, 1720), None, _WIDE)
CARD_LARGE = Role("card-large", (720, 960, 1660), Ratio(3, 2), f"{_PHONE},(max-width:960px) 92vw,830px")
# On a phone a card's picture stands small beside its headline.
CARD = Role("card", (240, 400, 720), Ratio(3, 2), "(max-width:699px) 112px,(max-width:960px) 45vw,380px")
THUMB = Role("thumb", (120, 224, 336), Ratio(4, 3), "112px")
# An AVIF this small is mostly its own header: WebP is as short and quicker to make.
PORTRAIT = Role("portrait", (48, 96, 192, 384), Ratio(1, 1), "(max-width:699px) 72px,96px", _SMALL_FORMATS)
DESK = Role("desk", (160, 320, 960), None, "160px", _SMALL_FORMATS)
SOCIAL = Role("social", (1200,), Ratio(1200, 630), "1200px", (Format.JPEG,))
# What search engines choose from for a result. Named on no page that readers see, and made when asked for.
SHARED_WIDE = Role("shared-wide", (1200,), Ratio(16, 9), "1200px", (Format.JPEG,))
SHARED = Role("shared", (1200,), Ratio(4, 3), "1200px", (Format.JPEG,))
SHARED_SQUARE = Role("shared-square", (1200,), Ratio(1, 1), "1200px", (Format.JPEG,))
ON_REQUEST = (SHARED_WIDE, SHARED, SHARED_SQUARE)
SHOWN = (LEAD, FIGURE, FIGURE_WIDE, CARD_LARGE, CARD, THUMB, PORTRAIT, DESK, SOCIAL)

ROLES: dict[str, Role] = {role.name: role for role in (*SHOWN, *ON_REQUEST)}


@lru_cache(maxsize=8192)
def sizes_for(role: Role, picture: Size) -> tuple[Size, ...]:
    """The sizes this picture has in this role, narrowest first; never larger than the picture, never none."""
    widest = crop_size(picture, role.ratio) if role.ratio else picture
    widths = [width for width in role.widths if width <= widest.width]
    if not widths:
        return (widest,)
    return tuple(Size(width, _height(role, picture, width)) for width in widths)


def fallback_for(role: Role, picture: Size) -> Size:
    """The one size that browsers get which know neither srcset nor the newer formats: the middle one."""
    sizes = sizes_for(role, picture)
    return sizes[len(sizes) // 2]


@lru_cache(maxsize=8192)
def files_for(role: Role, picture: Size) -> tuple[tuple[Size, Format], ...]:
    """Every file of this picture in this role."""
    modern = [
        (size, format)
        for format in role.formats
        if format is not Format.JPEG
        for size in sizes_for(role, picture)
    ]
    return (*modern, (fallback_for(role, picture), Format.JPEG))


def _height(role: Role, picture: Size, width: int) -> int:
    if role.ratio is None:
        return fit_height(picture, width)
    return fit_height(Size(role.ratio.width, role.ratio.height), width)
