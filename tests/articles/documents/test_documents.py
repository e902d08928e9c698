"""What kind a file is, under which name it is stored, and which piece of it is asked for."""

import io
import re
import zipfile

import pytest

from articles.documents import KINDS, SHAPE, Piece, Unsatisfiable, is_shown, piece_of, recognise, stored_name


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def epub():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "ending"),
    [
        (b"%PDF-1.7\n", "report.pdf", "pdf"),
        (b"%PDF-1.7\n", "report.html", "pdf"),
        (b"ID3\x04\0\0", "a.mp3", "mp3"),
        (b"\xff\xfb\x90\x64", "a", "mp3"),
        (b"\0\0\0\x20ftypM4A \0", "a.m4a", "m4a"),
        (b"\0\0\0\x20ftypisom\0", "a.mp4", "mp4"),
        (b"\0\0\0\x14ftypqt  \0", "a.mov", "mov"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86webm", "a.webm", "webm"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a.wav", "wav"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "a.ogg", "ogg"),
        (b"OggS" + bytes(24) + b"\x80theora", "a.ogv", "ogv"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.html", "zip"),
        (zipped("a.txt"), "a.docx", "zip"),
        (epub(), "a.epub", "epub"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "xls"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (b"name;sum\nAna;3\n", "a.csv", "csv"),
        ("Grüße".encode(), "a.txt", "txt"),
        (b"MZ\x90\0\x03", "a.pdf", "bin"),
        (b"", "a.pdf", "bin"),
    ],
)
def test_the_kind_is_told_by_the_bytes(head, name, ending):
    assert recognise(head, name) is KINDS[ending]


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf\n  <HTML>",
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><x:svg xmlns:x='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<!-- x --><p onclick=alert(1)>",
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.mp3", "a.jpg", "a.html", "a.txt"])
def test_what_browsers_would_run_is_only_saved(head, name):
    kind = recognise(head, name)
    assert not is_shown(kind.ending)
    assert kind.media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Annual Report (2021).PDF", "annual-report-2021"),
        ("../../etc/passwd", "etcpasswd"),
        ("Смета.pdf", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 60),
        ("a\0b/\\..pdf", "ab"),
    ],
)
def test_a_stored_name_is_of_plain_letters(name, stem):
    path = stored_name(name, KINDS["pdf"], secret="abcdefghijklmnop")
    assert path == f"documents/ab/abcdefghijklmnop/{stem}.pdf"
    assert re.fullmatch(SHAPE, path)["ending"] == "pdf"


@pytest.mark.parametrize(
    ("header", "piece"),
    [
        ("bytes=0-", Piece(0, 1000)),
        ("bytes=0-0", Piece(0, 1)),
        ("bytes=500-2000", Piece(500, 500)),
        ("bytes=999-", Piece(999, 1)),
        ("bytes=-10", Piece(990, 10)),
        ("bytes=-5000", Piece(0, 1000)),
        ("", None),
        ("bytes=0-1,5-6", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("items=0-5", None),
        ("bytes=a-b", None),
    ],
)
def test_a_piece(header, piece):
    assert piece_of(header, 1000) == piece


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999-"])
def test_no_piece_begins_behind_the_end(header):
    with pytest.raises(Unsatisfiable):
        piece_of(header, 1000)
