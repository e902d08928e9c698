"""From the master to one rendition's bytes: cropped around the focal point, scaled, encoded.

Changing anything here that changes the bytes means raising RECIPE in rendition.py.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

from PIL import Image

from .geometry import CENTRE, Focus, Ratio, Size, crop_box
from .rendition import Rendition
from .verify import UNREADABLE, ImageRefused, damaged, open_picture
from .widths import Format

_OPTIONS = {
    # Measured on photographs: speed 6 takes three times as long for 5 % fewer bytes.
    Format.AVIF: {"format": "AVIF", "quality": 50, "speed": 8},
    Format.WEBP: {"format": "WEBP", "quality": 75, "method": 4},
    Format.JPEG: {"format": "JPEG", "quality": 78, "progressive": True, "optimize": True},
}


def encode(master: bytes, rendition: Rendition, focus: Focus = CENTRE) -> bytes:
    """Raises ImageRefused if the stored master can't be read."""
    ((_, content),) = encode_all(master, [rendition], focus)
    return content


def encode_all(
    master: bytes, renditions: Iterable[Rendition], focus: Focus = CENTRE
) -> Iterator[tuple[Rendition, bytes]]:
    """Several renditions of one master: it is decoded once, and scaled once for all formats of a size."""
    ordered = sorted(renditions, key=lambda rendition: (rendition.width, rendition.height))
    if not ordered:
        return
    needed = Size(2 * max(each.width for each in ordered), 2 * max(each.height for each in ordered))
    image = open_picture(master, lambda _: needed)
    try:
        for (width, height), group in groupby(ordered, lambda each: (each.width, each.height)):
            scaled = _on_white(_scaled(image, Size(width, height), focus))
            for rendition in group:
                yield rendition, _encoded(scaled, rendition.format)
    except UNREADABLE as error:
        raise ImageRefused(damaged(error)) from error


def _scaled(image: Image.Image, size: Size, focus: Focus) -> Image.Image:
    box = crop_box(Size(image.width, image.height), Ratio(size.width, size.height), focus)
    return image.resize(
        (size.width, size.height),
        Image.Resampling.LANCZOS,
        box=(box.left, box.top, box.right, box.bottom),
        reducing_gap=3.0,
    )


def _encoded(image: Image.Image, format: Format) -> bytes:
    buffer = BytesIO()
    image.save(buffer, **_OPTIONS[format])
    return buffer.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent is white, as on paper: black lines on nothing could not be seen on a dark page."""
    if image.mode != "RGBA":
        return image
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page
