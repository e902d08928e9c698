"""Crops that an editor has set by hand. Each is for one ratio, and takes the place of the focal point there.

They are stored as one line, for instance "16:9 0 120 1000;1:1 250 0 500": the ratio, how far the crop begins
from the left and from the top, and how wide it is, in thousandths of the picture's width and height. How high
it is follows from the ratio.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from .geometry import Box, Ratio, Size, fit_height

CARD, WIDE, CLASSIC, SQUARE, SHARING = Ratio(3, 2), Ratio(16, 9), Ratio(4, 3), Ratio(1, 1), Ratio(40, 21)
RATIOS = {f"{ratio.width}:{ratio.height}": ratio for ratio in (CARD, WIDE, CLASSIC, SQUARE, SHARING)}
NAMES = {ratio: name for name, ratio in RATIOS.items()}
WHOLE = 1000
# A crop of a twentieth of the picture's width would be shown as a few large dots.
NARROWEST = 50
# Thousandths are rounded, so a crop that ends at the edge may seem to end beyond it.
ROUNDING = 2


class CropRefused(ValueError):
    """The message is for the editor who has set the crop."""


@dataclass(frozen=True, slots=True)
class Crop:
    """left and width are thousandths of the picture's width, top of its height."""

    ratio: Ratio
    left: int
    top: int
    width: int

    def __str__(self) -> str:
        return f"{NAMES[self.ratio]} {self.left} {self.top} {self.width}"

    def box(self, size: Size) -> Box:
        """The crop of a picture of that size; never beyond its edges."""
        width = min(max(1, round(size.width * self.width / WHOLE)), size.width)
        height = min(fit_height(Size(self.ratio.width, self.ratio.height), width), size.height)
        left = min(round(size.width * self.left / WHOLE), size.width - width)
        top = min(round(size.height * self.top / WHOLE), size.height - height)
        return Box(left, top, left + width, top + height)

    def key(self, key: str) -> str:
        """Names what this crop shows of the version of a picture with that key."""
        return sha256(f"{key} {self}".encode()).hexdigest()[:8]


@lru_cache(maxsize=4096)
def crops_of(stored: str) -> tuple[Crop, ...]:
    """CropRefused if the text is none of ours."""
    return tuple(_crop(text) for text in stored.split(";") if text.strip())


def checked_crops(text: str, size: Size) -> str:
    """The text in the form in which it is stored. CropRefused if a crop does not lie in the picture."""
    crops = {crop.ratio: crop for crop in crops_of(text)}
    for crop in crops.values():
        _check(crop, size)
    return ";".join(str(crops[ratio]) for ratio in RATIOS.values() if ratio in crops)


def _crop(text: str) -> Crop:
    name, *numbers = text.split()
    if name not in RATIOS or len(numbers) != 3 or not all(map(_is_number, numbers)):
        raise CropRefused(
            f"“{text[:40]}” is no crop. Write the ratio ({', '.join(RATIOS)}), then in thousandths how far it"
            " begins from the left and from the top, and how wide it is: 16:9 0 120 1000."
        )
    return Crop(RATIOS[name], *map(int, numbers))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5


def _check(crop: Crop, size: Size) -> None:
    name = NAMES[crop.ratio]
    if crop.width < NARROWEST:
        raise CropRefused(f"The {name} crop is too small. Take in at least a twentieth of the width.")
    height = WHOLE * (size.width * crop.width / WHOLE) * crop.ratio.height / crop.ratio.width / size.height
    if crop.left + crop.width > WHOLE + ROUNDING or crop.top + height > WHOLE + ROUNDING:
        raise CropRefused(f"The {name} crop reaches beyond the picture. Make it smaller, or move it.")
