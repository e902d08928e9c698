"""What an upload may cost: measured in a process of its own, in memory; time by a generous limit only."""

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from articles.images import ImageRefused, Size, make_master
from articles.images.decode_limits import draft_scale, is_overloaded
from tests import corpora

from .samples import encoded, noise, png_chunk, quarters

ROOT = Path(__file__).resolve().parents[3]
MEASURE = """
import resource, sys
from articles.images.master import make_master
from articles.images.verify import ImageRefused
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            print(path, make_master(file.read()).format)
    except ImageRefused as refusal:
        print(path, refusal.message)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


def peak_megabytes(*paths):
    """Peak of a fresh process that makes masters of these files; it would fail on anything but a refusal."""
    # By way of a shell, which forks: a replaced process keeps its predecessor's peak, and a test run's is large.
    command = ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", MEASURE, *map(str, paths)]
    answer = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60 + 5 * len(paths)
    )
    return int(answer.stdout.split()[-1]), answer.stdout


def _transparent(width, height):
    image = noise(width, height)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def _sixteen_bits(width, height):
    return Image.frombytes("I;16", (width, height), os.urandom(width * height * 2))


# The largest of each kind that is not refused.
LARGEST = {
    "jpeg": lambda: encoded(noise(9400, 6300), "JPEG", quality=80),
    "jpeg-undrafted": lambda: encoded(noise(5100, 5100), "JPEG", quality=95, subsampling=0),
    "jpeg-progressive": lambda: encoded(noise(6000, 4400), "JPEG", quality=90, progressive=True),
    "jpeg-cmyk": lambda: encoded(noise(5100, 5100).convert("CMYK"), "JPEG", quality=90),
    "png": lambda: encoded(noise(1500, 1125).resize((6000, 4500), 0), "PNG", compress_level=1),
    "png-transparent": lambda: encoded(_transparent(4500, 3000), "PNG", compress_level=1),
    "png-16-bit": lambda: encoded(_sixteen_bits(4000, 3400), "PNG", compress_level=1),
    "gif": lambda: encoded(noise(800, 680).quantize().resize((4000, 3400)), "GIF"),
    "webp": lambda: encoded(noise(3600, 2700), "WEBP", quality=80, method=0),
    "webp-transparent": lambda: encoded(_transparent(3000, 2260), "WEBP", lossless=True, method=0),
    "avif": lambda: encoded(noise(4000, 3040), "AVIF", quality=60, speed=10),
    "heic": (ROOT / "tests/files/pictures/of_24_megapixels.heic").read_bytes,
    "avif-transparent": lambda: encoded(_transparent(3000, 2260), "AVIF", quality=80, speed=10),
}


class TestMemory:
    @pytest.mark.parametrize("kind", corpora.sample(LARGEST, every=6))
    def test_for_the_largest_of_each_kind_stays_under_300_megabytes(self, kind, tmp_path):
        file = tmp_path / "picture"
        file.write_bytes(LARGEST[kind]())
        megabytes, told = peak_megabytes(file)
        assert told.split()[1] in ("JPEG", "PNG")
        assert megabytes <= 300

    @pytest.mark.parametrize("folder", ["malformed", "metadata_xss", "exif_orientation"])
    def test_for_every_file_of_the_corpora_stays_under_300_megabytes(self, folder):
        files = corpora.files(f"images/{folder}/*")
        assert files
        assert peak_megabytes(*files)[0] <= 300


class TestDrafting:
    @pytest.mark.parametrize(
        ("size", "target", "scale"),
        [((4000, 3000), 2560, 1), ((6000, 4000), 2560, 2), ((9000, 6000), 1000, 8), ((9000, 6000), 2000, 4)],
    )
    def test_never_goes_below_what_is_needed(self, size, target, scale):
        assert draft_scale(Size(*size), Size(target, target * size[1] // size[0])) == scale


class TestOverloadedFiles:
    """Each of these would keep Pillow busy for seconds, or fill memory."""

    def jpeg(self):
        return encoded(quarters(), "JPEG")

    def png(self):
        return encoded(quarters(), "PNG")

    def gif_parts(self):
        gif = encoded(quarters(), "GIF")
        end = 13 + (3 << ((gif[10] & 7) + 1))
        return gif[:end], gif[end:]

    def assert_refused(self, data):
        with pytest.raises(ImageRefused, match="too many parts"):
            make_master(data)

    def test_a_jpeg_of_millions_of_segments_is_refused(self):
        jpeg = self.jpeg()
        self.assert_refused(jpeg[:2] + b"\xff\xfe\x00\x02" * 5_000_000 + jpeg[2:])

    def test_a_jpeg_of_fill_bytes_is_refused(self):
        self.assert_refused(self.jpeg()[:2] + b"\xff" * 20_000_000)

    def test_a_jpeg_with_stray_bytes_before_its_picture_is_refused(self):
        jpeg = self.jpeg()
        self.assert_refused(jpeg[:2] + b"a" * 20_000_000 + jpeg[2:])

    def test_a_jpeg_of_a_thousand_passes_is_refused(self):
        jpeg = encoded(quarters(), "JPEG", progressive=True)
        last = jpeg.rindex(b"\xff\xda")
        self.assert_refused(jpeg[:last] + jpeg[last:-2] * 1000 + jpeg[-2:])

    def test_a_progressive_jpeg_of_many_megabytes_is_refused(self):
        jpeg = encoded(quarters(), "JPEG", progressive=True)
        last = jpeg.rindex(b"\xff\xda")
        scan = jpeg[last:-2] + b"\x55" * 5_000_000
        assert not is_overloaded(jpeg[:-2] + scan * 3 + b"\xff\xd9")
        self.assert_refused(jpeg[:-2] + scan * 6 + b"\xff\xd9")

    def test_a_png_of_millions_of_chunks_is_refused(self):
        png = self.png()
        self.assert_refused(png[:33] + png_chunk(b"tEXt", b"a\x00b") * 2_000_000 + png[33:])

    def test_a_png_of_many_texts_that_unfold_is_refused(self):
        png, text = self.png(), png_chunk(b"zTXt", b"a\x00\x00" + zlib.compress(b"a" * 1_000_000))
        self.assert_refused(png[:33] + text * 60 + png[33:])

    @pytest.mark.parametrize(
        "junk", [b"!\xfe\x01a\x00" * 4_000_000, b"!\xfe" + b"\x01a" * 9_000_000, b"a" * 9_000_000]
    )
    def test_a_gif_of_millions_of_blocks_is_refused(self, junk):
        start, end = self.gif_parts()
        self.assert_refused(start + junk + end)

    def test_ordinary_files_are_not(self):
        for format in ("JPEG", "PNG", "GIF", "WEBP", "AVIF"):
            assert not is_overloaded(encoded(noise(800, 600), format))
        assert not is_overloaded(encoded(noise(800, 600), "JPEG", progressive=True))

    def test_a_film_behind_the_picture_is_nobodys_business(self):
        film = os.urandom(30_000_000)
        assert make_master(self.jpeg() + film).format == "JPEG"

    def test_a_file_that_ends_in_the_middle_is_not(self):
        for data in (self.jpeg(), self.png(), b"".join(self.gif_parts())):
            assert not any(is_overloaded(data[:length]) for length in range(min(len(data), 400)))
