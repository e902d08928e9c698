"""Every width of every picture, by the role it plays on a page.

Few widths, because each is made before a page is printed. They were chosen with these in mind:

- From one width to the next it is half as much again at most, and the first is less than half as much again
  as the smallest place. So a browser never loads more than 1.5 times the pixels that it shows, each way.
- A phone shows a picture 284 to 408 px wide. Sharper than two pixels to one is bytes nobody sees, so `sizes`
  asks for less where a screen has three; then every phone takes the 720 px file in an article (about 29 kB as
  AVIF for a detailed photograph), whose first view stays within 45 kB. A front has a dozen pictures more, so
  there phones take 600 px, and 224 px of the small ones, and the first view stays within 70 kB.
- The lead picture is 990 px wide at most on a desk's screen, the column of text 656 px. A screen with two
  pixels to one gets 1.6 of them there.
- Browsers that know WebP and not AVIF are few: for them every second width will do.

A picture that is shown whole is never enlarged beyond its file, nor taller than the role allows. Its `width`
and `height` say how large it may become, the style how much room there is, and `sizes` which is less.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .crops import CARD as CARD_RATIO
from .crops import CLASSIC, SHARING, SQUARE, WIDE
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

    @property
    def modern(self) -> tuple[Format, ...]:
        """The formats that come in several sizes."""
        return tuple(format for format in self.formats if format is not Format.JPEG)


# As in static/css: the margins of a page (tokens.css), and from 66 em on its three columns (story.css).
_PAGE = "100vw - clamp(36px,8vw,64px)"
_SHARP, _SHARP_SMALL = "(min-resolution:2.2dppx) 62vw", "(min-resolution:2.2dppx) 74px"
_SHARP_LARGE = "(min-resolution:2.2dppx) 46vw,(max-width:699px) and (min-resolution:1.5dppx) 72vw"
_ON_PHONES = f"(max-width:699px) and {_SHARP_SMALL},(max-width:699px) 112px"
_UP_TO_COLUMNS = f"{_SHARP},(max-width:65.9em)"
_SHARP_NARROW = "(min-resolution:2.2dppx) and (max-width:43.9em) 62vw"
_UP_TO_ROWS = f"{_SHARP_NARROW},(max-width:43.9em)"
_TEXT = f"{_UP_TO_COLUMNS} min({{}}px,656px,{_PAGE})"
_TEXT_AND_SIDE = "min({}px,990px,96.5vw - 264px)"
_LEAD, _FIGURE, _LARGE = (360, 540, 720, 1080, 1620), (360, 540, 720, 1080, 1400), (400, 600, 900, 1350)
_SMALL = (160, 224, 336, 504, 720)
_SMALL_FORMATS = (Format.WEBP, Format.JPEG)

LEAD = Role("lead", _LEAD, None, f"{_UP_TO_COLUMNS} min({{}}px,{_PAGE}),{_TEXT_AND_SIDE}", tallest=800)
FIGURE = Role("figure", _FIGURE, None, f"{_TEXT},min({{}}px,656px,93vw - 440px)", tallest=1200)
FIGURE_WIDE = Role("figure-wide", _LEAD, None, f"{_TEXT},{_TEXT_AND_SIDE}", tallest=1200)
# Text runs beside it.
FIGURE_SIDE = Role(
    "figure-side", _FIGURE, None, f"{_UP_TO_ROWS} min({{}}px,{_PAGE}),min({{}}px,302px)", tallest=1200
)
# Pushed sideways on a phone, two beside each other elsewhere.
FIGURE_GALLERY = Role(
    "figure-gallery",
    _FIGURE,
    None,
    f"{_SHARP_NARROW},(max-width:43.9em) calc(.88*({_PAGE})),322px",
    tallest=1200,
)
FIGURE_PAIR = Role(
    "figure-pair",
    (160, 240, 360, 540, 720),
    None,
    "(min-resolution:2.2dppx) 27vw,min(50vw - clamp(22px,4vw + 4px,36px),322px)",
    tallest=1200,
)
# The first story of the front, of a section, and of a section's block on the front.
CARD_LEAD = Role(
    "card-lead", _LARGE, CARD_RATIO, f"{_SHARP_LARGE},(max-width:65.9em) calc({_PAGE}),min(834px,70vw - 78px)"
)
CARD_OPENING = Role(
    "card-opening",
    _LARGE,
    CARD_RATIO,
    f"{_SHARP_LARGE},(max-width:43.9em) calc({_PAGE}),min(744px,60vw - 38px)",
)
CARD_LARGE = Role(
    "card-large",
    _LARGE,
    CARD_RATIO,
    f"{_SHARP_LARGE},(max-width:43.9em) calc({_PAGE}),(max-width:65.9em) calc(60vw - 67px),"
    "min(605px,60vw - 178px)",
)
# On a phone a card's picture stands small beside its headline.
CARD = Role("card", _SMALL, CARD_RATIO, f"{_ON_PHONES},(max-width:65.9em) 45vw,min(336px,30vw - 34px)")
# Two beside a list of headlines, and four beside each other, which are cut to squares.
CARD_ROW = Role(
    "card-row",
    _SMALL,
    CARD_RATIO,
    f"{_ON_PHONES},(max-width:65.9em) calc(33vw - 53px),min(320px,33vw - 115px)",
)
CARD_STRIP = Role(
    "card-strip",
    _SMALL,
    CARD_RATIO,
    "(max-width:699px) and (min-resolution:2.2dppx) 46vw,(max-width:699px) 62vw,min(447px,37vw - 36px)",
)
# Other stories at the end of an article, or beside it.
CARD_BESIDE = Role("card-beside", _SMALL, CARD_RATIO, f"{_ON_PHONES},min(292px,25vw - 32px)")
# A story in a list by date, and on the card that other sites frame.
CARD_DATED = Role("card-dated", _SMALL, CARD_RATIO, f"{_ON_PHONES},200px")
CARD_EMBEDDED = Role("card-embedded", _SMALL, CARD_RATIO, "(max-width:30em) 96px,208px")
THUMB = Role("thumb", (120, 224, 336), CLASSIC, f"{_SHARP_SMALL},112px")
# An AVIF this small is mostly its own header: WebP is as short and quicker to make.
PORTRAIT = Role("portrait", (96, 192, 288), SQUARE, "96px", _SMALL_FORMATS)
# Beside the names over an article, and beside what is told of them under it.
PORTRAIT_SMALL = Role("portrait-small", (56, 112, 168), SQUARE, "56px", _SMALL_FORMATS)
DESK = Role("desk", (160, 320, 960), None, "160px", _SMALL_FORMATS)
SOCIAL = Role("social", (1200,), SHARING, "1200px", (Format.JPEG,))
# What search engines choose from for a result. Named on no page that readers see, and made when asked for.
SHARED_WIDE = Role("shared-wide", (1200,), WIDE, "1200px", (Format.JPEG,))
SHARED = Role("shared", (1200,), CLASSIC, "1200px", (Format.JPEG,))
SHARED_SQUARE = Role("shared-square", (1200,), SQUARE, "1200px", (Format.JPEG,))
ON_REQUEST = (SHARED_WIDE, SHARED, SHARED_SQUARE)
_LEADS = (LEAD, CARD_LEAD, CARD_OPENING, CARD_LARGE)
_FIGURES = (FIGURE, FIGURE_WIDE, FIGURE_SIDE, FIGURE_GALLERY, FIGURE_PAIR)
_CARDS = (CARD, CARD_ROW, CARD_STRIP, CARD_BESIDE, CARD_DATED, CARD_EMBEDDED, THUMB)
PORTRAITS = (PORTRAIT, PORTRAIT_SMALL)
SHOWN = (*_LEADS, *_FIGURES, *_CARDS, *PORTRAITS, DESK, SOCIAL)

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
    if role.tallest and 1.5 * (narrow := _no_taller(role, picture, widths[-1]).width) < widths[0]:
        widths.insert(0, narrow)
    return tuple(Size(width, _height(role, picture, width)) for width in widths)


def fallback_for(role: Role, picture: Size) -> Size:
    """The one size that browsers get which know neither srcset nor the newer formats, and programs: that
    before the largest one."""
    return sizes_for(role, picture)[-2:][0]


def shown_size(role: Role, picture: Size) -> Size:
    """How large the page may show it: as its widest file, and no taller than the role allows. A picture that
    is cut to a ratio fills its place, so any size of that ratio will do."""
    if role.tallest is None:
        return fallback_for(role, picture)
    return _no_taller(role, picture, sizes_for(role, picture)[-1].width)


@lru_cache(maxsize=8192)
def files_for(role: Role, picture: Size) -> tuple[tuple[Size, Format], ...]:
    """Every file of this picture in this role."""
    modern = [(size, format) for format in role.modern for size in sizes_in(format, role, picture)]
    return (*modern, (fallback_for(role, picture), Format.JPEG))


def sizes_in(format: Format, role: Role, picture: Size) -> tuple[Size, ...]:
    """Those of the sizes that are made in a modern format, narrowest first."""
    sizes = sizes_for(role, picture)
    is_second = format is Format.WEBP and Format.AVIF in role.formats
    return sizes[::-2][::-1] if is_second else sizes


def _no_taller(role: Role, picture: Size, width: int) -> Size:
    """A whole picture of that width, or as much smaller as the role says."""
    height = fit_height(picture, width)
    if role.tallest is None or height <= role.tallest:
        return Size(width, height)
    return Size(max(1, round(width * role.tallest / height)), role.tallest)


def _height(role: Role, picture: Size, width: int) -> int:
    if role.ratio is None:
        return fit_height(picture, width)
    return fit_height(Size(role.ratio.width, role.ratio.height), width)
