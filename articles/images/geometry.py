"""Sizes, crops and focal points: whole-number arithmetic on values that never change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"A size needs at least one pixel each way, not {self.width} × {self.height}.")

    @property
    def long_side(self) -> int:
        return max(self.width, self.height)

    @property
    def short_side(self) -> int:
        return min(self.width, self.height)

    @property
    def pixels(self) -> int:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Ratio:
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"A ratio is made of positive whole numbers, not {self.width}:{self.height}.")


@dataclass(frozen=True, slots=True)
class Focus:
    """The point that must stay in the picture, as shares of its width and height from the top left."""

    x: float = 0.5
    y: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1):
            raise ValueError(f"A focal point lies between 0 and 1 each way, not at {self.x}, {self.y}.")


CENTRE = Focus()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a picture; right and bottom are the first column and row outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def crop_size(size: Size, ratio: Ratio) -> Size:
    """The largest rectangle of that ratio that fits into the picture, to the nearest pixel."""
    if size.width * ratio.height > size.height * ratio.width:
        width = _divide(size.height * ratio.width, ratio.height)
        return Size(max(1, min(size.width, width)), size.height)
    height = _divide(size.width * ratio.height, ratio.width)
    return Size(size.width, max(1, min(size.height, height)))


def crop_box(size: Size, ratio: Ratio, focus: Focus = CENTRE) -> Box:
    """That rectangle, its middle as near to the focal point as the picture's edges allow."""
    crop = crop_size(size, ratio)
    left = _offset(size.width, crop.width, focus.x)
    top = _offset(size.height, crop.height, focus.y)
    return Box(left, top, left + crop.width, top + crop.height)


def fit_height(size: Size, width: int) -> int:
    """The height that keeps the picture's proportions at this width."""
    return max(1, _divide(size.height * width, size.width))


def fit_within(size: Size, long_side: int) -> Size:
    """The same proportions with no side longer than this; never larger than before."""
    if size.long_side <= long_side:
        return size
    return Size(
        max(1, _divide(size.width * long_side, size.long_side)),
        max(1, _divide(size.height * long_side, size.long_side)),
    )


def _offset(whole: int, part: int, focus: float) -> int:
    return min(max(0, round(whole * focus - part / 2)), whole - part)


def _divide(dividend: int, divisor: int) -> int:
    """Division to the nearest whole number, halves up (`round` would go to the even one)."""
    return (2 * dividend + divisor) // (2 * divisor)
