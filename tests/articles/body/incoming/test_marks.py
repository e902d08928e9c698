import pytest

from articles.body.incoming.marks import marks_of, styles

NONE = frozenset()
BOLD = frozenset({"strong"})


class TestMarksOf:
    @pytest.mark.parametrize(
        ("tag", "style", "marks"),
        [
            ("b", "", "strong"), ("i", "", "em"), ("strike", "", "s"), ("kbd", "", "code"), ("span", "", ""),
            ("span", "font-weight: 700", "strong"), ("span", "FONT-WEIGHT:Bold!important", "strong"), ("span", "font-weight:500", ""),
            ("span", "font-style:italic; color:red", "em"), ("span", "text-decoration: line-through 1px", "s"),
            ("span", "vertical-align:super", "sup"), ("span", "vertical-align:sub", "sub"), ("font", "font-weight:600", "strong"),
            ("b", "font-weight:normal", ""), ("i", "font-style:normal", ""), ("p", "font-weight:700", ""), ("span", ";;:;a", ""),
        ],
    )  # fmt: skip
    def test_says_what_the_text_looks_like(self, tag, style, marks):
        assert marks_of(tag, style, NONE) == set(marks.split())

    def test_takes_bold_away_inside_bold(self):
        assert marks_of("span", "font-weight:400", BOLD) == NONE

    def test_keeps_what_is_around(self):
        assert marks_of("i", "", BOLD) == {"strong", "em"}


class TestStyles:
    def test_are_read_with_their_importance_dropped(self):
        assert styles("A: B !important; c:d;e") == {"a": "b", "c": "d"}
