"""From the uploaded bytes to the one picture that we keep: upright, sRGB, without a word of metadata.

Everything that readers see is made from the master, never from the upload. What re-encoding leaves behind is
gone for good: places and names in EXIF, scripts behind the last pixel, what lies under transparent ones.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms

from .geometry import Size, fit_within
from .likeness import Bands, likeness
from .verify import UNREADABLE, ImageRefused, damaged, first_of_several, open_picture

LONG_SIDE = 2560
JPEG_QUALITY = 88

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Master:
    """A JPEG, or a PNG where the picture is transparent in places. `note`: what its editor has to know."""

    content: bytes
    width: int
    height: int
    format: str
    extension: str
    likeness: Bands
    note: str = ""


def fingerprint(data: bytes) -> str:
    """The same for the same uploaded bytes: SHA-256 as hex."""
    return sha256(data).hexdigest()


def make_master(data: bytes) -> Master:
    """Raises ImageRefused, and nothing else, for what is no picture or can't be used."""
    image = open_picture(data, _target)
    try:
        # Drawings lose crisp coloured edges when colour is kept at half the resolution; photographs don't.
        subsampling = "4:2:0" if image.format in ("JPEG", "MPO") else "4:4:4"
        note = first_of_several(image)
        return _encode(_developed(image), subsampling, note)
    except UNREADABLE as error:
        raise ImageRefused(damaged(error)) from error


def _developed(image: Image.Image) -> Image.Image:
    turn = _TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    image = _to_srgb(_shrunk(_eight_bits(image)), profile)
    if turn is not None:
        image = image.transpose(turn)
    image.info.clear()  # Pillow writes some of it into the new file unasked: comments, profiles
    return _opaque_where_possible(image)


def _orientation(image: Image.Image) -> int | None:
    try:
        return image.getexif().get(_ORIENTATION)
    except UNREADABLE:
        return None  # broken EXIF says nothing; the picture itself is whole


def _eight_bits(image: Image.Image) -> Image.Image:
    """L, RGB, RGBA or CMYK, whatever palette or depth the file has."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("RGB")


def _target(size: Size) -> Size:
    return fit_within(size, LONG_SIDE)


def _shrunk(image: Image.Image) -> Image.Image:
    target = _target(Size(image.width, image.height))
    if (target.width, target.height) == image.size:
        return image
    return image.resize((target.width, target.height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if not profile:
        return image.convert(mode)
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            _SRGB,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode=mode,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, *UNREADABLE):
        return image.convert(mode)  # a profile for other kinds of pictures: common, and no reason to refuse


def _opaque_where_possible(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        return image.convert("RGB")
    if image.mode == "RGBA":
        # By way of multiplied colours: what lies under fully transparent pixels is not ours to publish.
        return image.convert("RGBa").convert("RGBA")
    return image


def _encode(image: Image.Image, subsampling: str, note: str) -> Master:
    buffer = BytesIO()
    if image.mode == "RGBA":
        # Higher ones take twice the time for a tenth of the bytes.
        image.save(buffer, "PNG", compress_level=1)
        kind, extension = "PNG", "png"
    else:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=subsampling)
        kind, extension = "JPEG", "jpg"
    return Master(
        buffer.getvalue(), image.width, image.height, kind, extension, likeness=likeness(image), note=note
    )
