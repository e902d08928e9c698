"""Real exports that others have collected: what they hold is counted beforehand, and must come out here.

CORPORA names the folder of the files; the numbers are in `wxr-expectations.json` beside it.
"""

import datetime
import json
from collections import Counter
from pathlib import Path

import pytest

from articles.importers.wordpress.deciding.identity import source_id, text_hash
from articles.importers.wordpress.deciding.people import People
from articles.importers.wordpress.deciding.permalinks import base_path
from articles.importers.wordpress.deciding.states import Kind, decide
from articles.importers.wordpress.deciding.terms import FALLBACK, Categories, Tags
from articles.importers.wordpress.records import Item, Person, Site, Term
from tests import corpora
from tests.articles.importers.wordpress.exports import records, refusal

FOLDER = Path(corpora.FOREIGN or "nowhere")
EXPECTATIONS = FOLDER.parent / "wxr-expectations.json"
# The day on which they were counted: a scheduled article is one that is later than that.
COUNTED = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)

are_there = pytest.mark.skipif(
    not EXPECTATIONS.is_file(), reason="CORPORA names no folder with wxr-expectations.json beside it"
)
pytestmark = are_there


def expectations():
    """The name of each file, what is expected of it, and whether it has to be repaired."""
    files = json.loads(EXPECTATIONS.read_text())["files"] if EXPECTATIONS.is_file() else {}
    for name, expected in files.items():
        if "with_repair" in expected:
            yield pytest.param(name, expected["with_repair"], Counter(), id=f"{name} repaired")
        else:
            yield pytest.param(name, expected, None, id=name)


class Counts:
    """Everything that is counted of a file, by the decisions."""

    def __init__(self, read):
        self.items = [each for each in read if isinstance(each, Item)]
        self.categories, self.tags, self.people = Categories(), Tags(), People()
        for each in read:
            if isinstance(each, Term) and each.taxonomy == "category":
                self.categories.declare(each)
            elif isinstance(each, Term):
                self.tags.declare(each)
                self.people.declare_term(each)
            elif isinstance(each, Person):
                self.people.declare(each)
        (self.site,) = (each for each in read if isinstance(each, Site))
        self.decided = [(item, decide(item, now=COUNTED, zone=datetime.UTC)) for item in self.items]
        self.taken = [
            (item, decision, self.categories.sort(item, base=base_path(self.site)))
            for item, decision in self.decided
            if decision.kind in (Kind.ARTICLE, Kind.PAGE)
        ]

    def states(self, kind):
        return Counter(decision.state.value for _, decision, _ in self.taken if decision.kind is kind)

    def labels_of_articles(self):
        return [labels for _, decision, labels in self.taken if decision.kind is Kind.ARTICLE]

    def under_one_id(self):
        """Texts beyond the first that have the same number as another article or page."""
        texts = {}
        for item, _, _ in self.taken:
            texts.setdefault(source_id(item), set()).add(text_hash(item))
        return sum(len(each) - 1 for each in texts.values())


@pytest.mark.parametrize(("name", "expected", "repairs"), list(expectations()))
def test_counts(name, expected, repairs):
    counts = Counts(records(FOLDER / "wxr" / name, repairs=repairs))
    assert len(counts.items) == expected["items"]
    if repairs is not None:
        assert sorted(+repairs) == expected["repairs"]
    for kind, key in ((Kind.ARTICLE, "articles"), (Kind.PAGE, "pages")):
        states = counts.states(kind)
        assert {state: states[state] for state in expected[key]} == expected[key]
        assert states.total() == expected[f"{key}_total"]
    held = Counter(decision.reason for _, decision, _ in counts.taken if decision.reason)
    assert held == expected["held_back"]
    skipped = Counter(decision.reason for _, decision in counts.decided if decision.kind is Kind.SKIPPED)
    assert skipped == expected["not_imported"]
    refused = [decision.reason for _, decision in counts.decided if decision.kind is Kind.REFUSED]
    assert refused == expected["refused_items"]
    assert counts.under_one_id() == expected["same_id_different_text"]
    comments = Counter()
    for item in counts.items:
        comments.update(item.comments)
    names = {"waiting": "unapproved", "pingback": "pingback/trackback"}
    assert {names.get(kind, kind.value): number for kind, number in comments.items()} == expected["comments"]
    assert sum(item.is_sticky for item in counts.items) == expected["sticky"]


@pytest.mark.parametrize(("name", "expected", "repairs"), list(expectations()))
def test_sections_and_tags(name, expected, repairs):
    counts = Counts(records(FOLDER / "wxr" / name, repairs=repairs))
    labels = counts.labels_of_articles()
    used = {slug for each in labels for slug in each.categories}
    sections = counts.categories.sections(used, lambda slug: False)
    wanted = expected["sections"]
    without = sum(not each.categories for each in labels)
    assert without == wanted["articles_without_category"]
    assert (without > 0 and FALLBACK not in used) == wanted["fallback_created"]
    assert len(sections) + wanted["fallback_created"] == wanted["created"]
    assert len(used) == wanted["used"]
    assert len(sections) - len(used) == wanted["ancestors_added"]
    assert sum(bool(section.was_below) for section in sections) == wanted["deeper_than_two"]
    declared = sum(each.is_declared for each in counts.categories.by_slug.values())
    assert declared == wanted["declared"]

    for _, _, each in counts.taken:
        for label in each.tags:
            counts.tags.use(label)
    assert len(counts.tags.all()) == expected["tags"]["created"]
    assert len(counts.tags.by_slug) == expected["tags"]["distinct_slugs"]
    further = {slug for each in labels for slug in each.further} - counts.tags.by_slug.keys()
    assert len(further) == expected["extra_categories"]["tags_if_turned_into_tags"]
    assert sum(len(each.categories) > 1 for each in labels) == expected["extra_categories"]["articles"]


@pytest.mark.parametrize(("name", "expected", "repairs"), list(expectations()))
def test_authors(name, expected, repairs):
    counts = Counts(records(FOLDER / "wxr" / name, repairs=repairs))
    bylines = [counts.people.of(item) for item, _, _ in counts.taken]
    authors = {author.key: author for each in bylines for author in each}
    assert len(authors) == expected["authors"]["created"]
    undeclared = sum(not author.is_declared for author in authors.values())
    assert undeclared == expected["authors"]["undeclared_but_used"]
    assert sum(len(each) > 1 for each in bylines) == expected["authors"]["articles_with_several"]
    assert sum(not each for each in bylines) == expected["authors"]["items_without_byline"]


def test_files_that_are_refused():
    files = json.loads(EXPECTATIONS.read_text())["files"]
    refused = {name: expected for name, expected in files.items() if expected["outcome"] == "refused"}
    assert refused
    for name, expected in refused.items():
        error = refusal(FOLDER / "wxr" / name)
        assert error.reason == expected["reason"]
        assert error.items_before == expected["items_before_the_error"]
        place = f"line {error.line}, column {error.column}"
        assert expected["detail"] == f"{error.detail.removeprefix('is not well-formed: ')}: {place}"
