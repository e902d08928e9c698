"""The first pass: nothing that is found out depends on the order of items or files."""

import datetime
import random
import re
from collections import Counter

import pytest

from articles.importers.wordpress.deciding.permalinks import Form
from articles.importers.wordpress.deciding.states import Kind, Options
from articles.importers.wordpress.reading import FileRefused, Limits, Reason, sources
from articles.importers.wordpress.records import Fault, Note
from articles.importers.wordpress.surveying import NoRoom, Scratch, Survey, check_room
from tests.articles.importers.wordpress.exports import (
    OWN,
    category,
    element,
    export,
    item,
    items,
    meta,
    written,
)

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def surveyed(*paths, options=Options(), limits=Limits(), **more):  # noqa: B008 - both are immutable
    survey = Survey(Scratch(":memory:", file_key=str.lower), limits=limits, options=options, now=NOW)
    *_, number = survey.read_all(sources(paths, limits=limits), **more)
    assert number == survey.items
    return survey


@pytest.fixture(scope="module")
def own():
    return surveyed(OWN)


def test_what_is_known_of_the_site(own):
    assert list(own.sites) == ["lantern.test/news"]
    zone = own.offsets["lantern.test/news"].inferred()
    # One item was written on a journey; seven lack one of the two times.
    assert (zone.name, zone.total - zone.explained) == ("Europe/Berlin", 1)
    assert own.forms.most_common(1)[0][0] is Form.DAY_AND_NAME


def test_what_is_counted(own):
    assert own.items == 31 == own.types.total()
    assert own.types["post", "pending"] == 1
    assert own.comments.total() == 5
    assert own.dropped_meta == {"_edit_last": 1}
    assert own.dropped_taxonomies["region"] == 1
    assert own.repetitions == 1
    assert own.notes == {Note(Fault.REPEATED, "wp:post_id"): 1}


def test_articles_and_pages_are_found_by_number_and_address(own):
    site = own.scratch.site("lantern.test/news")
    entry = own.scratch.entry(site, "100")
    assert (entry.source_id, entry.kind, entry.slug) == ("100", "article", "harbour-opens")
    assert own.scratch.entry_at(site, "/news/about/team/").source_id == "201"
    assert own.scratch.entry(site, "900") is None and own.scratch.entry_at(site, "/nowhere/") is None


def test_a_number_with_two_texts_is_two_articles_and_a_repetition_is_none(own):
    site = own.scratch.site("lantern.test/news")
    found = [
        (each, own.scratch.entry_of(site, each)) for each in items(OWN) if each.post_id in ("100", "101")
    ]
    assert [entry.source_id for _, entry in found] == ["100", "101", "100", "101~2"]
    assert [entry.is_met_first_in(each) for each, entry in found] == [True, True, False, True]


def test_attachments_are_found_by_number_address_file_and_parent(own):
    site, url = own.scratch.site("lantern.test/news"), "https://lantern.test/news/wp-content/uploads/2021/02/"
    found = own.scratch.attachment(site, "900")
    assert found.alt == "Ships between two piers" and found.sizes[0] == "harbour-300x200.jpg"
    assert own.scratch.attachment_with(f"{url}harbour-scaled.jpg") == found
    assert own.scratch.attachment_with(f"{url}harbour-300x200.jpg", is_size=True) == found
    assert own.scratch.attachment_with(f"{url}harbour-300x200.jpg") is None
    assert own.scratch.attachment_at(site, "/news/2021/02/14/harbour-opens/harbour/") == found
    assert own.scratch.attachments_below(site, "100") == [found]


def test_reusable_blocks_are_kept(own):
    site = own.scratch.site("lantern.test/news")
    assert own.scratch.block(site, "800") == "<p>Write to the editors: letters@lantern.test</p>"
    assert own.scratch.block(site, "801") is None


def test_guests_are_known_wherever_they_stand(own):
    (story,) = (each for each in items(OWN) if each.post_id == "116")
    assert [author.name for author in own.people.of(story)] == ["Harry Moll", "Molly Guest"]


def facts(survey):
    """What the second pass asks for, in an order of its own."""
    scratch = survey.scratch
    site = scratch.site("lantern.test")
    numbers = [str(number) for number in range(1, 30)]
    return (
        [getattr(scratch.entry(site, number), "slug", None) for number in numbers],
        [scratch.attachment(site, number) for number in numbers],
        sorted(
            (each.slug, each.parent)
            for each in survey.categories.sections(sorted(survey.used), lambda _: False)
        ),
        survey.types,
        survey.offsets["lantern.test"].inferred(),
    )


def test_the_order_of_items_and_files_makes_no_difference(tmp_path):
    texts = [
        item(
            category(f"c{number % 4}", f"C{number % 4}"),
            meta("_thumbnail_id", number + 10),
            id=number,
            post_name=f"n{number}",
        )
        for number in range(1, 10)
    ]
    files = [
        item(
            id=number,
            type="attachment",
            status="inherit",
            attachment_url=f"https://lantern.test/{number}.jpg",
            post_parent=number - 10,
        )
        for number in range(11, 20)
    ]
    whole = written(tmp_path, export(*texts, *files), "whole.xml")
    expected = facts(surveyed(whole))
    mixed = random.Random(5).sample([*texts, *files], 18)  # noqa: S311 - any order will do
    parts = [written(tmp_path, export(*mixed[:7]), "b.xml"), written(tmp_path, export(*mixed[7:]), "a.xml")]
    assert facts(surveyed(*parts)) == facts(surveyed(*parts[::-1])) == expected


def test_two_sites_in_one_run_have_numbers_of_their_own(tmp_path):
    other = element("wp:wxr_version", "1.2") + element("wp:base_blog_url", "https://other.test")
    paths = [
        written(tmp_path, export(item(title="Ours")), "a.xml"),
        written(tmp_path, export(item(title="Theirs"), head=other), "b.xml"),
    ]
    survey = surveyed(*paths)
    assert survey.repetitions == 0
    entries = [survey.scratch.entry(survey.scratch.site(key), "1") for key in ("lantern.test", "other.test")]
    assert [(each.source_id, each.file) for each in entries] == [("1", "a.xml"), ("1", "b.xml")]


def test_other_types_are_taken_as_the_operator_says(tmp_path):
    survey = surveyed(OWN, options=Options(types={"podcast": Kind.ARTICLE}))
    assert survey.scratch.entry(survey.scratch.site("lantern.test/news"), "960").kind == "article"


def test_a_bad_file_refuses_all_of_them(tmp_path):
    bad = written(tmp_path, export(item())[:-20], "bad.xml")
    with pytest.raises(FileRefused) as caught:
        surveyed(OWN, bad)
    assert caught.value.file == "bad.xml"


def test_repairs_of_all_files_are_counted(tmp_path):
    path = written(tmp_path, export("<item><link>https://a.test/?a&b</link></item>"))
    assert +surveyed(path, with_repair=True).repairs == {"bare ampersands escaped": 1}


def test_files_that_name_too_many_people_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.importers.wordpress.surveying.survey.MOST_PEOPLE", 5)
    people = "".join(
        f"<wp:author><wp:author_login>a{number}</wp:author_login></wp:author>" for number in range(6)
    )
    with pytest.raises(FileRefused) as caught:
        surveyed(written(tmp_path, export(head=f"<wp:wxr_version>1.2</wp:wxr_version>{people}")))
    assert caught.value.reason is Reason.TOO_LARGE


def test_names_beyond_a_number_are_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.importers.wordpress.surveying.survey.MOST_NAMES", 2)
    parts = [meta(key, "x") for key in "a b c d a".split()]
    assert surveyed(written(tmp_path, export(item(*parts)))).dropped_meta == Counter(
        {"a": 2, "b": 1, "(others)": 2}
    )


def test_room_on_the_disk_is_asked_for_first(tmp_path):
    check_room(tmp_path, 1000)
    with pytest.raises(NoRoom, match=re.escape(str(tmp_path))):
        check_room(tmp_path, 1 << 60)
