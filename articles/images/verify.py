"""Is this a picture that we can use? Found out by decoding it, never by its name or its declared type."""

import re
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image

from . import decode_limits
from .geometry import Size

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")

# What Pillow and the libraries under it raise on broken files, found by feeding them such files.
# MemoryError: a header may ask for more than there is. Warning: some run Python with warnings as errors.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    Image.DecompressionBombError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
    zlib.error,
)

_CONVERT = "Export it as JPEG (or as PNG, if it has transparency) and upload that."
_FOREIGN = (
    (b"II*\x00", "This is a TIFF or camera raw file."),
    (b"MM\x00*", "This is a TIFF or camera raw file."),
    (b"%PDF", "This is a PDF document."),
    (b"8BPS", "This is a Photoshop document."),
    (b"BM", "This is a BMP file."),
    (b"\x00\x00\x00\x0cJXL ", "This is a JPEG XL file."),
    (b"\xff\x0a", "This is a JPEG XL file."),
    (b"\x00\x00\x00\x0cjP", "This is a JPEG 2000 file."),
)
_DAMAGED = "The picture is damaged or cut off. Export it again and upload the new file."
_FAMILIAR = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|....ftyp(avi[fs]|he[iv][cxms]|mif1|msf1)", re.DOTALL
)


class ImageRefused(Exception):
    """The message is for the editor who uploaded the file: what is wrong, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def open_picture(data: bytes, target: Callable[[Size], Size]) -> Image.Image:
    """The picture, decoded: at its own size, or (large JPEGs) at a part of it that is not below the target.

    `target` tells from the picture's size the size it is needed at. Raises ImageRefused, whatever the bytes.
    """
    check_file(data)
    try:
        image = Image.open(BytesIO(data), formats=formats_of(data))
    except Image.DecompressionBombError as error:
        raise ImageRefused(_too_many_pixels()) from error
    except UNREADABLE as error:
        raise ImageRefused(_not_a_picture(data)) from error
    try:
        size = _checked_size(image)
        _check_cost(image, target(size))
        image.draft(image.mode, (target(size).width, target(size).height))
        image.load()
    except UNREADABLE as error:
        raise ImageRefused(damaged(error)) from error
    return image


def formats_of(data: bytes) -> tuple[str, ...]:
    """Those that Pillow may try. Only what may be HEIC is tried as that, because its decoder takes 6 MB of
    each process that has loaded it, and no reader needs it."""
    may_be_heic = data.startswith(b"ftyp", 4) and not data.startswith(b"avi", 8)
    return (*FORMATS, _heif()) if may_be_heic else FORMATS


@cache
def _heif() -> str:
    from pi_heif import register_heif_opener

    # One thread: the other processor is for readers.
    register_heif_opener(thumbnails=False, decode_threads=1)
    return "HEIF"


def first_of_several(image: Image.Image) -> str:
    """What an editor has to know of a file that holds several pictures; empty for one. `image` is opened."""
    frames = getattr(image, "n_frames", 1)
    if frames < 2 or image.format in ("JPEG", "MPO"):
        return ""  # of a photograph with previews behind it the first is what it shows
    if image.format == "HEIF":
        return f"The file holds {frames} pictures; the main one was taken."
    return f"The picture moves; the first of its {frames} frames was taken, and it stands still."


def damaged(error: BaseException) -> str:
    if "truncated" in str(error):
        return "The picture is cut off before its end. Export it again and upload the new file."
    return (
        "The picture is damaged. Export it again from the program it was made with and upload the new file."
    )


def check_file(data: bytes) -> None:
    if not data:
        raise ImageRefused("The file is empty. Choose the picture again.")
    if len(data) > decode_limits.MAX_BYTES:
        raise ImageRefused(
            f"The file is larger than {decode_limits.MAX_BYTES // 1_000_000} MB."
            " Export it as JPEG with at most 5,000 pixels on the long side."
        )
    if decode_limits.is_overloaded(data):
        raise ImageRefused(
            "The file is built of too many parts. Open it in an image program, export it as an ordinary JPEG"
            " and upload that."
        )


def _checked_size(image: Image.Image) -> Size:
    if image.width < 1 or image.height < 1:
        raise ImageRefused("The picture has no pixels. Export it again and upload the new file.")
    size = Size(image.width, image.height)
    if size.pixels > decode_limits.MAX_PIXELS:
        raise ImageRefused(_too_many_pixels())
    if size.short_side < decode_limits.MIN_SIDE:
        raise ImageRefused(
            f"{_told(image)}; it needs at least {decode_limits.MIN_SIDE} on each side."
            " Look for a larger original."
        )
    if size.long_side > decode_limits.MAX_PROPORTION * size.short_side:
        raise ImageRefused(f"{_told(image)}: too long and narrow for a page. Cut out the part that matters.")
    return size


def _check_cost(image: Image.Image, target: Size) -> None:
    if decode_limits.decoded_bytes(image, target) > decode_limits.most_decoded_bytes(image):
        raise ImageRefused(
            f"{_told(image)}: too large in this format."
            " Export it as JPEG (not “progressive”) with at most 5,000 pixels on the long side."
        )


def _told(image: Image.Image) -> str:
    return f"The picture is {image.width:,} × {image.height:,} pixels"


def _too_many_pixels() -> str:
    return (
        f"The picture has more than {decode_limits.MAX_PIXELS // 1_000_000} million pixels."
        " Export it as JPEG with at most 5,000 pixels on the long side."
    )


def _not_a_picture(data: bytes) -> str:
    if _FAMILIAR.match(data):
        return _DAMAGED
    for start, told in _FOREIGN:
        if data.startswith(start):
            return f"{told} {_CONVERT}"
    if data[:300].lstrip().startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        return (
            "This is an SVG drawing. Such a file may hold a program that runs in readers’ browsers, so none"
            f" is taken. {_CONVERT}"
        )
    return "This file is not a picture that can be read. Upload a JPEG, PNG, WebP, AVIF, GIF or HEIC file."
