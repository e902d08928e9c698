"""Serialised PHP: scalars and arrays, and nothing that would be an object."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importers.wordpress.reading.php import Unreadable, is_serialised, unserialised


def serialised(value):
    """As PHP writes it."""
    if value is None:
        return "N;"
    if isinstance(value, bool):
        return f"b:{int(value)};"
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, float):
        return f"d:{value!r};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    inner = "".join(serialised(key) + serialised(each) for key, each in value.items())
    return f"a:{len(value)}:{{{inner}}}"


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
KEYS = st.integers(-(2**62), 2**62) | TEXT
SCALARS = st.none() | st.booleans() | KEYS | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(SCALARS, lambda inner: st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_what_php_writes_is_read(value):
    assert unserialised(f"a:1:{{i:0;{serialised(value)}}}") == {0: value}


@given(st.text(alphabet='aisbdNO:;{}"0123456789-.', max_size=60))
@settings(max_examples=100, deadline=None)
def test_anything_else_is_unreadable_and_nothing_worse(text):
    with contextlib.suppress(Unreadable):
        unserialised(text)


@pytest.mark.parametrize(
    "text",
    [
        'O:8:"stdClass":1:{s:1:"a";i:1;}',
        'a:1:{i:0;O:8:"stdClass":0:{}}',
        'a:1:{i:0;C:1:"A":0:{}}',
        "a:2:{i:0;i:1;i:1;R:2;}",
        "a:1:{i:0;" * 40 + "i:1;" + "}" * 40,
        "a:1:{a:0:{}i:1;}",
        "a:1:{i:0;i:1;",
        's:5:"abc',
        "i:1;i:2;",
        "",
    ],
)
def test_objects_references_and_fragments_are_left_as_text(text):
    with pytest.raises(Unreadable):
        unserialised(text)


def test_too_many_values_are_left_as_text():
    text = "a:200000:{" + "".join(f"i:{number};N;" for number in range(60_000)) + "}"
    with pytest.raises(Unreadable):
        unserialised(text)


def test_lengths_that_line_ends_have_made_wrong_are_forgiven():
    assert unserialised('a:2:{s:1:"a";s:5:"x\ny";s:1:"b";s:3:"q";}') == {"a": "x\ny", "b": "q"}


def test_only_arrays_are_worth_reading():
    assert is_serialised("a:0:{}")
    assert not is_serialised("a:b")
