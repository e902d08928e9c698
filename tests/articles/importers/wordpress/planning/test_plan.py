"""Every item has one plan or one reason."""

import datetime
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from articles.importers.wordpress.deciding.states import Held, Options, State
from articles.importers.wordpress.planning import Outcome, Plan, Rest, plans
from articles.importers.wordpress.planning.plan import REPETITION
from articles.importers.wordpress.reading import Limits, sources
from articles.importers.wordpress.surveying import Scratch, Survey
from tests.articles.importers.wordpress.exports import OWN, element, export, item, written

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def planned(*paths, limits=Limits(), with_repair=False):  # noqa: B008 - immutable
    survey = Survey(Scratch(":memory:", file_key=str), limits=limits, options=Options(), now=NOW)
    files = sources(paths, limits=limits)
    assert [*survey.read_all(files, with_repair=with_repair)][-1] == survey.items
    zones = dict.fromkeys(survey.sites, ZoneInfo("Europe/Berlin"))
    return list(plans(survey, files, zones=zones))


@pytest.fixture(scope="module")
def own():
    return planned(OWN)


@pytest.fixture(scope="module")
def by_id(own):
    return {each.entry.source_id: each for each in own if isinstance(each, Plan)}


def test_each_item_comes_once(own):
    places = [each.item.place.number for each in own]
    assert places == list(range(1, 32))
    assert Counter(type(each) for each in own) == {Plan: 19, Rest: 12}


def test_an_article_with_all_that_is_decided_of_it(by_id):
    plan = by_id["100"]
    assert (plan.headline.text, plan.slug, plan.category) == ("The harbour opens", "harbour-opens", "town")
    assert plan.decision.state is State.PUBLISHED
    assert plan.standfirst.standfirst == "After two years of work."
    assert plan.seo.description == "Ships may come in again from Sunday."
    assert [author.name for author in plan.authors] == ["Cleo Guest", "Ana Ruiz"]
    assert plan.modified == datetime.datetime(2021, 2, 16, 8, 30, tzinfo=datetime.UTC)
    assert by_id["101"].modified is None


def test_local_times_are_those_of_the_sites_zone(by_id):
    assert by_id["111"].decision.instant.at == datetime.datetime(2012, 2, 16, 14, 52, 55, tzinfo=datetime.UTC)
    assert by_id["110"].decision.reason == Held.NO_DATE


def test_one_without_a_category_is_in_the_one_for_those(by_id):
    assert by_id["113"].category == "uncategorized"


def test_two_texts_under_one_number(own, by_id):
    assert by_id["101~2"].headline.text == "Summer, another text"
    (again,) = (each for each in own if isinstance(each, Rest) and each.reason == REPETITION)
    assert (again.item.post_id, again.outcome) == ("100", Outcome.REFUSED)


def test_the_second_of_two_equal_files_is_only_repetitions(tmp_path):
    first = written(tmp_path, export(item(id=1), item(id=2)), "a.xml")
    second = written(tmp_path, export(item(id=2), item(id=3)), "b.xml")
    outcomes = [(each.item.post_id, isinstance(each, Plan)) for each in planned(first, second)]
    assert outcomes == [("1", True), ("2", True), ("2", False), ("3", True)]


def test_items_over_a_limit_are_named_with_the_reason(tmp_path):
    long = item(element("excerpt:encoded", "x" * 2000), id=1)
    refused, other = planned(written(tmp_path, export(long, item(id=2))), limits=Limits(field=1000))
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "field too long: excerpt:encoded")
    assert isinstance(other, Plan)


def test_a_repaired_file_is_repaired_in_the_second_pass_too(tmp_path):
    path = written(
        tmp_path, export("<item><link>https://a.test/?a&b</link><wp:post_type>post</wp:post_type></item>")
    )
    (each,) = planned(path, with_repair=True)
    assert each.item.link == "https://a.test/?a&b"
