import pytest
from PIL import Image, ImageChops, ImageStat

from articles.images import (
    ROLES,
    Focus,
    Format,
    ImageRefused,
    PictureSource,
    Rendition,
    encode,
    encode_all,
    make_master,
    renditions_for,
)

from .samples import corners, corpus, decoded, encoded, jpeg_markers, noise, quarters


def rendition(width, height, format=Format.JPEG):
    return Rendition(1, "0123abcd", width, height, format)


@pytest.fixture(scope="module")
def master():
    return make_master(encoded(quarters(1200, 800), "PNG")).content


class TestEncode:
    @pytest.mark.parametrize("format", Format)
    def test_makes_the_size_and_format_asked_for(self, master, format):
        image = decoded(encode(master, rendition(300, 200, format)))
        assert image.size == (300, 200)
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[format]
        assert corners(image) == ["red", "lime", "blue", "white"]

    @pytest.mark.parametrize(
        ("part", "focus", "seen"),
        [
            ((0, 0, 1000, 250), Focus(0, 0.5), ["red", "red", "red", "red"]),
            ((0, 0, 1000, 250), Focus(0.5, 0.5), ["red", "lime", "red", "lime"]),
            ((0, 0, 1000, 250), Focus(1, 0.5), ["lime", "lime", "lime", "lime"]),
            ((0, 0, 250, 1000), Focus(0.5, 0), ["red", "red", "red", "red"]),
            ((0, 0, 250, 1000), Focus(0.5, 0.5), ["red", "red", "blue", "blue"]),
            ((0, 0, 250, 1000), Focus(0.5, 1), ["blue", "blue", "blue", "blue"]),
        ],
    )
    def test_crops_around_the_focal_point(self, part, focus, seen):
        master = make_master(encoded(quarters(1000, 1000).crop(part), "PNG")).content
        assert corners(decoded(encode(master, rendition(100, 100), focus))) == seen

    def test_is_white_where_the_picture_is_transparent(self):
        image = Image.new("RGBA", (400, 300), (255, 0, 0, 0))
        image.paste((0, 0, 255, 255), (0, 0, 200, 300))
        master = make_master(encoded(image, "PNG")).content
        for format in Format:
            made = decoded(encode(master, rendition(200, 150, format)))
            assert made.mode == "RGB"
            assert min(made.getpixel((150, 75))) >= 253, format

    def test_does_not_start_from_less_than_it_needs_in_a_long_and_narrow_picture(self):
        stripes = Image.new("RGB", (256, 2560), "white")
        for x in range(0, 256, 4):
            stripes.paste("black", (x, 0, x + 2, 2560))
        master = make_master(encoded(stripes, "PNG")).content
        image = decoded(encode(master, rendition(240, 180))).convert("L")
        assert image.getextrema()[1] - image.getextrema()[0] > 150

    def test_leaves_nothing_but_pixels(self, master):
        assert set(jpeg_markers(encode(master, rendition(300, 200)))) == {0xE0, 0xDB, 0xC2, 0xC4}
        for format in (Format.AVIF, Format.WEBP):
            info = decoded(encode(master, rendition(300, 200, format))).info
            assert not {"exif", "xmp", "icc_profile"} & set(info)

    def test_refuses_a_master_that_is_broken(self, master):
        with pytest.raises(ImageRefused):
            encode(master[:2000], rendition(300, 200))


class TestEncodeAll:
    def test_makes_the_same_bytes_as_one_by_one(self, master):
        wanted = [rendition(300, 200, format) for format in Format]
        assert dict(encode_all(master, wanted)) == {each: encode(master, each) for each in wanted}

    def test_makes_every_rendition_of_every_role(self):
        made = make_master(encoded(noise(1300, 900), "JPEG"))
        source = PictureSource(1, "0123abcd", made.width, made.height)
        wanted = renditions_for(source, ROLES.values())
        results = dict(encode_all(made.content, wanted))
        assert set(results) == set(wanted)
        assert all(decoded(content).size == (each.width, each.height) for each, content in results.items())

    def test_makes_nothing_of_nothing(self, master):
        assert list(encode_all(master, [])) == []


class TestOrientation:
    @pytest.mark.parametrize("file", corpus("exif_orientation", "Portrait_[1-8].jpg"))
    def test_is_upright_in_every_rendition(self, file):
        """Each shows the pixels that the picture shows which was never turned."""
        upright = make_master(file.with_name("Portrait_1.jpg").read_bytes())
        turned = make_master(file.read_bytes())
        source = PictureSource(1, "0123abcd", upright.width, upright.height)
        wanted = renditions_for(source, [ROLES["figure"], ROLES["thumb"], ROLES["portrait"], ROLES["social"]])
        for (each, content), (_, expected) in zip(
            encode_all(turned.content, wanted), encode_all(upright.content, wanted), strict=True
        ):
            pixels = ImageChops.difference(
                *(decoded(data).convert("RGB").resize((40, 40)) for data in (content, expected))
            )
            assert max(ImageStat.Stat(pixels).mean) < 6, each


class TestMetadata:
    @pytest.mark.parametrize(
        "file", [*corpus("metadata_xss"), *corpus("exif_orientation", "Landscape_6.jpg")]
    )
    def test_is_in_no_file_that_is_made_of_a_picture(self, file):
        master = make_master(file.read_bytes())
        source = PictureSource(1, "0123abcd", master.width, master.height)
        wanted = renditions_for(source, [ROLES["thumb"], ROLES["portrait"], ROLES["social"]])
        for each, content in encode_all(master.content, wanted):
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(decoded(content).info)
            for trace in (b"script", b"onmouse", b"alert", b"exif", b"http://ns.adobe.com", b"gps"):
                assert trace not in content.lower(), (each, trace)


class TestBytes:
    @pytest.mark.parametrize("file", corpus("exif_orientation", "Landscape_1.jpg"))
    def test_of_a_detailed_photograph_fit_the_budget(self, file):
        master = make_master(file.read_bytes()).content
        assert len(encode(master, rendition(720, 480, Format.AVIF))) <= 30_000
        assert len(encode(master, rendition(224, 168, Format.AVIF))) <= 5_000
