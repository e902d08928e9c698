"""What decoding a picture would cost, told from its header and its outline before it is decoded.

No upload may take more than two seconds (a phone's HEIC: three) or 300 MB. Formats differ widely: a JPEG can
be decoded at a half, a quarter, an eighth of its size; a WebP or AVIF decoder keeps several copies of the
whole picture.
"""

import re

from PIL import Image

from .geometry import Size

MAX_BYTES = 50_000_000
MAX_PIXELS = 60_000_000
MIN_SIDE = 32
MAX_PROPORTION = 10
# What the decoder may hold. The rest up to 300 MB is Python, the upload itself and the picture scaled down.
MAX_DECODED_BYTES = 110_000_000
# Phones write photographs of 24 megapixels, and can't export them in another size. Nothing of HEIC is scaled
# down while it is decoded.
MAX_DECODED_HEIF_BYTES = 225_000_000

# Cameras and programs write about ten. Each one makes the decoder walk over the whole picture, and reads its
# bytes at a third of the speed of an ordinary JPEG's.
_MAX_SCANS = 20
_MAX_BYTES_IN_SCANS = 25_000_000
_ORDINARY_SCANS = 4
# A JPEG has dozens of segments, a PNG of 50 MB some thousand chunks. Pillow reads them one by one in Python.
_MAX_PARTS = 20_000
# Each may unfold to a megabyte.
_MAX_COMPRESSED_TEXTS = 16

# Measured, scaling down included.
_BYTES_PER_PIXEL = {
    ("WEBP", "RGB"): 11,
    ("WEBP", "RGBA"): 16,
    ("AVIF", "RGB"): 9,
    ("AVIF", "RGBA"): 16,
    ("HEIF", "RGB"): 9,
    ("HEIF", "RGBA"): 16,
}

_NEXT_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9
_WITHOUT_LENGTH = {0x01, 0xD8}
_GIF_EXTENSION = 0x21
_GIF_FRAME = 0x2C


def decoded_bytes(image: Image.Image, target: Size) -> int:
    """The memory that decoding takes, `image` being opened but not loaded, to be scaled down to `target`."""
    pixels = image.width * image.height
    if image.format in ("JPEG", "MPO"):
        scale = draft_scale(Size(image.width, image.height), target)
        return 4 * pixels // scale**2 + _coefficient_bytes(image)
    if (image.format, image.mode) in _BYTES_PER_PIXEL:
        return pixels * _BYTES_PER_PIXEL[image.format, image.mode]
    # Palettes become RGB, and transparency is multiplied into a second copy before scaling.
    copies = 1 if image.mode in ("1", "L", "RGB") and "transparency" not in image.info else 2
    return 4 * pixels * copies


def most_decoded_bytes(image: Image.Image) -> int:
    return MAX_DECODED_HEIF_BYTES if image.format == "HEIF" else MAX_DECODED_BYTES


def draft_scale(size: Size, target: Size) -> int:
    """By how much libjpeg can scale down while it decodes, without going below the target."""
    wanted = min(size.width // target.width, size.height // target.height)
    return next((scale for scale in (8, 4, 2) if wanted >= scale), 1)


def is_overloaded(data: bytes) -> bool:
    """Whether the file is built of so many parts that merely reading through it takes too long."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg_is_overloaded(data)
    if data.startswith(b"\x89PNG"):
        return _png_is_overloaded(data)
    return data.startswith(b"GIF8") and _gif_is_overloaded(data)


def _jpeg_is_overloaded(data: bytes) -> bool:
    """Only the first picture counts: behind it phones put films, previews and other pictures."""
    position, parts, scans = 2, 0, 0
    while match := _NEXT_MARKER.search(data, position):
        marker = match[1][0]
        if marker == _END_OF_IMAGE:
            return scans > _ORDINARY_SCANS and position > _MAX_BYTES_IN_SCANS
        # Before the first scan, stray bytes between the segments are read one by one as well.
        parts += 1 if scans else 1 + match.start() - position
        scans += marker == _START_OF_SCAN
        if parts > _MAX_PARTS or scans > _MAX_SCANS:
            return True
        position = match.end()
        if marker not in _WITHOUT_LENGTH:
            position += int.from_bytes(data[position : position + 2])
    return not scans and len(data) - position > _MAX_PARTS


def _png_is_overloaded(data: bytes) -> bool:
    position, parts, texts = 8, 0, 0
    while position < len(data):
        kind = data[position + 4 : position + 8]
        parts += 1
        texts += kind in (b"zTXt", b"iTXt")
        if parts > _MAX_PARTS or texts > _MAX_COMPRESSED_TEXTS:
            return True
        if kind == b"IEND":
            return False
        position += 12 + int.from_bytes(data[position : position + 4])
    return False


def _gif_is_overloaded(data: bytes) -> bool:
    """Only what comes before the first frame is read: extensions, each a chain of short blocks."""
    flags = int.from_bytes(data[10:11])
    position = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    in_extension = False
    for _ in range(_MAX_PARTS):
        byte = int.from_bytes(data[position : position + 1])
        if in_extension:
            in_extension = byte > 0
            position += 1 + byte
        elif byte == _GIF_EXTENSION:
            in_extension = True
            position += 2
        elif byte == _GIF_FRAME or position >= len(data):
            return False
        else:
            position += 1
    return True


def _coefficient_bytes(image: Image.Image) -> int:
    """A progressive JPEG's coefficients are all kept, two bytes each, until its last scan has been read."""
    if "progressive" not in image.info:
        return 0
    components = [(horizontal, vertical) for _, horizontal, vertical, _ in image.layer]
    widest = max(horizontal for horizontal, _ in components)
    highest = max(vertical for _, vertical in components)
    samples = sum(horizontal * vertical for horizontal, vertical in components) / (widest * highest)
    return int(2 * image.width * image.height * samples)
