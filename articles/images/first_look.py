"""What a picture shows at the first look: the colour that it has from afar, and where its subject may be.

The subject is guessed from what draws the eye: fine detail, colours unlike most of the picture, and skin. The
window that holds most of that decides. Where no window stands out, as in a wide landscape, the middle is
kept, because a wrong guess cuts off more than none.

Of twenty photographs on which it was tried, six have another focal point by it: a flower, a man with a
camera, a sunset over boats, a rocket, a shore, and a path in a wood, of which only the last would be set
otherwise by hand. The library smartcrop finds a pagoda at the side of its picture, too; but it brings numpy,
takes three times as long, and does not say how sure it is, so it moves the crops of wide landscapes as well.
"""

from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

from .geometry import CENTRE, Focus, Size
from .verify import open_picture

LONG_SIDE = 48
# The window's sides, as shares of the picture's.
WINDOW = 0.4
# So many times its share of the area a window must hold of what draws the eye, for its middle to be taken.
STANDS_OUT = 1.35
DETAIL, COLOUR, SKIN = 1.0, 0.6, 1.2
# From here on, two colours of skin differ by light and not by kind; shares of red, green and blue.
SKIN_TONE, SKIN_REACH = (0.46, 0.31, 0.23), 0.07

Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class FirstLook:
    """`color` is three hexadecimal digits."""

    color: str
    focus: Focus


def first_look(master: bytes) -> FirstLook:
    """Raises ImageRefused if the master can't be read."""
    image = open_picture(master, lambda _: Size(LONG_SIDE, LONG_SIDE))
    image = _small(image)
    return FirstLook(_color(image), _focus(image))


def _small(image: Image.Image) -> Image.Image:
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.BOX, reducing_gap=None)
    if image.mode != "RGBA":
        return image.convert("RGB")
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page


def _color(image: Image.Image) -> str:
    """One digit for each of red, green and blue."""
    mean = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return "".join(f"{round(value / 17):x}" for value in mean)


def _focus(image: Image.Image) -> Focus:
    rows = _interest(image)
    width, height = image.size
    wide, high = max(1, round(width * WINDOW)), max(1, round(height * WINDOW))
    total = sum(map(sum, rows))
    sums = _summed(rows)
    best, left, top = max(
        (_within(sums, left, top, wide, high) * _middle(left, top, width - wide, height - high), left, top)
        for top in range(height - high + 1)
        for left in range(width - wide + 1)
    )
    if best * width * height < STANDS_OUT * total * wide * high or not total:
        return CENTRE
    return _centroid(rows, left, top, wide, high)


def _interest(image: Image.Image) -> Rows:
    grey = image.convert("L")
    detail = ImageChops.difference(grey, grey.filter(ImageFilter.GaussianBlur(2)))
    mean = image.resize((1, 1), Image.Resampling.BOX).resize(image.size)
    unlike = ImageChops.difference(image.filter(ImageFilter.GaussianBlur(1)), mean).convert("L")
    width = image.width
    values = [
        DETAIL * detail_here + COLOUR * unlike_here + SKIN * _skin(*color)
        for detail_here, unlike_here, color in zip(
            detail.get_flattened_data(), unlike.get_flattened_data(), image.get_flattened_data(), strict=True
        )
    ]
    return [values[start : start + width] for start in range(0, len(values), width)]


def _skin(red: int, green: int, blue: int) -> float:
    """How much the colour is like that of skin in light, 0 to 100."""
    total = red + green + blue
    if total < 150:
        return 0
    tone = (red / total, green / total, blue / total)
    reach = sum((share - of_skin) ** 2 for share, of_skin in zip(tone, SKIN_TONE, strict=True)) ** 0.5
    return 100 * max(0.0, 1 - reach / SKIN_REACH)


def _middle(left: int, top: int, widest: int, highest: int) -> float:
    """A little more for windows near the middle: what is in two of them equally is rather there."""
    across = abs(2 * left / widest - 1) if widest else 0
    down = abs(2 * top / highest - 1) if highest else 0
    return 1 - 0.1 * across - 0.1 * down


def _summed(rows: Rows) -> Rows:
    """At each place, the sum of all that is above it and left of it."""
    sums = [[0.0] * (len(rows[0]) + 1)]
    for row in rows:
        sums.append(
            [above + here for above, here in zip(sums[-1], accumulate(row, initial=0.0), strict=True)]
        )
    return sums


def _within(sums: Rows, left: int, top: int, wide: int, high: int) -> float:
    upper, lower = sums[top], sums[top + high]
    return lower[left + wide] - lower[left] - upper[left + wide] + upper[left]


def _centroid(rows: Rows, left: int, top: int, wide: int, high: int) -> Focus:
    cells = [(rows[y][x], x + 0.5, y + 0.5) for y in range(top, top + high) for x in range(left, left + wide)]
    weight = sum(value for value, _, _ in cells)
    x = sum(value * x for value, x, _ in cells) / weight / len(rows[0])
    y = sum(value * y for value, _, y in cells) / weight / len(rows)
    return Focus(round(x, 2), round(y, 2))
