"""What the old server knows of its addresses."""

import gzip

import pytest

from articles.management import known_elsewhere
from articles.management.known_elsewhere import Unreadable, in_logs, in_sitemaps

LINE = '203.0.113.7 - - [10/Oct/2021:13:55:36 +0000] "{} {} HTTP/1.1" {} 2326 "-" "Reader"\n'


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def log(tmp_path, *requests):
    return written(tmp_path / "access.log", "".join(LINE.format(*request) for request in requests))


class TestLogs:
    def test_count_what_readers_got(self, tmp_path):
        path = log(
            tmp_path,
            ("GET", "/a/", 200),
            ("HEAD", "/a/?utm_source=x", 304),
            ("GET", "/?p=7&utm_source=x", 301),
            ("GET", "/nothing/", 404),
            ("POST", "/a/", 200),
            ("GET", "https://old.example/b/", 200),
            ("GET", "//a//", 200),
            ("GET", "*", 200),
        )
        assert in_logs([path]) == {"/a/": 2, "/?p=7&utm_source=x": 1, "/b/": 1, "/a//": 1}

    def test_leave_out_what_only_programs_ask_for(self, tmp_path):
        asked = [
            "/wp-login.php",
            "/wp-json/wp/v2/",
            "/wp-content/themes/a.css",
            "/blog/wp-admin/",
            "/robots.txt",
        ]
        path = log(tmp_path, *(("GET", each, 200) for each in [*asked, "/wp-content/uploads/a.jpg"]))
        assert in_logs([path]) == {"/wp-content/uploads/a.jpg": 1}

    def test_may_be_packed_and_hold_anything(self, tmp_path):
        lines = LINE.format("GET", "/a/", 200).encode() + b"\xff\x00 rubbish\n" + b'"GET ' + b"x" * 9000
        assert in_logs([written(tmp_path / "a.gz", gzip.compress(lines))]) == {"/a/": 1}

    def test_with_endless_addresses_keep_those_asked_for_more_than_once(self, tmp_path, monkeypatch):
        monkeypatch.setattr(known_elsewhere, "MOST", 10)
        requests = [("GET", "/a/", 200)] * 3 + [("GET", f"/{number}/", 200) for number in range(100)]
        hits = in_logs([log(tmp_path, *requests)])
        assert hits["/a/"] == 3
        assert len(hits) <= 11

    def test_with_endless_addresses_newcomers_count_too(self, tmp_path, monkeypatch):
        monkeypatch.setattr(known_elsewhere, "MOST", 10)
        often = [("GET", f"/{number}/", 200) for number in range(11)] * 2
        requests = [*often, *[("GET", "/late/", 200)] * 9]
        hits = in_logs([log(tmp_path, *requests)])
        assert hits["/late/"] == 9

    def test_that_are_damaged_are_named(self, tmp_path):
        packed = bytearray(gzip.compress(LINE.format("GET", "/a/", 200).encode() * 100))
        packed[12] ^= 0xFF
        with pytest.raises(Unreadable, match="a.gz cannot be read"):
            in_logs([written(tmp_path / "a.gz", bytes(packed))])

    def test_that_are_not_there_are_named(self, tmp_path):
        with pytest.raises(Unreadable, match="none.log cannot be read"):
            in_logs([tmp_path / "none.log"])


class TestSitemaps:
    NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://images.example/"'

    def test_name_pages_and_no_pictures_or_other_sitemaps(self, tmp_path):
        pages = "<url><loc> https://old.example/a/?x=1 </loc><i:image><i:loc>https://b.example/p.jpg</i:loc></i:image></url>"
        pages += "<url><loc>https://old.example/caf%C3%A9/</loc></url>"
        path = written(tmp_path / "a.xml", f"<urlset {self.NAMESPACE}>{pages}</urlset>")
        index = f"<sitemapindex {self.NAMESPACE}><sitemap><loc>https://old.example/b.xml</loc></sitemap></sitemapindex>"
        packed = written(tmp_path / "b.xml.gz", gzip.compress(index.encode()))
        assert list(in_sitemaps([path, packed])) == ["/a/", "/caf%C3%A9/"]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("<urlset><url>", "is no sitemap"),
            ("words", "is no sitemap"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><urlset/>", "has a document type declaration"),
        ],
    )
    def test_that_are_none_are_named(self, tmp_path, text, message):
        with pytest.raises(Unreadable, match=message):
            list(in_sitemaps([written(tmp_path / "a.xml", text)]))
