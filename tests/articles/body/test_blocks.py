from hypothesis import given
from hypothesis import strategies as st

from articles.body.blocks import BLANK, Link, Run, merged, tidy

BOLD = frozenset({"strong"})


def texts(*pieces):
    return [[run.text for run in runs] for runs in tidy([Run(text, marks) for text, marks in pieces])]


class TestTidy:
    def test_drops_blank_edges_and_doubled_spaces(self):
        assert texts((" \xa0a  b \xa0", frozenset())) == [["a b"]]

    def test_keeps_a_single_space_that_does_not_break(self):
        assert texts(("1\xa0000", frozenset())) == [["1\xa0000"]]

    def test_looks_across_marks(self):
        assert texts(("a ", frozenset()), (" b", BOLD)) == [["a ", "b"]]

    def test_splits_at_empty_lines_only(self):
        assert texts(("a \n b\n \xa0\nc\n", frozenset())) == [["a\nb"], ["c"]]

    def test_finds_nothing_in_what_cannot_be_seen(self):
        assert tidy([Run(BLANK)]) == []

    @given(st.lists(st.tuples(st.text(alphabet="ab \xa0\n"), st.sampled_from([frozenset(), BOLD]))))
    def test_loses_no_letter_and_has_nothing_more_to_do(self, pieces):
        paragraphs = tidy([Run(text, marks) for text, marks in pieces])
        letters = [(c, run.marks) for runs in paragraphs for run in runs for c in run.text if c in "ab"]
        assert letters == [(c, marks) for text, marks in pieces for c in text if c in "ab"]
        for runs in paragraphs:
            assert tidy(runs) == [runs]


class TestMerged:
    def test_joins_neighbours_that_look_the_same(self):
        assert merged([Run("a"), Run("", BOLD), Run("b"), Run("c", BOLD)]) == [Run("ab"), Run("c", BOLD)]

    def test_keeps_different_links_apart(self):
        runs = [Run("a", link=Link("/a")), Run("b", link=Link("/b"))]
        assert merged(runs) == runs
