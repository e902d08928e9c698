import pytest

from articles.body.incoming.characters import readable, unescaped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\tb\nc\r\n", "a\tb\nc\r\n"),
        ("a\x00\x01\x1f\x7fb", "ab"),
        ("a\x0bb", "a b"),
        ("\x93quoted\x94 \x85", "“quoted” …"),
        ("\ufeffa\ud800\uffff", "a"),
        ("می‌روم 👨‍👩‍👧", "می‌روم 👨‍👩‍👧"),
    ],
)
def test_keeps_what_a_reader_can_read(text, expected):
    assert readable(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&amp;D &#233;&#xe9;&eacute;", "R&D ééé"),
        (f"a&#{'1' * 5_000};b", "a\ufffdb"),
        (f"a&#{'1' * 5_000}", "a\ufffd"),
    ],
)
def test_decodes_every_reference(text, expected):
    assert unescaped(text) == expected
