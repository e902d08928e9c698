import pytest

from articles.importers.wordpress.text import OldSite, attachment_at, file_key
from articles.importers.wordpress.text.addresses import one_spelling
from articles.upload_names import possible_originals

SITE = OldSite.of("https://zeitung.example/news/", "http://zeitung.example", "https://müller.example/")


class TestOldSite:
    @pytest.mark.parametrize(
        ("address", "own"),
        [
            ("https://zeitung.example/news/a/?b=1#c", "/news/a/?b=1#c"),
            ("http://WWW.zeitung.example/news", "/news"),
            ("https://xn--mller-kva.example/news/ä", "/news/ä"),
            ("https://müller.example/news/a", "/news/a"),
            ("https://zeitung.example/newspaper/", None),
            ("https://zeitung.example/download", None),
            ("https://other.example/news/a", None),
            ("mailto:a@zeitung.example", None),
            ("https://[/news", None),
            ("https://zeitung.example:bad/news/", None),
        ],
    )
    def test_knows_its_own_pages_by_host_and_path(self, address, own):
        assert SITE.own(address) == own

    def test_without_a_path_has_all_pages_of_its_host(self):
        assert OldSite.of("http://a.example").own("https://a.example//evil.example") == "/evil.example"

    def test_on_wordpress_com_has_its_files_on_a_host_of_their_own(self):
        site = OldSite.of("https://blog.wordpress.com")
        assert site.is_media("http://blog.files.wordpress.com/2008/06/a.jpg?w=604")
        assert not site.is_media("http://other.files.wordpress.com/2008/06/a.jpg")


class TestFileKey:
    @pytest.mark.parametrize(
        "address",
        [
            "https://www.a.example/files/b%C3%B6.jpg?w=300",
            "http://a.example/files/bö.jpg#x",
            "https://i1.wp.com/a.example/files/bo%CC%88.jpg?resize=3",
        ],
    )
    def test_is_one_for_all_spellings(self, address):
        assert file_key(address) == "a.example/files/bö.jpg"

    @pytest.mark.parametrize(
        ("name", "originals"),
        [
            ("boat-300x200.jpg", ["boat.jpg", "boat-scaled.jpg", "boat-rotated.jpg"]),
            ("boat-scaled.jpg", ["boat.jpg"]),
            ("boat-scaled-300x200.jpg", ["boat-scaled.jpg", "boat.jpg"]),
            ("boat.jpg", ["boat-scaled.jpg", "boat-rotated.jpg"]),
            ("boat", []),
        ],
    )
    def test_tells_of_which_files_it_may_be_a_copy(self, name, originals):
        assert list(possible_originals(name)) == originals


class Library:
    """Attachments by the addresses of their files; the sizes that their metadata name."""

    def __init__(self, files, sizes):
        self.files, self.sizes = files, sizes

    def with_key(self, key):
        return next((number for number, own in self.files.items() if file_key(own) == key), None)

    def with_size(self, key):
        return self.sizes.get(key)

    def with_number(self, number):
        return (number, self.files[number]) if number in self.files else None


class TestAttachment:
    UPLOADS = "https://a.example/wp-content/uploads/2021/07"
    LIBRARY = Library(
        {"1": f"{UPLOADS}/boat.jpg", "905": f"{UPLOADS}/boat-300x200.jpg", "7": f"{UPLOADS}/wall-scaled.jpg"},
        {"a.example/wp-content/uploads/2021/07/crop.jpg": "1"},
    )

    @pytest.mark.parametrize(
        ("address", "number", "found"),
        [
            (f"{UPLOADS}/boat-300x200.jpg", "1", "905"),
            (f"{UPLOADS}/boat-300x199.jpg", "", "1"),
            (f"{UPLOADS}/crop.jpg?x=1", "", "1"),
            (f"{UPLOADS}/wall-1024x768.jpg", "", "7"),
            (f"{UPLOADS}/wall.jpg", "", "7"),
            ("https://cdn.example/boat-edited.jpg", "1", "1"),
            ("https://cdn.example/other.jpg", "1", None),
            ("https://cdn.example/other.jpg", "404", None),
            ("", "7", "7"),
        ],
    )
    def test_is_found_by_its_address_then_by_that_of_its_original_then_by_its_id(
        self, address, number, found
    ):
        assert attachment_at(address, number, self.LIBRARY) == found


def test_one_spelling_is_left_of_an_address():
    assert one_spelling("http://WWW.A.example?b=1#c") == "https://a.example/?b=1"
