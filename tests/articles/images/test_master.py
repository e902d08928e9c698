from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from articles.images import ImageRefused, fingerprint, make_master
from articles.images.master import LONG_SIDE

from .samples import (
    corners,
    corpus,
    decoded,
    encoded,
    quarters,
    with_orientation,
)

UPRIGHT = ["red", "lime", "blue", "white"]
_TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def difference(one, other):
    """Mean difference of two pictures, in steps of 255, seen from afar."""
    small = [image.convert("RGB").resize((60, 60)) for image in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


class TestOrientation:
    @pytest.mark.parametrize("orientation", _TURNED)
    def test_is_applied_to_the_pixels(self, orientation):
        turn = _TURNED[orientation]
        stored = quarters() if turn is None else quarters().transpose(turn)
        master = make_master(with_orientation(stored, orientation))
        assert (master.width, master.height) == (400, 300)
        assert corners(decoded(master.content)) == UPRIGHT

    @pytest.mark.parametrize("orientation", [0, 9, 65535])
    def test_that_means_nothing_is_passed_over(self, orientation):
        assert corners(decoded(make_master(with_orientation(quarters(), orientation)).content)) == UPRIGHT

    @pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
    def test_is_applied_in_every_format_that_can_carry_it(self, format):
        exif = Image.Exif()
        exif[0x0112] = 6
        turned = quarters().transpose(Image.Transpose.ROTATE_90)
        master = make_master(encoded(turned, format, exif=exif))
        assert (master.width, master.height) == (400, 300)
        assert corners(decoded(master.content)) == UPRIGHT

    @pytest.mark.parametrize("file", corpus("exif_orientation", "Portrait_[1-8].jpg"))
    def test_of_every_portrait_is_that_of_the_first(self, file):
        upright = Image.open(file.with_name("Portrait_1.jpg"))
        master = decoded(make_master(file.read_bytes()).content)
        assert master.size == upright.size
        assert difference(master, upright) < 2

    @pytest.mark.parametrize("file", corpus("exif_orientation", "Landscape_*.jpg"))
    def test_of_every_landscape_is_that_of_the_first(self, file):
        upright = Image.open(file.with_name("Landscape_1.jpg"))
        master = decoded(make_master(file.read_bytes()).content)
        assert master.size == upright.size
        assert difference(master, upright) < 2

    def test_of_a_12_megapixel_photograph_held_sideways_is_upright_and_scaled_down(self):
        photograph = quarters(4000, 3000)
        sideways = photograph.transpose(Image.Transpose.ROTATE_90)
        master = make_master(with_orientation(sideways, 6))
        assert (master.width, master.height) == (2560, 1920)
        assert corners(decoded(master.content)) == UPRIGHT


class TestSize:
    def test_is_kept_when_it_is_small_enough(self):
        master = make_master(encoded(quarters(2560, 100 * 10), "PNG"))
        assert (master.width, master.height) == (2560, 1000)

    @pytest.mark.parametrize("size", [(5000, 1000), (1000, 5000), (2561, 2561)])
    def test_is_at_most_that_of_a_master(self, size):
        master = make_master(encoded(Image.new("RGB", size), "JPEG"))
        assert max(master.width, master.height) == LONG_SIDE
        assert decoded(master.content).size == (master.width, master.height)


class TestFormat:
    def test_of_an_opaque_picture_is_jpeg(self):
        for format in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):
            master = make_master(encoded(quarters(), format))
            assert (master.format, master.extension) == ("JPEG", "jpg")
            assert decoded(master.content).format == "JPEG"

    def test_of_a_transparent_picture_is_png(self):
        image = quarters()
        image.putalpha(Image.linear_gradient("L").resize(image.size))
        for format in ("PNG", "WEBP", "AVIF"):
            master = make_master(encoded(image, format))
            assert (master.format, master.extension) == ("PNG", "png")
            alpha = decoded(master.content).getchannel("A")
            assert difference(alpha, image.getchannel("A")) < 3

    def test_is_jpeg_when_a_transparency_channel_hides_nothing(self):
        assert make_master(encoded(quarters(mode="RGBA"), "PNG")).format == "JPEG"

    def test_is_jpeg_for_phones_that_store_two_pictures_in_one_file(self):
        data = encoded(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300))])
        master = make_master(data)
        assert master.format == "JPEG"
        assert corners(decoded(master.content)) == UPRIGHT


class TestKindsOfPixels:
    def test_a_palette_with_transparency_keeps_it(self):
        image = quarters().quantize(8)
        transparent = image.getpixel((300, 250))
        for format in ("PNG", "GIF"):
            master = make_master(encoded(image, format, transparency=transparent))
            pixels = decoded(master.content)
            assert pixels.getpixel((300, 250))[3] == 0
            assert pixels.getpixel((100, 75)) == (255, 0, 0, 255)

    def test_a_palette_without_transparency_becomes_jpeg(self):
        master = make_master(encoded(quarters().quantize(8), "PNG"))
        assert corners(decoded(master.content)) == UPRIGHT

    def test_sixteen_bits_of_grey_are_scaled_not_clipped(self):
        image = Image.new("I;16", (100, 100), 0x8000)
        image.paste(0xFFFF, (0, 0, 50, 100))
        pixels = decoded(make_master(encoded(image, "PNG")).content).convert("L")
        assert pixels.getpixel((25, 50)) == pytest.approx(255, abs=2)
        assert pixels.getpixel((75, 50)) == pytest.approx(128, abs=2)

    @pytest.mark.parametrize("mode", ["1", "L", "LA"])
    def test_black_and_white_is_understood(self, mode):
        image = Image.new("L", (100, 100), 255)
        image.paste(0, (0, 0, 50, 100))
        pixels = decoded(make_master(encoded(image.convert(mode), "PNG")).content)
        assert pixels.getpixel((25, 50)) == pytest.approx((0, 0, 0), abs=3)
        assert pixels.getpixel((75, 50)) == pytest.approx((255, 255, 255), abs=3)

    def test_cmyk_for_print_becomes_rgb_in_its_true_colours(self):
        master = make_master(encoded(quarters(mode="CMYK"), "JPEG", quality=95))
        image = decoded(master.content)
        assert image.mode == "RGB"
        assert corners(image) == UPRIGHT

    @pytest.mark.parametrize("format", ["GIF", "WEBP", "AVIF", "PNG"])
    def test_an_animation_becomes_its_first_frame(self, format):
        frames = [Image.new("RGB", (400, 300), colour) for colour in ("black", "white")]
        master = make_master(encoded(quarters(), format, save_all=True, append_images=frames, duration=100))
        assert corners(decoded(master.content)) == UPRIGHT


class TestColour:
    def profile(self, name="LAB"):
        return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()

    def swapped_profile(self):
        """An RGB profile in which red and green have changed places."""
        data = bytearray(self.profile("sRGB"))
        tags = {
            bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132]), 12)
        }
        red, green = tags[b"rXYZ"], tags[b"gXYZ"]
        data[red + 4 : red + 12], data[green + 4 : green + 12] = (
            data[green + 4 : green + 12],
            data[red + 4 : red + 12],
        )
        return bytes(data)

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_is_converted_from_the_pictures_own_profile(self, format):
        data = encoded(quarters(), format, icc_profile=self.swapped_profile())
        assert corners(decoded(make_master(data).content)) == ["lime", "red", "blue", "white"]

    def test_is_converted_under_transparency_too(self):
        image = quarters(mode="RGBA")
        image.putpixel((0, 0), (0, 0, 0, 0))
        master = make_master(encoded(image, "PNG", icc_profile=self.swapped_profile()))
        assert master.format == "PNG"
        assert corners(decoded(master.content)) == ["lime", "red", "blue", "white"]

    def test_stays_what_it_is_with_the_profile_of_screens(self):
        data = encoded(quarters(), "PNG", icc_profile=self.profile("sRGB"))
        assert difference(decoded(make_master(data).content), quarters()) < 2

    @pytest.mark.parametrize("profile", [b"nonsense", b"\x00" * 3000])
    def test_stays_what_it_is_with_a_broken_profile(self, profile):
        data = encoded(quarters(), "JPEG", icc_profile=profile)
        assert corners(decoded(make_master(data).content)) == UPRIGHT

    def test_stays_what_it_is_with_a_profile_for_another_kind_of_picture(self):
        for data in (
            encoded(quarters(), "JPEG", icc_profile=self.profile("LAB")),
            encoded(quarters(mode="CMYK"), "JPEG", icc_profile=self.profile("sRGB"), quality=95),
        ):
            assert corners(decoded(make_master(data).content)) == UPRIGHT

    def test_needs_no_profile_afterwards(self):
        for format in ("JPEG", "PNG"):
            data = encoded(quarters(), format, icc_profile=self.profile("sRGB"))
            assert "icc_profile" not in decoded(make_master(data).content).info


class TestMaster:
    def test_can_be_a_master_again(self):
        image = quarters(mode="RGBA")
        image.putpixel((0, 0), (0, 0, 0, 0))
        for data in (encoded(quarters(), "JPEG"), encoded(image, "PNG")):
            master = make_master(data)
            assert make_master(master.content).format == master.format

    def test_keeps_the_coloured_edges_of_a_drawing_crisp(self):
        assert Image.open(BytesIO(make_master(encoded(quarters(), "PNG")).content)).layer[0][1:3] == (1, 1)
        assert Image.open(BytesIO(make_master(encoded(quarters(), "JPEG")).content)).layer[0][1:3] == (2, 2)

    @pytest.mark.parametrize("file", corpus("malformed"))
    def test_of_a_malformed_file_is_whole_or_refused_with_a_message(self, file):
        try:
            master = make_master(file.read_bytes())
        except ImageRefused as refusal:
            assert refusal.message.endswith(".")
            assert len(refusal.message) > 40
        else:
            assert decoded(master.content).size == (master.width, master.height)


class TestFingerprint:
    def test_is_that_of_the_bytes(self):
        assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert fingerprint(b"a") != fingerprint(b"b")
