"""The paper's icon in every form that browsers and phones ask for, from one square picture.

The picture is that of the settings. Without one, an icon is drawn: the initial of the paper's name above a
line in the accent colour.
"""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from articles.conf import paper, site_files

from .colours import ACCENT, INK, PAPER
from .fonts import at_size, font_for

FAVICON_SIZES = (16, 32, 48)
TOUCH_SIZE = 180
# Phones may cut a circle out of a maskable icon, of which the inner four fifths always stay.
SAFE = 0.8
# Drawn larger and scaled down, because letters of a few pixels are ragged otherwise. The largest icons are
# drawn at twice their size only: they are smooth then, and take a quarter of the memory.
FINER, LARGE = 4, 256
# The words before a name that nobody would take for its initial.
ARTICLES = frozenset("the a an der die das le la les l el los las il lo i gli o os as de het".split())


def favicon() -> bytes:
    images = [square(size) for size in FAVICON_SIZES]
    buffer = BytesIO()
    images[-1].save(
        buffer, "ICO", sizes=[image.size for image in images], append_images=images[:-1], bitmap_format="bmp"
    )
    return buffer.getvalue()


def apple_touch_icon() -> bytes:
    """Without transparency, which iOS would fill with black."""
    return as_png(on_paper(square(TOUCH_SIZE)))


def icon(size: int) -> bytes:
    return as_png(square(size))


def maskable_icon(size: int) -> bytes:
    """The picture within the part that is never cut off, on the colour of its corner."""
    inner = square(round(size * SAFE))
    corner = inner.getpixel((0, 0))
    page = Image.new("RGB", (size, size), corner[:3] if corner[3] == 255 else PAPER)
    offset = (size - inner.width) // 2
    page.paste(inner, (offset, offset), inner)
    return as_png(page)


def square(size: int) -> Image.Image:
    """The icon with so many pixels a side, in RGBA."""
    picture = site_files().icon
    return scaled(picture, size) if picture else drawn(initial(paper().name), size)


def scaled(picture: Path, size: int) -> Image.Image:
    with Image.open(picture) as image:
        whole = ImageOps.exif_transpose(image).convert("RGBA")
    return ImageOps.fit(whole, (size, size), Image.Resampling.LANCZOS)


def drawn(letter: str, size: int) -> Image.Image:
    side = size * (FINER if size < LARGE else 2)
    unit = side / 32
    image = Image.new("RGBA", (side, side), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle([6 * unit, 27 * unit, 26 * unit, 28.5 * unit], fill=ACCENT)
    if file := font_for(letter):
        left, top, right, bottom = at_size(file, side).getbbox(letter)
        # As large as fits between the upper edge and the line.
        share = min(20 * unit / (right - left), 17 * unit / (bottom - top))
        font = at_size(file, round(side * share))
        left, top, right, bottom = font.getbbox(letter)
        draw.text(((side - left - right) / 2, 23.5 * unit - bottom), letter, font=font, fill=INK)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def initial(name: str) -> str:
    """N for “The Newsroom”."""
    words = re.findall(r"\w+", name) or ["N"]
    return next((word for word in words if word.lower() not in ARTICLES), words[0])[0].upper()


def on_paper(image: Image.Image) -> Image.Image:
    page = Image.new("RGB", image.size, PAPER)
    page.paste(image, mask=image.getchannel("A"))
    return page


def as_png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
