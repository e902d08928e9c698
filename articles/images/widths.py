"""Every width of every picture, by the role it plays on a page.

Few widths: each is made in two formats before a page is printed. They were chosen with these in mind:

- A phone shows a picture 284 to 408 px wide. Sharper than two pixels to one is bytes nobody sees, so `sizes`
  asks for less where a screen has three; then every phone takes the 720 px file in an article (about 29 kB as
  AVIF for a detailed photograph), whose first view stays within 45 kB. A front has a dozen pictures more, so
  there phones take 600 px, and 224 px of the small ones, and the first view stays within 70 kB.
- The lead picture is 990 px wide at most on a desk's screen, the column of text 656 px.

A picture that is shown whole is never enlarged beyond its file, nor taller than the role allows. Its `width`
and `height` say how large it may become, the style how much room there is, and `sizes` which is less.
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
    """What a picture is used for. Without a ratio it is shown whole, `tallest` px high at most.

    In `sizes`, {} is the width that the picture itself may have in a column.
    """

    name: str
    widths: tuple[int, ...]
    ratio: Ratio | None
    sizes: str
    formats: tuple[Format, ...] = ALL_FORMATS
    tallest: int | None = None


# As in static/css: the margins of a page (tokens.css), and from 66 em on its three columns (story.css).
_PAGE = "100vw - clamp(36px,8vw,64px)"
_SHARP, _SHARP_SMALL = "(min-resolution:2.2dppx) 54vw", "(min-resolution:2.2dppx) 74px"
_SHARP_LARGE = "(min-resolution:2.2dppx) 46vw,(max-width:699px) and (min-resolution:1.5dppx) 72vw"
_UP_TO_COLUMNS = f"{_SHARP},(max-width:65.9em)"
_UP_TO_ROWS = f"{_SHARP},(max-width:43.9em)"
_TEXT = f"{_UP_TO_COLUMNS} min({{}}px,656px,{_PAGE})"
_TEXT_AND_SIDE = "min({}px,990px,96.5vw - 264px)"
_LEAD, _FIGURE, _LARGE = (720, 960, 1720), (480, 720, 1380), (600, 960, 1660)
_LANDSCAPE = Ratio(3, 2)
_SMALL_FORMATS = (Format.WEBP, Format.JPEG)

LEAD = Role("lead", _LEAD, None, f"{_UP_TO_COLUMNS} min({{}}px,{_PAGE}),{_TEXT_AND_SIDE}", tallest=800)
FIGURE = Role("figure", _FIGURE, None, f"{_TEXT},min({{}}px,656px,93vw - 440px)", tallest=1200)
FIGURE_WIDE = Role("figure-wide", _LEAD, None, f"{_TEXT},{_TEXT_AND_SIDE}", tallest=1200)
# Text runs beside it.
FIGURE_SIDE = Role(
    "figure-side", _FIGURE, None, f"{_UP_TO_ROWS} min({{}}px,{_PAGE}),min({{}}px,302px)", tallest=1200
)
# The first story of the front, of a section, and of a section's block on the front.
CARD_LEAD = Role(
    "card-lead", _LARGE, _LANDSCAPE, f"{_SHARP_LARGE},(max-width:65.9em) calc({_PAGE}),min(834px,70vw - 78px)"
)
CARD_OPENING = Role(
    "card-opening",
    _LARGE,
    _LANDSCAPE,
    f"{_SHARP_LARGE},(max-width:43.9em) calc({_PAGE}),min(744px,60vw - 38px)",
)
CARD_LARGE = Role(
    "card-large",
    _LARGE,
    _LANDSCAPE,
    f"{_SHARP_LARGE},(max-width:43.9em) calc({_PAGE}),min(605px,60vw - 67px)",
)
# On a phone a card's picture stands small beside its headline.
CARD = Role(
    "card",
    (224, 400, 720),
    _LANDSCAPE,
    f"(max-width:699px) and {_SHARP_SMALL},(max-width:699px) 112px,(max-width:960px) 45vw,380px",
)
THUMB = Role("thumb", (120, 224, 336), Ratio(4, 3), f"{_SHARP_SMALL},112px")
# An AVIF this small is mostly its own header: WebP is as short and quicker to make.
PORTRAIT = Role("portrait", (48, 96, 192, 384), Ratio(1, 1), "(max-width:699px) 72px,96px", _SMALL_FORMATS)
DESK = Role("desk", (160, 320, 960), None, "160px", _SMALL_FORMATS)
SOCIAL = Role("social", (1200,), Ratio(1200, 630), "1200px", (Format.JPEG,))
# What search engines choose from for a result. Named on no page that readers see, and made when asked for.
SHARED_WIDE = Role("shared-wide", (1200,), Ratio(16, 9), "1200px", (Format.JPEG,))
SHARED = Role("shared", (1200,), Ratio(4, 3), "1200px", (Format.JPEG,))
SHARED_SQUARE = Role("shared-square", (1200,), Ratio(1, 1), "1200px", (Format.JPEG,))
ON_REQUEST = (SHARED_WIDE, SHARED, SHARED_SQUARE)
_LEADS = (LEAD, CARD_LEAD, CARD_OPENING, CARD_LARGE)
SHOWN = (*_LEADS, FIGURE, FIGURE_WIDE, FIGURE_SIDE, CARD, THUMB, PORTRAIT, DESK, SOCIAL)

ROLES: dict[str, Role] = {role.name: role for role in (*SHOWN, *ON_REQUEST)}


@lru_cache(maxsize=8192)
def sizes_for(role: Role, picture: Size) -> tuple[Size, ...]:
    """The sizes this picture has in this role, narrowest first; never larger than the picture, never none."""
    widest = crop_size(picture, role.ratio) if role.ratio else picture
    widths = [width for width in role.widths if width <= widest.width]
    # Between two widths a picture that is shown whole has one of its own, or it would be shown smaller.
    own = min(widest.width, role.widths[-1])
    if not widths or (role.ratio is None and own > 1.1 * widths[-1]):
        widths.append(own)
    return tuple(Size(width, _height(role, picture, width)) for width in widths)


def fallback_for(role: Role, picture: Size) -> Size:
    """The one size that browsers get which know neither srcset nor the newer formats: the middle one."""
    sizes = sizes_for(role, picture)
    return sizes[len(sizes) // 2]


def shown_size(role: Role, picture: Size) -> Size:
    """How large the page may show it: as its widest file, and no taller than the role allows. A picture that
    is cut to a ratio fills its place, so any size of that ratio will do."""
    if role.tallest is None:
        return fallback_for(role, picture)
    widest = sizes_for(role, picture)[-1]
    if widest.height <= role.tallest:
        return widest
    return Size(max(1, round(widest.width * role.tallest / widest.height)), role.tallest)


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
