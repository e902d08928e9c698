"""Categories become sections of two levels; tags of one name become one."""

import pytest

from articles.importers.wordpress.deciding.terms import Categories, Section, Tags
from articles.importers.wordpress.records import Item, Label, Place, Term
from tests.articles.importers.wordpress.exports import OWN, items, records

PLACE = Place("a.xml", 1, 1)


@pytest.fixture(scope="module")
def categories():
    found = Categories()
    for term in records(OWN):
        if isinstance(term, Term) and term.taxonomy == "category":
            found.declare(term)
    return found


def test_what_stands_deeper_than_two_levels_comes_below_its_top(categories):
    sections = categories.sections(["harbour"], lambda slug: False)
    assert sections == [
        Section("news", "news", "News", "What happened"),
        Section("town", "town", "Town", parent="news"),
        Section("harbour", "harbour", "Harbour & Ships", parent="news", was_below="town"),
    ]


def test_slugs_that_the_site_needs_and_numbers_get_a_suffix(categories):
    sections = categories.sections(["2016", "town"], lambda slug: slug == "news")
    assert [(each.category, each.slug, each.parent) for each in sections] == [
        ("2016", "2016-section", ""),
        ("news", "news-section", ""),
        ("town", "town", "news-section"),
    ]


def test_a_circle_of_parents_ends():
    found = Categories()
    found.declare(Term("category", "a", "A", parent="b"))
    found.declare(Term("category", "b", "B", parent="a"))
    assert {each.slug for each in found.sections(["a"], lambda slug: False)} == {"a", "b"}


def test_the_same_name_below_two_parents_is_two_sections():
    found = Categories()
    for slug, name, parent in [("a", "A", ""), ("b", "B", ""), ("foo", "Foo", "a"), ("foo-b", "Foo", "b")]:
        found.declare(Term("category", slug, name, parent=parent))
    sections = found.sections(["foo", "foo-b"], lambda slug: False)
    assert [(each.slug, each.parent) for each in sections if each.name == "Foo"] == [
        ("foo", "a"),
        ("foo-b", "b"),
    ]


def item(*slugs, link="", domain="category"):
    return Item(PLACE, "1", link=link, labels=tuple(Label(domain, slug, slug.title()) for slug in slugs))


@pytest.mark.parametrize(
    ("given", "options", "main", "further"),
    [
        (item("news", "uncategorized", "town"), {}, "town", ("news",)),
        (item("uncategorized", "2016"), {}, "2016", ()),
        (item("uncategorized"), {}, "uncategorized", ()),
        (item("2016", "empty"), {}, "2016", ("empty",)),
        (item("2016", "harbour"), {"primary": "13"}, "2016", ("harbour",)),
        (item("2016", "harbour"), {"primary": "14"}, "harbour", ("2016",)),
        (item("news", "harbour", link="https://a.test/x/news/story/"), {"base": "/x"}, "news", ("harbour",)),
        (item("unheard"), {}, "unheard", ()),
        (item(), {}, "", ()),
    ],
)
def test_the_main_category(categories, given, options, main, further):
    found = categories.sort(given, **options)
    assert (found.main, found.further) == (main, further)


def test_labels_of_the_oldest_exports_are_read_once():
    labels = (
        Label("", "", "News"),
        Label("category", "news", "News"),
        Label("tag", "", "Sea"),
        Label("tag", "sea", "Sea"),
    )
    found = Categories().sort(Item(PLACE, "1", labels=labels))
    assert (found.main, found.categories, [label.slug for label in found.tags]) == (
        "news",
        ("news",),
        ["sea"],
    )


def test_labels_of_the_projects_own_file(categories):
    found = categories.sort(items(OWN)[0], base="/news")
    assert found.categories == ("news", "town", "harbour", "uncategorized")
    assert (found.main, found.further) == ("harbour", ("news", "town"))
    assert found.dropped == ("post_format", "author", "author", "author")


def test_tags_of_one_name_or_one_slug_are_one():
    tags = Tags()
    tags.declare(Term("post_tag", "ships", "R&amp;D"))
    first = tags.use(Label("post_tag", "ships", "ships"))
    assert (first.slug, first.name) == ("ships", "R&D")
    assert tags.use(Label("post_tag", "r-d", "r&amp;d")) is first
    assert tags.use(Label("post_tag", "SHIPS", "Anything")) is first
    assert first.others == {"r-d": "r&d"}
    assert tags.use(Label("post_tag", "sea", "Sea")) is not first
    assert [tag.slug for tag in tags.all()] == ["ships", "sea"]
