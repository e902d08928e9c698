import pytest
from selectolax.lexbor import LexborHTMLParser

from articles.body import plain_text, sanitise
from articles.body.incoming.nesting import MAX_ATTRIBUTES, MAX_DEPTH, limit_nesting
from tests import corpora

# A sample is large enough for a body to take long, or to be too deep for a program that calls itself, without a bound.
LARGE = 1_000_000 if corpora.is_full else 250_000


def depth(html):
    """How deep the tree is that a parser makes of the limited HTML."""
    tree = LexborHTMLParser(limit_nesting(html), is_fragment=True)
    deepest, level, node = 0, 0, tree.root
    while node is not None:
        deepest = max(deepest, level)
        if node.child is not None:
            node, level = node.child, level + 1
            continue
        while node is not None and node.next is None:
            node, level = node.parent, level - 1
        node = node.next if node is not None and level >= 0 else None
    return deepest


# A parser puts elements of its own between (tbody, tr), and copies formatting once.
SOME_MORE = 4


class TestDepth:
    def test_keeps_what_people_write(self):
        html = "<div><ul><li><b>a</b><ul><li><a href='/x'>b</a></ul></ul></div>" * 500
        assert limit_nesting(html) == html

    def test_keeps_ten_thousand_paragraphs_that_nobody_closed(self):
        html = "<p>a <b>b</b>" * 10_000
        assert limit_nesting(html) == html

    @pytest.mark.parametrize("name", ["div", "ul", "blockquote", "b", "span", "font", "unknown"])
    def test_drops_tags_beyond_it(self, name):
        assert MAX_DEPTH // 20 < depth(f"<{name}>" * 20_000) <= MAX_DEPTH * SOME_MORE

    @pytest.mark.parametrize(
        "closing",
        [
            "<!--</div>-->",
            '<i title="</div>"></i>',
            "<style></div></style>",
            "<table></div></table>",
            "<p a='</div>' b>",
        ],
    )
    def test_is_not_fooled_by_end_tags_that_close_nothing(self, closing):
        assert depth(f"<div>{closing}" * 1000) <= MAX_DEPTH * SOME_MORE

    def test_loses_no_text(self):
        html = "".join(f"<div>w{i} " for i in range(1000))
        assert plain_text(html).split() == [f"w{i}" for i in range(1000)]


class TestFormattingLeftOpen:
    def test_is_closed_before_it_is_copied_into_every_paragraph(self):
        limited = limit_nesting(
            "<font size=1><font size=2><font size=3><font size=4><font size=5>" + "<p>x" * 10
        )
        assert limited.count("</font>") == 5

    def test_stays_where_it_is_one_wrapper(self):
        assert sanitise("<b><p>a</p><p>b</p></b>") == "<p><strong>a</strong></p>\n<p><strong>b</strong></p>"


class TestLargeBodies:
    """These take minutes or all memory where a bound is missing; with it, moments."""

    @pytest.mark.parametrize(
        "piece",
        [
            "<div>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<b>", "<span style='font-weight:700'>", "<svg>",
            "<select>", "<button>", "<a href='/x'>", "<", "&", "&nbsp;", "<!--", '<a href="', "<style ", "<p a=1 ",
            "<div><table></div></table>", "</p>", "word ", "<br>", "\n &nbsp;",
        ],
    )  # fmt: skip
    def test_of_one_piece_repeated_are_read(self, piece):
        sanitise(piece * (LARGE // len(piece)))

    def test_with_much_formatting_and_many_paragraphs_are_read(self):
        fonts = "".join(f"<font size={i}>" for i in range(20_000))
        assert sanitise(fonts + "<p>x" * 20_000).count("<p>x</p>") == 20_000

    def test_of_ordinary_paragraphs_keep_every_word(self):
        paragraph = "<p>" + "The sea took another four metres of Harrow Point. " * 6 + "</p>"
        body = paragraph * (2 * LARGE // len(paragraph))
        assert len(plain_text(sanitise(body)).split()) == body.count("The sea") * 9


class TestAttributes:
    def attributes(self, html):
        tree = LexborHTMLParser(limit_nesting(html), is_fragment=True)
        return tree.css_first("p, img").attributes

    def test_keeps_as_many_as_programs_write(self):
        html = "<p " + " ".join(f'data-{number}="a > b"' for number in range(MAX_ATTRIBUTES)) + ">x"
        assert limit_nesting(html) == html

    @pytest.mark.parametrize("tag", ["p", "img", "b><p"])
    @pytest.mark.parametrize("attribute", ["a{}", "a{}=1", "a{} = '>'", '/a{}="/"'])
    def test_drops_what_stands_beyond(self, tag, attribute):
        html = f"<{tag} " + " ".join(attribute.format(number) for number in range(50_000)) + ">Text</p>"
        assert len(self.attributes(html)) == MAX_ATTRIBUTES
        assert plain_text(html) == "Text"

    def test_drops_them_also_where_formatting_is_closed_before(self):
        html = "<b>" * 10 + "<p " + " ".join(f"a{number}" for number in range(1000)) + ">Text"
        assert len(self.attributes(html)) == MAX_ATTRIBUTES

    def test_drops_them_of_what_is_no_text_either(self):
        html = "<script " + " ".join(f"a{number}" for number in range(1000)) + ">no <p></script><p>Text"
        assert f"a{MAX_ATTRIBUTES} " not in limit_nesting(html)
        assert plain_text(html) == "Text"
