"""The three repairs, each counted, and nothing else."""

from collections import Counter
from itertools import cycle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.importers.wordpress.reading import Reason
from articles.importers.wordpress.reading.repair import DROPPED, ESCAPED, Repair
from tests.articles.importers.wordpress.exports import (
    NAMESPACES,
    OWN,
    export,
    item,
    items,
    records,
    refusal,
    written,
)


def repaired(tmp_path, data):
    counts = Counter()
    read = items(written(tmp_path, data), repairs=counts)
    return read, {name: number for name, number in counts.items() if number}


def test_bare_ampersands_are_escaped_outside_of_cdata_and_comments(tmp_path):
    link = "<link>https://lantern.test/?a=1&b=2&c</link>"
    read, counts = repaired(tmp_path, export("<!-- a & b -->", item(link, body="x & y &b;")))
    assert read[0].link == "https://lantern.test/?a=1&b=2&c"
    assert read[0].body == "x & y &b;"
    assert counts == {ESCAPED: 2}


def test_references_stay(tmp_path):
    read, counts = repaired(tmp_path, export("<item><title>&amp; &#65; &#x42;</title></item>"))
    assert read[0].title == "& A B"
    assert counts == {}


def test_forbidden_control_characters_are_dropped(tmp_path):
    data = export(item(body="a\x01b\x0bc\td"), "<item><title>e&#1;f&#x1F;g&#31;h</title></item>")
    read, counts = repaired(tmp_path, data)
    assert (read[0].body, read[1].title) == ("abc\td", "efgh")
    assert counts == {DROPPED: 5}


def test_known_prefixes_that_are_used_are_declared(tmp_path):
    data = export("<atom:link rel='hub'/>", item("<x media:url='a'/>"))
    read, counts = repaired(tmp_path, data)
    assert len(read) == 1
    assert counts == {"prefix declared: atom": 1, "prefix declared: media": 1}


def test_elements_of_exports_are_read_with_a_prefix_that_was_not_declared(tmp_path):
    namespaces = {name: address for name, address in NAMESPACES.items() if name not in ("wp", "dc")}
    read, counts = repaired(tmp_path, export(item("<dc:creator>ana</dc:creator>"), namespaces=namespaces))
    assert (read[0].post_id, read[0].creator) == ("1", "ana")
    assert counts == {"prefix declared: wp": 1, "prefix declared: dc": 1}


@pytest.mark.parametrize(
    "data",
    [
        export(item())[:-30],
        export("<item><title>a</item></title>"),
        export("<item><title>&nbsp;</title></item>"),
        export(item(body="a <![CDATA[ b ]]> c ]]> d")),
        export("<unknown:link/>"),
        b"<item><wp:post_id>1</wp:post_id></item>",
    ],
)
def test_nothing_else_is_repaired(tmp_path, data):
    assert refusal(written(tmp_path, data), repairs=Counter()).reason in (Reason.ILL_FORMED, Reason.NOT_RSS)


def test_a_document_type_is_refused_all_the_same(tmp_path):
    data = export(item(), begin="<!DOCTYPE rss [<!ENTITY a 'b'>]>")
    assert refusal(written(tmp_path, data), repairs=Counter()).reason is Reason.DOCTYPE


def test_a_file_without_faults_is_read_as_without_repair():
    counts = Counter()
    assert records(OWN, repairs=counts) == records(OWN)
    assert not +counts


def test_utf_16_is_left_alone(tmp_path):
    data = export(item(title="&"), begin="<?xml version='1.0' encoding='utf-16'?>").decode().encode("utf-16")
    read, counts = repaired(tmp_path, data)
    assert ([each.title for each in read], counts) == (["&"], {})


PIECES = st.sampled_from(
    [
        "&",
        "&amp;",
        "&a=1",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<a>",
        "</a>",
        "<?b ",
        "?>",
        "]",
        "-",
        "\x01",
        "é",
        "&#2;",
    ]
)

SIZES = st.lists(st.integers(1, 90), min_size=1, max_size=8)


@given(st.lists(PIECES, max_size=30).map("".join), SIZES)
@settings(max_examples=60, deadline=None)
@example("<![CDATA[ & ]]]]> & <!-- & --> & <?x & ?> &", [1])
def test_however_the_bytes_are_cut_the_result_is_the_same(text, sizes):
    data = f"<rss>{text * 8}</rss>".encode()
    whole = Repair(Counter())
    expected = whole.feed(data) + whole.feed(b"", is_last=True)
    cut, at, done, sizes = Repair(Counter()), 0, [], cycle(sizes)
    while at < len(data):
        size = next(sizes)
        done.append(cut.feed(data[at : at + size]))
        at += size
    done.append(cut.feed(b"", is_last=True))
    assert b"".join(done) == expected
    assert cut.counts == whole.counts
