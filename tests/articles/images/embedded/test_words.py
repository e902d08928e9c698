import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.images import EmbeddedWords, embedded_words
from tests.articles.images.samples import corpus, encoded, quarters

from .files import XMP, listed, with_document, with_iptc, with_xmp

UTF_8 = b"\x1b%G"


class TestIptc:
    def test_says_who_made_it_what_it_shows_and_whose_it_is(self):
        fields = {
            120: b"A harbour at dusk.",
            80: b"Ana Lind",
            110: b"Reuters",
            115: b"Lind Pictures",
            116: b"(c) Lind",
            55: b"20240131",
        }
        assert embedded_words(with_iptc(fields)) == EmbeddedWords(
            caption="A harbour at dusk.",
            credit="Ana Lind/Reuters",
            origin="Lind Pictures",
            copyright="(c) Lind",
            taken_on=datetime.date(2024, 1, 31),
        )

    @pytest.mark.parametrize(
        ("declared", "encoding", "text"),
        [
            (UTF_8, "utf-8", "Gdańsk, żaglówka"),
            (b"", "utf-8", "Gdańsk, żaglówka"),
            (b"", "cp1252", "Café “Zürich”"),
            (b"\x1b.A", "latin-1", "Café Zürich"),
            (b"\x1b-A", "latin-1", "Café Zürich"),
            (b"\x1b-B", "iso8859-2", "Gdańsk"),
            (b"\x1b-L", "iso8859-5", "Гавань"),
            (b"\x1b-F", "iso8859-7", "Λιμάνι"),
            (b"\x1b-H", "iso8859-8", "נמל"),
            (b"\x1b-G", "iso8859-6", "ميناء"),
        ],
    )
    def test_is_read_in_its_character_set(self, declared, encoding, text):
        words = embedded_words(with_iptc({120: text.encode(encoding)}, declared=declared))
        assert words.caption == text

    def test_that_is_wrong_in_its_declared_set_is_read_as_far_as_can_be(self):
        assert embedded_words(with_iptc({120: b"Caf\xe9"}, declared=UTF_8)).caption == "Café"
        assert embedded_words(with_iptc({120: b"Harbour"}, declared=b"\x1b-\x00")).caption == "Harbour"

    def test_of_several_photographers_names_all(self):
        assert embedded_words(with_iptc({80: [b"Ana Lind", b"T. Okafor"]})).credit == "Ana Lind, T. Okafor"


class TestXmp:
    def test_says_more_than_iptc_does(self):
        said = (
            listed("dc:description", "Alt", "A harbour at dusk.")
            + listed("dc:creator", "Seq", "Ana Lind", "T. Okafor")
            + listed("dc:rights", "Alt", "© Lind")
            + listed("iptc:AltTextAccessibility", "Alt", "Boats in low light")
            + listed("rights:UsageTerms", "Alt", "Editorial use, to 2027")
        )
        attributes = 'photoshop:Credit="Reuters" photoshop:DateCreated="2024-01-31T10:00:00Z"'
        assert embedded_words(with_xmp(said, attributes)) == EmbeddedWords(
            alt="Boats in low light",
            caption="A harbour at dusk.",
            credit="Ana Lind, T. Okafor/Reuters",
            copyright="© Lind",
            licence="Editorial use, to 2027",
            taken_on=datetime.date(2024, 1, 31),
        )

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_is_read_in_every_format(self, format):
        data = with_xmp(listed("dc:creator", "Seq", "Ana Lind"), format=format)
        assert embedded_words(data).credit == "Ana Lind"

    def test_in_several_languages_gives_that_for_all(self):
        both = (
            '<dc:description><rdf:Alt><rdf:li xml:lang="de">Hafen</rdf:li>'
            '<rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt></dc:description>'
        )
        assert embedded_words(with_xmp(both)).caption == "Harbour"

    @pytest.mark.parametrize(
        "document",
        [
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XMP.partition("?>")[2],
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
            "<x:xmpmeta><not well-formed",
            "<a>" * 10_000,
            "\x00\x01",
        ],
    )
    def test_that_is_hostile_or_broken_says_nothing(self, document):
        properties = listed("dc:creator", "Seq", "&a;")
        document = document.replace("{properties}", properties).replace("{attributes}", "")
        for format in ("JPEG", "WEBP"):
            assert embedded_words(with_document(document, format)) == EmbeddedWords()


class TestExif:
    def test_says_who_made_it_and_when(self):
        exif = Image.Exif()
        exif[315], exif[33432], exif[270] = "Ana Lind", "Lind", "OLYMPUS DIGITAL CAMERA"
        exif.get_ifd(0x8769)[36867] = "2024:01:31 10:00:00"
        assert embedded_words(encoded(quarters(), "JPEG", exif=exif)) == EmbeddedWords(
            credit="Ana Lind", copyright="Lind", taken_on=datetime.date(2024, 1, 31)
        )

    @pytest.mark.parametrize(
        "written", ["0000:00:00 00:00:00", "2024:13:01", "2999:01:01", "1200:01:01", "x"]
    )
    def test_of_a_clock_that_was_never_set_says_no_date(self, written):
        exif = Image.Exif()
        exif.get_ifd(0x8769)[36867] = written
        assert embedded_words(encoded(quarters(), "JPEG", exif=exif)).taken_on is None


class TestAnyFile:
    def test_that_says_nothing_has_no_words(self):
        assert embedded_words(encoded(quarters(), "JPEG")) == EmbeddedWords()

    @pytest.mark.parametrize("file", corpus("metadata_xss"))
    def test_of_the_corpus_gives_text(self, file):
        words = embedded_words(file.read_bytes())
        assert all(isinstance(text, str) for text in (words.alt, words.caption, words.credit))

    @settings(max_examples=100, deadline=None)
    @given(
        st.dictionaries(st.sampled_from([55, 80, 110, 115, 116, 120]), st.binary(max_size=60)),
        st.binary(max_size=6),
    )
    def test_never_fails(self, fields, declared):
        embedded_words(with_iptc(fields, declared=declared))
