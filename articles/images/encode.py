"""From the master to one rendition's bytes: cropped around the focal point, scaled, encoded.

Changing anything here that changes the bytes means raising RECIPE in rendition.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby

from PIL import Image

from .crops import WHOLE, Crop
from .geometry import CENTRE, Box, Focus, Ratio, Size, crop_box
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
    master: bytes,
    renditions: Iterable[Rendition],
    focus: Focus = CENTRE,
    crops: Mapping[str, Crop] | None = None,
) -> Iterator[tuple[Rendition, bytes]]:
    """Several renditions of one master: it is decoded once, and scaled once for all formats of a size.
    `crops` are those that were set by hand, by the keys of their renditions."""
    crops = crops or {}
    ordered = sorted(renditions, key=_look)
    if not ordered:
        return
    needed = _needed(ordered, crops)
    image = open_picture(master, lambda _: needed)
    try:
        for (key, width, height), group in groupby(ordered, _look):
            size, whole = Size(width, height), Size(image.width, image.height)
            crop = crops.get(key)
            box = crop.box(whole) if crop else crop_box(whole, Ratio(width, height), focus)
            scaled = _on_white(_scaled(image, size, box))
            for rendition in group:
                yield rendition, _encoded(scaled, rendition.format)
    except UNREADABLE as error:
        raise ImageRefused(damaged(error)) from error


def _look(rendition: Rendition) -> tuple[str, int, int]:
    """Renditions of which this is the same differ in their format alone."""
    return rendition.key, rendition.width, rendition.height


def _needed(renditions: Sequence[Rendition], crops: Mapping[str, Crop]) -> Size:
    """At which size the master has to be decoded at least."""
    larger = {key: WHOLE / crop.width for key, crop in crops.items()}
    return Size(
        round(2 * max(each.width * larger.get(each.key, 1) for each in renditions)),
        round(2 * max(each.height * larger.get(each.key, 1) for each in renditions)),
    )


def _scaled(image: Image.Image, size: Size, box: Box) -> Image.Image:
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
