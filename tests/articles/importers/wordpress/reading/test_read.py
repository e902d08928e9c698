"""Bytes → records, and files that are refused whole."""

import dataclasses
import subprocess
import sys
from collections import Counter

import pytest

from articles.importers.wordpress.reading import Jump, Limits, Reason, read, sources
from articles.importers.wordpress.records import CommentKind, Item, Label, Person, RefusedItem, Site, Term
from tests import corpora
from tests.articles.importers.wordpress.exports import (
    OWN,
    element,
    export,
    item,
    items,
    meta,
    records,
    refusal,
    written,
)


@pytest.fixture(scope="module")
def lantern():
    return records(OWN)


@pytest.fixture(scope="module")
def by_id(lantern):
    """The first item of each number."""
    found = {}
    for each in lantern:
        if isinstance(each, Item):
            found.setdefault(each.post_id, each)
    return found


def test_the_site_comes_before_its_items(lantern):
    (number,) = (number for number, each in enumerate(lantern) if isinstance(each, Site))
    site = lantern[number]
    assert isinstance(lantern[number + 1], Item) and not any(
        isinstance(each, Item) for each in lantern[:number]
    )
    assert (site.title, site.base_blog_url) == ("The Lantern", "https://lantern.test/news")


def test_what_is_told_of_the_site_after_its_items_is_told_too(tmp_path):
    data = export(item(), "<title>Late</title>")
    assert [each.title for each in records(written(tmp_path, data)) if isinstance(each, Site)] == ["", "Late"]


def test_people_are_read_without_their_addresses(lantern):
    people = [each for each in lantern if isinstance(each, Person)]
    assert people[1] == Person(
        "harry@lantern.test", "2", "harry@lantern.test", first_name="Harry", last_name="Moll"
    )
    assert not hasattr(people[1], "email")


def test_terms_of_every_form_are_read(lantern):
    terms = [each for each in lantern if isinstance(each, Term)]
    assert terms[1] == Term("category", "town", "Town", parent="news", term_id="11")
    assert terms[5] == Term("post_tag", "ships", "R&amp;D", term_id="20")
    assert terms[6] == Term("author", "cap-guest-cleo", "guest-cleo", term_id="30", meta=(("beat", "Ships"),))


def test_an_item_has_all_that_was_written(by_id):
    each = by_id["100"]
    assert each.body == "<p>The harbour is open. It says a ]]> b, and C:\\ships\\new.</p>"
    assert (each.type, each.status, each.slug, each.creator) == (
        "post",
        "publish",
        "harbour-opens",
        "Ana.Ruiz",
    )
    assert (each.date, each.date_gmt) == ("2021-02-14 09:30:00", "2021-02-14 08:30:00")
    assert (each.modified, each.modified_gmt) == ("2021-02-16 09:30:00", "2021-02-16 08:30:00")
    assert each.labels[2] == Label("category", "harbour", "Harbour &amp; Ships")
    assert each.last_meta("_thumbnail_id") == "900"
    assert each.all_meta("_wp_old_slug") == ["port-opens", "harbor-opens"]
    assert (each.place.file, each.place.number) == ("lantern.xml", 1)
    assert OWN.read_text().splitlines()[each.place.line - 1].strip() == "<item>"


def test_comments_are_counted_and_passed_on_without_addresses():
    heard = []
    read = items(OWN, on_comment=lambda place, number, comment: heard.append((number, comment)))
    assert read[0].comments == dict.fromkeys(CommentKind, 1)
    assert [number for number, _ in heard] == ["100"] * 5
    assert heard[0][1].text == "Words of Bo Reader"
    assert "reader.test" not in repr(heard) and "203.0.113.9" not in repr(heard)


def test_the_last_of_a_repeated_element_that_is_not_empty_counts(by_id):
    each = by_id["999"]
    assert [(note.fault, note.of) for note in each.notes] == [("repeated element", "wp:post_id")]


def test_the_password_of_a_post_is_not_kept(by_id):
    assert by_id["105"].has_password
    assert "enter" not in repr(by_id["105"])


def test_names_lose_invisible_characters_and_texts_are_composed(by_id):
    assert by_id["114"].creator == "ana.ruiz"
    assert by_id["114"].title == "N\u00fcrnberg"


def test_prefixes_mean_nothing_and_addresses_of_namespaces_all(tmp_path):
    other = {"alt": "https://wordpress.org/export/1.1/", "wp": "https://elsewhere.test/1.2/"}
    body = "<item><title>A</title><alt:post_id>7</alt:post_id><wp:post_id>8</wp:post_id></item>"
    data = export(body, head="<alt:wxr_version>1.1</alt:wxr_version>", namespaces=other)
    assert [each.post_id for each in items(written(tmp_path, data))] == ["7"]


def test_what_stands_in_an_unknown_element_is_not_the_items_own(tmp_path):
    data = export(item("<media><title>Of a picture</title></media>", title="Of the item"))
    assert [each.title for each in items(written(tmp_path, data))] == ["Of the item"]


def test_utf_16_and_windows_1252_are_read_if_they_are_declared(tmp_path):
    for encoding in ("utf-16", "windows-1252"):
        begin = f"<?xml version='1.0' encoding='{encoding}'?>"
        data = export(item(title="Füße"), begin=begin).decode().encode(encoding)
        assert [each.title for each in items(written(tmp_path, data))] == ["Füße"]


class TestRefused:
    def test_ill_formed_with_its_place(self, tmp_path):
        data = export(item(id=1), item(id=2), "<item><link>https://lantern.test/?a=1&b=2</link></item>")
        error = refusal(written(tmp_path, data))
        assert error.reason is Reason.ILL_FORMED
        assert (error.line, error.items_before) == (6, 2)
        assert error.column == data.splitlines()[5].index(b"&b=") + len("&b")
        assert "?a=1&b=2" in error.context and len(error.context) <= 80
        assert "line 6" in str(error) and "after 2 whole items" in str(error)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", Reason.ILL_FORMED),
            (b"no xml", Reason.ILL_FORMED),
            (export(item())[:-30], Reason.ILL_FORMED),
            (export(item(title="\x01")), Reason.ILL_FORMED),
            (export(item()).replace(b"A text.", b"A \x92 text."), Reason.ILL_FORMED),
            (export(item(), begin="<?xml version='1.0' encoding='utf-7'?>"), Reason.ILL_FORMED),
            (export(item("<atom:link/>")), Reason.ILL_FORMED),
            (export(item(), begin="<!DOCTYPE rss [<!ENTITY a 'b'>]>"), Reason.DOCTYPE),
            (export(item(), begin="<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>"), Reason.DOCTYPE),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", Reason.NOT_RSS),
            (export(item(), head=""), Reason.NO_VERSION),
            (export(item(), head="<wp:wxr_version>abc</wp:wxr_version>"), Reason.NO_VERSION),
            (b"<rss/>", Reason.NO_VERSION),
        ],
    )
    def test_whole(self, tmp_path, data, reason):
        assert refusal(written(tmp_path, data)).reason is reason

    @pytest.mark.parametrize("path", corpora.files("xml/*"), ids=lambda path: path.name)
    def test_hostile_xml(self, path):
        assert refusal(path).reason in (Reason.DOCTYPE, Reason.NOT_RSS)

    def test_a_file_that_is_not_there(self, tmp_path):
        assert refusal(tmp_path / "none.xml").reason is Reason.UNREADABLE


class TestLimits:
    def refused(self, tmp_path, *parts, **limits):
        """What is read of an item that is over a limit, followed by one that is not."""
        data = export(item(*parts), item(id=2))
        read = records(written(tmp_path, data), limits=Limits(**limits))
        assert [type(each).__name__ for each in read] == ["Site", "RefusedItem", "Item"]
        read = read[1:]
        assert (read[0].post_id, read[0].title, read[1].post_id) == ("1", "A title", "2")
        return read[0].note.fault.value, read[0].note.of

    def test_a_long_field(self, tmp_path):
        found = self.refused(tmp_path, element("excerpt:encoded", "é" * 600), field=1000)
        assert found == ("field too long", "excerpt:encoded")

    def test_a_long_body(self, tmp_path):
        # The first body, which counts, is short. The one after it is too long.
        found = self.refused(tmp_path, element("content:encoded", "x" * 1001), body=1000)
        assert found == ("field too long", "content:encoded")

    def test_a_long_item(self, tmp_path):
        parts = [meta(f"key{number}", "x" * 900) for number in range(12)]
        assert self.refused(tmp_path, *parts, item=10_000)[0] == "item too long"

    def test_many_parts(self, tmp_path):
        assert self.refused(tmp_path, *[meta("a", "b")] * 6, parts=5) == ("too many parts", "meta")

    def test_many_comments(self, tmp_path):
        parts = ["<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"] * 6
        assert self.refused(tmp_path, *parts, comments=5) == ("too many parts", "comments")

    def test_long_attributes(self, tmp_path):
        assert self.refused(tmp_path, f"<a b='{'x' * 1000}'/>", attributes=900)[0] == "attributes too long"

    def test_deep_nesting(self, tmp_path):
        assert self.refused(tmp_path, "<a>" * 70 + "</a>" * 70)[0] == "nested too deeply"

    def test_a_long_meta_value_is_dropped_alone(self, tmp_path):
        data = export(item(meta("long", "x" * 1001), meta("short", "y")))
        (each,) = items(written(tmp_path, data), limits=Limits(meta_value=1000))
        assert each.meta == (("short", "y"),)
        assert [(note.fault, note.of) for note in each.notes] == [("meta value too long", "long")]

    def test_many_comments_do_not_make_an_item_too_long(self, tmp_path):
        comment = f"<wp:comment>{element('wp:comment_content', 'ä' * 400)}</wp:comment>"
        (each,) = items(written(tmp_path, export(item(comment * 50))), limits=Limits(item=10_000))
        assert each.comments == {CommentKind.WAITING: 50}

    @pytest.mark.parametrize(
        ("parts", "limits"),
        [
            (["<" + "a" * 1_000_000 + "/>"], {"token": 300_000}),
            (["<!--" + "a" * 1_000_000 + "-->"], {"token": 300_000}),
            ([f"<n{number}/>" for number in range(200)], {"names": 100}),
            (["<a>" * 200 + "</a>" * 200], {"file_nesting": 100}),
            ([item(id=number) for number in range(1, 5)], {"items": 3}),
            ([item()], {"file": 100}),
        ],
    )
    def test_over_others_the_file_is_refused(self, tmp_path, parts, limits):
        data = export(*parts)
        path = written(tmp_path, data)
        assert refusal(path, limits=Limits(**limits)).reason is Reason.TOO_LARGE

    def test_a_giant_field_is_not_collected(self, tmp_path):
        """The memory of a process of its own, because that of this one only grows."""
        path = tmp_path / "giant.xml"
        head, _, tail = export(item(body="HERE")).partition(b"HERE")
        with path.open("wb") as file:
            file.write(head)
            for _ in range(120):
                file.write(b"x" * (1 << 20))
            file.write(tail)
        program = (
            "import sys\n"
            "from pathlib import Path\n"
            "from articles.importers.wordpress.reading import *\n"
            "limits = Limits()\n"
            "kinds = [type(each).__name__ for source in sources([Path(sys.argv[1])], limits=limits)"
            " for each in read(source, limits=limits)]\n"
            "assert 'django' not in sys.modules\n"
            "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
            "print(*kinds, int(peak) // 1024)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
        )
        *kinds, megabytes = done.stdout.split()
        assert kinds == ["Site", "RefusedItem"]
        assert int(megabytes) < 80


class TestParts:
    @pytest.mark.parametrize("repairs", [None, Counter()])
    def test_of_a_file_are_the_same_items_as_in_the_whole(self, repairs):
        (source,) = sources([OWN], limits=Limits())

        def places(**parts):
            found = read(dataclasses.replace(source, **parts), limits=Limits(), repairs=repairs)
            return [each for each in found if isinstance(each, Item | RefusedItem)]

        whole = places()
        first = whole[0].place
        assert [each.place.number for each in whole] == list(range(1, len(whole) + 1))
        for number, each in enumerate(whole):
            rest = places(since=Jump(first, each.place))
            assert rest == whole[number:]
            assert [other.place.offset for other in rest] == [other.place.offset for other in whole[number:]]
            assert places(until=each.place.number) == whole[:number]

    def test_are_of_the_same_site(self):
        (source,) = sources([OWN], limits=Limits())
        first, *_, last = items(OWN)
        part = dataclasses.replace(source, since=Jump(first.place, last.place))
        sites = [each for each in read(part, limits=Limits()) if isinstance(each, Site)]
        assert sites == [each for each in records(OWN) if isinstance(each, Site)]
