"""Pictures for the tests: made here, or from the corpora."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tests import corpora


def corpus(folder, pattern="*"):
    """Parameters for the pictures of a folder of the corpora whose name fits, a few of them without --full."""
    files = corpora.files(f"images/{folder}/{pattern}")
    return [pytest.param(file, id=file.name) for file in corpora.sample(files, every=4)]


def encoded(image, format, **options):
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def decoded(data):
    image = Image.open(BytesIO(data))
    image.load()
    return image


def quarters(width=400, height=300, mode="RGB"):
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image.convert(mode)


def corners(image):
    """The colours of the four quarters, in reading order."""
    image = image.convert("RGB")
    width, height = image.size
    points = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    return [_colour(image.getpixel(point)) for point in points]


def _colour(pixel):
    names = {(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 1): "white", (0, 0, 0): "black"}
    return names.get(tuple(round(value / 255) for value in pixel), pixel)


def noise(width, height, grain=6):
    """Something like a photograph: soft, and hard to compress."""
    size = (width // grain + 1, height // grain + 1)
    channels = [Image.effect_noise(size, 80).resize((width, height)) for _ in range(3)]
    return Image.merge("RGB", channels)


def with_orientation(image, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, "JPEG", exif=exif, quality=90)


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg_markers(data):
    """The names of a JPEG's segments up to its first scan."""
    markers, position = [], 2
    while data[position + 1] != 0xDA:
        markers.append(data[position + 1])
        position += 2 + int.from_bytes(data[position + 2 : position + 4])
    return markers


def png_chunks(data):
    kinds, position = [], 8
    while position < len(data):
        kinds.append(data[position + 4 : position + 8])
        position += 12 + int.from_bytes(data[position : position + 4])
    return kinds
