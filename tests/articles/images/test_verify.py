import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.images import ImageRefused, make_master

from .samples import corners, corpus, decoded, encoded, noise, png_chunk, quarters

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


def refusal(data):
    with pytest.raises(ImageRefused) as caught:
        make_master(data)
    return caught.value.message


def png_header(width, height, depth=8, kind=2):
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + png_chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + png_chunk(b"IEND", b"")
    )


class TestWhatIsNoPicture:
    @pytest.mark.parametrize(
        ("start", "told"),
        [
            (b"", "empty"),
            (b"<html><script>alert(1)</script>", "not a picture"),
            (b"GIF89a<script>alert(1)</script>", "damaged"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
            (b'<?xml version="1.0"?><svg/>', "SVG"),
            (b"%PDF-1.7", "PDF"),
            (b"II*\x00", "TIFF"),
            (b"MM\x00*", "TIFF"),
            (b"8BPS", "Photoshop"),
            (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "damaged"),
            (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "damaged"),
        ],
    )
    def test_is_refused_by_its_name_with_a_way_on(self, start, told):
        message = refusal(start)
        assert told in message
        assert any(act in message for act in ("Upload", "Export", "Choose"))

    @pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM", "TGA", "JPEG2000"])
    def test_is_every_format_that_browsers_or_we_do_not_read(self, format):
        assert "JPEG" in refusal(encoded(quarters(), format))

    def test_is_a_drawing_that_may_hold_a_program(self):
        assert "program" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')


class TestWhatAPhoneStores:
    """The sample was made with an encoder that is no part of the site."""

    PHOTOGRAPH = Path("tests/files/pictures/on_its_side.heic").read_bytes()
    LARGE = Path("tests/files/pictures/of_24_megapixels.heic").read_bytes()

    def test_is_taken_upright_and_without_its_metadata(self):
        master = make_master(self.PHOTOGRAPH)
        assert (master.format, master.width, master.height, master.note) == ("JPEG", 400, 300, "")
        assert corners(decoded(master.content)) == ["red", "lime", "blue", "white"]
        assert b"Ana Lind" in self.PHOTOGRAPH
        assert b"Ana Lind" not in master.content

    def test_is_refused_when_it_is_cut_off(self):
        for share in (0.1, 0.5, 0.9):
            assert "Export it again" in refusal(self.PHOTOGRAPH[: int(len(self.PHOTOGRAPH) * share)])

    def test_is_taken_with_24_megapixels(self):
        master = make_master(self.LARGE)
        assert (master.format, master.width, master.height) == ("JPEG", 2560, 1920)
        assert corners(decoded(master.content)) == ["red", "lime", "blue", "white"]

    def test_is_refused_with_26_megapixels(self):
        size, larger = (struct.pack(">II", width, 4284) for width in (5712, 6080))
        assert size in self.LARGE
        assert "too large in this format" in refusal(self.LARGE.replace(size, larger))

    def test_is_decoded_by_what_no_process_loads_before(self):
        """Not for readers' pictures, which are made from JPEG and PNG, either."""
        steps = """
import sys
from io import BytesIO
from PIL import Image
from articles.images import embedded_words, make_master
for format in ("JPEG", "PNG", "AVIF"):
    Image.new("RGB", (40, 40)).save(file := BytesIO(), format)
    make_master(file.getvalue()), embedded_words(file.getvalue())
print("pi_heif" in sys.modules)
make_master(open(sys.argv[1], "rb").read())
print("pi_heif" in sys.modules)
"""
        command = [sys.executable, "-c", steps, "tests/files/pictures/on_its_side.heic"]
        assert subprocess.run(command, capture_output=True, check=True).stdout.split() == [b"False", b"True"]

    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def test_never_raises_anything_but_a_refusal(self, data):
        content = bytearray(self.PHOTOGRAPH)
        for _ in range(data.draw(st.integers(1, 12))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        _try(bytes(content))


class TestWhatMoves:
    @pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
    def test_is_its_first_frame_and_its_editor_is_told(self, format):
        frames = [quarters(), Image.new("RGB", (400, 300), "navy"), Image.new("RGB", (400, 300), "gray")]
        data = encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=100)
        master = make_master(data)
        assert corners(decoded(master.content)) == ["red", "lime", "blue", "white"]
        assert "first of its 3 frames" in master.note

    def test_is_no_photograph_with_a_preview_behind_it(self):
        data = encoded(quarters(), "MPO", save_all=True, append_images=[quarters(80, 60)])
        assert make_master(data).note == ""


class TestWhatIsTooLarge:
    def test_in_bytes_is_refused(self):
        data = encoded(quarters(), "JPEG")
        assert "50 MB" in refusal(data + b"\x00" * (50_000_001 - len(data)))

    @pytest.mark.parametrize("size", [(60_000, 60_000), (7747, 7747), (2**31 - 1, 1)])
    def test_in_pixels_is_refused_by_its_header(self, size):
        assert "pixels" in refusal(png_header(*size))

    def test_to_be_decoded_in_its_format_is_refused(self):
        assert "too large in this format" in refusal(png_header(6000, 6000))

    def test_is_not_a_jpeg_of_a_large_camera(self):
        master = make_master(encoded(Image.new("RGB", (9000, 6000), "navy"), "JPEG", quality=50))
        assert (master.width, master.height) == (2560, 1707)

    def test_is_a_jpeg_of_that_size_whose_parts_must_all_be_kept(self):
        data = encoded(Image.new("RGB", (9000, 6000), "navy"), "JPEG", progressive=True)
        assert "not “progressive”" in refusal(data)


class TestWhatIsTooSmall:
    @pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (31, 200)])
    def test_is_refused(self, size):
        message = refusal(encoded(Image.new("RGB", size), "PNG"))
        assert f"{size[0]} × {size[1]} pixels" in message

    def test_is_refused_when_it_is_a_sliver(self):
        assert "narrow" in refusal(encoded(Image.new("RGB", (4000, 300)), "PNG"))
        assert "narrow" in refusal(encoded(Image.new("RGB", (300, 4000)), "PNG"))

    def test_is_refused_with_no_pixels_at_all(self):
        assert refusal(png_header(0, 100))
        assert refusal(png_header(100, 0))

    def test_is_not_the_smallest_that_is_allowed(self):
        assert make_master(encoded(Image.new("RGB", (32, 32)), "PNG")).width == 32
        assert make_master(encoded(Image.new("RGB", (2000, 200)), "PNG")).width == 2000


class TestWhatIsDamaged:
    @pytest.mark.parametrize("format", FORMATS)
    def test_is_refused_when_it_is_cut_off(self, format):
        data = encoded(noise(400, 300), format)
        for share in (0.1, 0.5, 0.9):
            message = refusal(data[: int(len(data) * share)])
            assert "damaged" in message or "cut off" in message
            assert "Export it again" in message

    def test_is_told_to_be_cut_off(self):
        data = encoded(noise(400, 300), "JPEG")
        assert "cut off" in refusal(data[: len(data) // 2])

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(FORMATS), st.data())
    def test_never_raises_anything_but_a_refusal(self, format, data):
        content = bytearray(_SAMPLES[format])
        places = st.integers(0, len(content) - 1)
        for _ in range(data.draw(st.integers(1, 12))):
            content[data.draw(places)] = data.draw(st.integers(0, 255))
        _try(bytes(content))

    @settings(max_examples=100, deadline=None)
    @given(st.sampled_from(FORMATS), st.integers(0, 60), st.binary(max_size=80))
    def test_never_raises_anything_but_a_refusal_for_a_mangled_start(self, format, position, noise):
        content = _SAMPLES[format]
        _try(content[:position] + noise + content[position + len(noise) :])

    @settings(max_examples=100, deadline=None)
    @given(
        st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF"]),
        st.binary(max_size=300),
    )
    def test_never_raises_anything_but_a_refusal_for_any_bytes(self, start, rest):
        _try(start + rest)


class TestCorpora:
    @pytest.mark.parametrize("file", corpus("exif_orientation"))
    def test_of_good_photographs_are_taken(self, file):
        assert make_master(file.read_bytes()).format == "JPEG"

    @pytest.mark.parametrize("file", corpus("malformed", "*bomb.gif"))
    def test_of_bombs_are_refused_for_their_size(self, file):
        assert "million pixels" in refusal(file.read_bytes())


def _try(content):
    try:
        master = make_master(content)
    except ImageRefused as refused:
        assert refused.message
    else:
        assert decoded(master.content).size == (master.width, master.height)


_SAMPLES = {format: encoded(quarters(80, 60), format) for format in FORMATS}
