from .report import (
    MISSED,
    Figure,
    api_table,
    desk_table,
    files_table,
    related_table,
    search_table,
    view_table,
    wire_table,
)
from .sections import HEADINGS, section, with_sections
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


class TestFilesTable:
    LEAST = {"median": 90.0, "most": 100.0, "bytes": 2_000_000, "megabytes": 3.0}

    def table(self, kind, **more):
        return row_of(files_table({"1,000": {kind: self.LEAST}, "100,000": {kind: self.LEAST | more}}), kind)

    def test_marks_a_sitemap_that_is_slow(self):
        row = self.table("sitemap, index", most=400.1)
        assert row == [
            "sitemap, index",
            "90.0 / 100.0, 2,000, 3.0",
            f"90.0 / 400.1 {MISSED}, 2,000, 3.0",
            "400 ms",
        ]

    def test_marks_one_whose_memory_grows_with_the_newsroom(self):
        assert self.table("sitemap, index", megabytes=7.1)[2].endswith(f"7.1 {MISSED}")
        assert self.table("sitemap, the longest month", megabytes=7.1)[2].endswith("7.1")

    def test_marks_a_feed_that_is_large(self):
        assert self.table("feed of a tag, rss", bytes=1_000)[1:3] == [
            f"90.0 / 100.0, 2,000 {MISSED}, 3.0",
            "90.0 / 100.0, 1, 3.0",
        ]


class TestTheWayOn:
    def test_has_a_column_for_each_newsroom(self):
        figures = {"a queries": [18, 21], "b CPU ms": 14.237, "c a second": 580_062.76}
        text = related_table({"SQLite, 60": figures, "PostgreSQL, 60": figures})
        assert row_of(text, "a queries").count("18 and 21") == 2
        assert "14.2" in row_of(text, "b CPU ms")
        assert "580,063" in row_of(text, "c a second")


class TestSections:
    def test_replaces_what_was_measured_and_keeps_the_rest(self):
        old = with_sections("", {"views": section("views", "| old |", requests=3, rounds=1)})
        new = with_sections(old, {"views": section("views", "| new |", requests=3, rounds=1)})
        assert "| new |" in new
        assert "| old |" not in new
        assert new.count("# What pages cost") == 1

    def test_keeps_one_that_was_not_measured_word_for_word(self):
        wire = section("wire", "| article | 56 |")
        paper = with_sections(
            with_sections("", {"wire": wire}), {"press": section("press", "| x |", publishes=7)}
        )
        assert wire in paper
        assert paper.index(HEADINGS["wire"]) < paper.index(HEADINGS["press"])
        assert "over 7 publishes" in paper
        assert with_sections(paper, {}) == paper


class TestApiTable:
    def test_marks_what_takes_longer_than_it_may(self):
        few = {"a list": {"median": 4.0, "most": 60.0, "bytes": 12_345}}
        many = {"a list": {"median": 9.0, "most": 60.1, "bytes": 12_345}}
        row = row_of(api_table({"1,000 articles": few, "1,000,000 articles": many}), "a list")
        assert row == ["a list", "4.0 / 60.0, 12", f"9.0 / 60.1 {MISSED}, 12", "60 ms"]
