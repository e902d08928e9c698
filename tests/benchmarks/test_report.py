from .report import MISSED, Figure, desk_table, search_table, view_table, wire_table
from .wire import weight

FEW = {"article": {"queries": 6, "milliseconds": 4.0}, "tag": {"queries": 4, "milliseconds": 5.0}}
MANY = {"article": {"queries": 7, "milliseconds": 4.3}, "tag": {"queries": 4, "milliseconds": 6.5}}


def row_of(table, name):
    (line,) = (line for line in table.splitlines() if line.startswith(f"| {name} "))
    return [cell.strip() for cell in line.strip("|").split("|")]


class TestFigure:
    def test_is_marked_only_above_its_budget(self):
        assert str(Figure(4.4, 4.4, "{:.1f}")) == "4.4"
        assert str(Figure(4.5, 4.4, "{:.1f}")) == f"4.5 {MISSED}"
        assert str(Figure(900)) == "900"


class TestViewTable:
    def test_shows_both_newsrooms_beside_the_budget(self):
        row = row_of(view_table({1000: FEW, 100_000: MANY}), "article")
        assert row == ["article", f"7 {MISSED}", f"4.00 {MISSED}", f"4.30 {MISSED}", "3.0", "1.07"]

    def test_marks_a_view_that_slows_down_as_the_newsroom_grows(self):
        assert row_of(view_table({1000: FEW, 100_000: MANY}), "tag")[-1] == f"1.30 {MISSED}"


class TestWeight:
    def test_says_what_99_of_100_pages_stay_within(self):
        assert weight(range(1, 201)).most == 199
        assert weight([7]).most == 7

    def test_stands_in_the_table_beside_its_budget(self):
        row = row_of(wire_table({"article": weight([8_000, 8_500, 20_000])}), "article")
        assert row == ["article", "3", "8,500", f"20,000 {MISSED}", "8,500 / 13,000"]


class TestDeskTable:
    def test_marks_what_99_of_100_do_not_stay_within(self):
        few = {"autosave, 5,000 words": {"median": 4.0, "most": 9.0}}
        many = {"autosave, 5,000 words": {"median": 5.0, "most": 31.0}}
        row = row_of(desk_table({1000: few, 100_000: many}), "autosave, 5,000 words")
        assert row == ["autosave, 5,000 words", "4.0", "9.0", "5.0", f"31.0 {MISSED}", "30"]


class TestSearchTable:
    FIGURES = {
        "PostgreSQL, 1,000": {"built": 2_600.4, "kinds": {"two words": {"median": 4.04, "most": 50.0}}},
        "SQLite, 100,000": {"built": 2_499.0, "kinds": {"two words": {"median": 4.0, "most": 50.1}}},
    }

    def test_marks_what_19_of_20_questions_do_not_stay_within(self):
        row = row_of(search_table(self.FIGURES), "two words")
        assert row == ["two words", "4.0 / 50.0", f"4.0 / 50.1 {MISSED}", "50"]

    def test_marks_an_index_that_is_built_too_slowly(self):
        row = row_of(search_table(self.FIGURES), "building")
        assert row[1:] == ["2,600", f"2,499 {MISSED}", "2,500"]
