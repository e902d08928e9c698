"""What each item becomes."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from articles.importers.wordpress.deciding.states import (
    EMPTY,
    NO_TYPE,
    Held,
    Kind,
    Options,
    Skipped,
    State,
    decide,
)
from articles.importers.wordpress.records import Item, Place
from tests.articles.importers.wordpress.exports import OWN, items

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def by_id():
    found = {}
    for item in items(OWN):
        found.setdefault(item.post_id, item)
    return found


def decided(item, **options):
    decision = decide(item, now=NOW, zone=BERLIN, options=Options(**options))
    return decision.kind, decision.state, decision.reason


@pytest.mark.parametrize(
    ("number", "state", "reason"),
    [
        ("100", State.PUBLISHED, ""),
        ("102", State.IN_REVIEW, ""),
        ("104", State.DRAFT, Held.PRIVATE),
        ("105", State.DRAFT, Held.PASSWORD),
        ("106", State.SCHEDULED, ""),
        ("107", State.DRAFT, Held.MISSED),
        ("110", State.DRAFT, Held.NO_DATE),
        ("111", State.PUBLISHED, ""),
        ("112", State.PUBLISHED, ""),
    ],
)
def test_states_of_articles(by_id, number, state, reason):
    assert decided(by_id[number]) == (Kind.ARTICLE, state, reason)


def test_a_word_that_only_the_site_knew_is_kept(by_id):
    decision = decide(by_id["109"], now=NOW, zone=BERLIN)
    assert (decision.state, decision.word) == (State.DRAFT, "pitch")


@pytest.mark.parametrize(
    ("number", "kind", "reason"),
    [
        ("103", Kind.SKIPPED, Skipped.TRASH),
        ("108", Kind.SKIPPED, Skipped.AUTOMATIC),
        ("950", Kind.SKIPPED, "nav_menu_item"),
        ("960", Kind.SKIPPED, "unmapped type: podcast"),
        ("970", Kind.REFUSED, EMPTY),
        ("980", Kind.REFUSED, NO_TYPE),
        ("700", Kind.PERSON, ""),
        ("701", Kind.PERSON, ""),
        ("800", Kind.BLOCK, ""),
        ("900", Kind.MEDIA, ""),
    ],
)
def test_what_is_no_article(by_id, number, kind, reason):
    assert decided(by_id[number]) == (kind, None, reason)


def test_what_the_operator_decides(by_id):
    assert decided(by_id["103"], with_trash=True) == (Kind.ARTICLE, State.WITHDRAWN, "")
    assert decided(by_id["107"], publish_due=True) == (Kind.ARTICLE, State.PUBLISHED, "")
    assert decided(by_id["960"], types={"podcast": Kind.ARTICLE}) == (Kind.ARTICLE, State.PUBLISHED, "")
    assert decided(by_id["200"]) == (Kind.PAGE, State.PUBLISHED, "")


def test_a_password_is_never_forgotten_when_the_time_comes():
    item = Item(
        Place("a.xml", 1, 1), "1", "post", "future", "A", has_password=True, date_gmt="2090-01-01 00:00:00"
    )
    assert decided(item, publish_due=True) == (Kind.ARTICLE, State.DRAFT, Held.PASSWORD)


def test_only_what_was_public_or_due_ever_becomes_public():
    words = ("draft auto-draft pending private trash inherit pitch assigned PUBLISH published x".split(), "")
    for word in [*words[0], words[1]]:
        item = Item(Place("a.xml", 1, 1), "1", "post", word, "A", body="B", date_gmt="2020-01-01 00:00:00")
        _, state, _ = decided(item, with_trash=True, publish_due=True)
        assert state not in (State.PUBLISHED, State.SCHEDULED), word
