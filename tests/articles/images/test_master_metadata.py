import os

import pytest
from PIL import Image, ImageCms

from articles.images import make_master

from .samples import corners, corpus, decoded, encoded, jpeg_markers, noise, png_chunk, png_chunks, quarters


class TestMetadata:
    # Everything a JPEG of ours consists of: JFIF header, tables, frame; no EXIF, XMP, IPTC, comment, profile.
    MARKERS = {0xE0, 0xDB, 0xC0, 0xC4}
    CHUNKS = {b"IHDR", b"IDAT", b"IEND"}

    def assert_bare(self, master):
        if master.format == "JPEG":
            assert set(jpeg_markers(master.content)) == self.MARKERS
            assert master.content.endswith(b"\xff\xd9")
        else:
            assert set(png_chunks(master.content)) == self.CHUNKS
            assert png_chunks(master.content)[-1] == b"IEND"
        lowered = master.content.lower()
        for trace in (
            b"script",
            b"onerror",
            b"onmouse",
            b"onclick",
            b"alert",
            b"<svg",
            b"exif",
            b"xmp",
            b"gps",
        ):
            assert trace not in lowered

    @pytest.mark.parametrize("file", corpus("metadata_xss"))
    def test_with_script_in_it_is_gone(self, file):
        self.assert_bare(make_master(file.read_bytes()))

    def test_of_a_camera_is_gone(self):
        exif = Image.Exif()
        exif[0x010E] = "<script>alert(1)</script>"
        exif[0x8825] = {1: "N", 2: (48.0, 51.0, 30.0)}
        comment = b"<script>comment</script>"
        xmp = b"<x:xmpmeta><script/></x:xmpmeta>"
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        data = encoded(quarters(), "JPEG", exif=exif, comment=comment, xmp=xmp, icc_profile=profile)
        assert b"GPS" in data or b"script" in data
        self.assert_bare(make_master(data))

    @pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "GIF"])
    def test_of_other_formats_is_gone(self, format):
        exif = Image.Exif()
        exif[0x010E] = "<script>alert(1)</script>"
        image = quarters(mode="RGBA" if format != "GIF" else "RGB")
        image.putalpha(Image.linear_gradient("L").resize(image.size))
        data = encoded(image, format, exif=exif, xmp=b"<script/>", comment=b"<script>")
        assert b"script" in data
        self.assert_bare(make_master(data))

    def test_behind_the_last_pixel_is_gone(self):
        html = b"<html><script>alert(1)</script></html>"
        for data in (encoded(quarters(), "PNG") + html, encoded(quarters(), "JPEG") + html):
            self.assert_bare(make_master(data))

    def test_between_the_pixels_is_gone(self):
        png = encoded(quarters(), "PNG")
        data = png[:33] + png_chunk(b"tEXt", b"Title\x00<script>alert(1)</script>") + png[33:]
        self.assert_bare(make_master(data))

    def test_that_makes_a_picture_a_script_as_well_is_gone(self):
        gif = encoded(quarters(), "GIF")
        palette_end = 13 + (3 << ((gif[10] & 7) + 1))
        script = b"*/=1;alert(1)//<script>"
        data = gif[:palette_end] + b"!\xfe" + bytes([len(script)]) + script + b"\x00" + gif[palette_end:]
        self.assert_bare(make_master(data + b"<script>alert(1)</script>"))

    def test_under_transparent_pixels_is_gone(self):
        image = noise(200, 200).convert("RGBA")
        image.putalpha(Image.new("L", image.size, 0))
        master = decoded(make_master(encoded(image, "PNG")).content)
        assert master.convert("RGB").getextrema() == ((0, 0), (0, 0), (0, 0))

    def test_that_is_broken_does_not_cost_the_picture(self):
        exif = b"Exif\x00\x00MM\x00*" + os.urandom(60)
        data = encoded(quarters(), "JPEG", exif=exif)
        assert corners(decoded(make_master(data).content)) == ["red", "lime", "blue", "white"]
