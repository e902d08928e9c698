import pytest
from environs import ValidationError
from PIL import Image

from newsroom.configuration.paper_files import (
    check_page,
    parse_contacts,
    parse_icon,
    parse_text_file,
)


class TestParseIcon:
    def test_takes_a_large_square_picture_and_nothing(self, tmp_path):
        Image.new("RGB", (512, 512)).save(tmp_path / "icon.png")
        assert parse_icon(str(tmp_path / "icon.png")) == tmp_path / "icon.png"
        assert parse_icon("") is None

    def test_says_what_is_wrong_with_another(self, tmp_path):
        Image.new("RGB", (512, 400)).save(tmp_path / "wide.png")
        Image.new("RGB", (64, 64)).save(tmp_path / "small.png")
        (tmp_path / "text.png").write_text("no picture")
        for name, said in (
            ("wide.png", "a picture of 512 × 400 pixels; write the path of a square one"),
            ("small.png", "a picture of 64 × 64 pixels"),
            ("text.png", "is no picture"),
            ("none.png", "write the whole path of a file that is there"),
        ):
            with pytest.raises(ValidationError, match=said):
                parse_icon(str(tmp_path / name))
        with pytest.raises(ValidationError, match="write the whole path"):
            parse_icon("icon.png")


class TestParseTextFile:
    def test_takes_a_text_and_nothing(self, tmp_path):
        (tmp_path / "ads.txt").write_text("a, b, c")
        assert parse_text_file(str(tmp_path / "ads.txt")) == tmp_path / "ads.txt"
        assert parse_text_file("") is None

    def test_refuses_what_is_no_text(self, tmp_path):
        (tmp_path / "ads.txt").write_bytes(b"\xff\xfe")
        with pytest.raises(ValidationError, match="UTF-8"):
            parse_text_file(str(tmp_path / "ads.txt"))


class TestParseContacts:
    def test_makes_addresses_of_what_is_written(self):
        said = "security@example.org, mailto:b@example.org, https://example.org/report, tel:+1-201-555-0123,"
        assert parse_contacts(said) == [
            "mailto:security@example.org",
            "mailto:b@example.org",
            "https://example.org/report",
            "tel:+1-201-555-0123",
        ]
        assert parse_contacts("") == []

    @pytest.mark.parametrize(
        "wrong", ["security", "http://example.org/", "a b@example.org", "tel:x", "ftp://a"]
    )
    def test_names_every_one_that_is_none(self, wrong):
        with pytest.raises(ValidationError) as refused:
            parse_contacts(f"{wrong},a@example.org,no")
        assert refused.value.messages[0].startswith(f"holds {wrong!r}, 'no'; write e-mail addresses")


def test_a_policy_is_a_page_with_https():
    check_page("")
    check_page("https://example.org/security")
    with pytest.raises(ValidationError, match="write one like"):
        check_page("example.org")
