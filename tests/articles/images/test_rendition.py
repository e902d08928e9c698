import pytest
from django.test import override_settings

from articles.images import Focus, Format, Rendition, folder_path, parse_path, version_key

RENDITION = Rendition(12345, "5f0c9a1e", 960, 640, Format.AVIF)


class TestPath:
    def test_names_the_rendition_and_nothing_else(self):
        assert parse_path(RENDITION.path) == RENDITION

    def test_is_sharded_by_thousands(self):
        assert RENDITION.path.startswith("renditions/12/12345-5f0c9a1e-")
        assert Rendition(999, "5f0c9a1e", 1, 1, Format.JPEG).path.startswith("renditions/0/999-")

    def test_is_in_the_folder_of_its_picture(self):
        assert RENDITION.path == f"{folder_path(12345, '5f0c9a1e')}/960x640.avif"

    @override_settings(SECRET_KEY="another")
    def test_is_signed_with_the_secret_key(self):
        path = RENDITION.path
        with override_settings(SECRET_KEY="a third"):
            assert parse_path(path) is None
            assert path != RENDITION.path
        with override_settings(SECRET_KEY="a third", SECRET_KEY_FALLBACKS=["another"]):
            assert parse_path(path) == RENDITION

    def test_is_refused_with_any_letter_of_number_version_or_signature_changed(self):
        path = RENDITION.path
        start, end = path.index("12345"), path.rindex("/")
        for position in range(start, end):
            other = "0" if path[position] != "0" else "1"
            assert parse_path(path[:position] + other + path[position + 1 :]) is None

    def test_is_refused_with_another_pictures_signature(self):
        other = Rendition(12346, "5f0c9a1e", 960, 640, Format.AVIF).path
        signature = other.split("/")[2].rsplit("-", 1)[-1]
        assert parse_path(f"renditions/12/12345-5f0c9a1e-{signature}/960x640.avif") is None

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("renditions/12/", "renditions/13/"),
            ("renditions/12/", "renditions/012/"),
            ("renditions/", "/renditions/"),
            ("renditions/", "renditions//"),
            ("renditions/", "renditions/../renditions/"),
            ("12345-", "012345-"),
            ("12345-", "\u0661\u0662345-"),
            ("960x640", "0960x640"),
            ("960x640", "0x640"),
            ("960x640", "96000x640"),
            ("960x640", "-960x640"),
            (".avif", ".AVIF"),
            (".avif", ".svg"),
            (".avif", ".avif\n"),
            (".avif", ".avif/"),
            (".avif", ".avif\x00.jpg"),
        ],
    )
    def test_is_refused_in_any_other_spelling(self, old, new):
        path = RENDITION.path.replace(old, new, 1)
        assert path != RENDITION.path
        assert parse_path(path) is None

    @pytest.mark.parametrize("path", ["", "x", "renditions/", "renditions/0/1/1", "a" * 100_000])
    def test_is_refused_when_it_is_none(self, path):
        assert parse_path(path) is None


class TestVersion:
    def test_changes_with_the_picture_and_with_the_focal_point(self):
        keys = {version_key("ab", Focus()), version_key("ac", Focus()), version_key("ab", Focus(0.5, 0.4))}
        assert len(keys) == 3

    def test_stays_the_same_for_the_same(self):
        assert version_key("ab", Focus(0.25, 0.75)) == version_key("ab", Focus(0.25, 0.75))
