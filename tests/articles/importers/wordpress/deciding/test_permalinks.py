"""Forms of permalinks, and paths below a base."""

from collections import Counter

import pytest

from articles.importers.wordpress.deciding.permalinks import (
    Form,
    base_path,
    form_of,
    most_used,
    number_in,
    path_below,
    path_of,
    words_above,
)
from articles.importers.wordpress.records import Item, Label, Place, Site

PLACE = Place("a.xml", 1, 1)


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("https://a.test/news/2021/02/14/story/", Form.DAY_AND_NAME),
        ("https://a.test/news/index.php/2021/02/14/story/", Form.DAY_AND_NAME),
        ("https://a.test/news/2021/02/story/", Form.MONTH_AND_NAME),
        ("https://a.test/news/story/", Form.NAME),
        ("https://a.test/news/story.html", Form.NAME),
        ("https://a.test/news/archives/7", Form.NUMERIC),
        ("https://a.test/news/7", Form.NUMERIC),
        ("https://a.test/news/town/harbour/story/", Form.CATEGORY_AND_NAME),
        ("https://a.test/news/elsewhere/story/", Form.OTHER),
        ("https://a.test/news/?p=7", Form.PLAIN),
        ("https://a.test/?page_id=7", Form.PLAIN),
        ("https://a.test/news/", Form.OTHER),
        ("https://[a.test/", Form.OTHER),
        ("", Form.NONE),
    ],
)
def test_forms(link, form):
    labels = (Label("category", "town", "Town"), Label("category", "harbour", "Harbour"))
    assert form_of(Item(PLACE, "7", link=link, labels=labels), "/news") is form


def test_paths_are_decoded_and_composed():
    assert path_of("https://a.test/n%c3%bcrnberg/nu%CC%88/?a=1") == "/nürnberg/nü/?a=1"
    assert base_path(Site(base_blog_url="https://a.test/news/")) == "/news"
    assert path_below("https://a.test/newspaper/x", "/news") == "newspaper/x"
    assert path_below("https://a.test/news", "/news") == ""


def test_numbers_in_addresses():
    assert number_in("https://a.test/?x=1&p=12") == "12"
    assert number_in("https://a.test/?p=1;drop") == ""
    assert number_in("https://a.test/p=1") == ""


@pytest.mark.parametrize(
    ("link", "slug", "above"),
    [
        ("https://a.test/news/about/the-team/history/", "history", ["about", "the-team"]),
        ("https://a.test/news/About/D%C3%BCsseldorf/history.html", "history", ["about", "düsseldorf"]),
        ("https://a.test/news/about/history/", "", ["about"]),
        ("https://a.test/news/history/", "history", []),
        ("https://a.test/news/about/another/", "history", []),
        ("https://a.test/news/?page_id=7", "history", []),
        ("https://a.test/news/", "front", []),
        ("", "history", []),
    ],
)
def test_the_words_above_that_of_a_page(link, slug, above):
    assert words_above(Item(PLACE, "7", link=link, slug=slug), "/news") == above


def test_the_most_used_form_with_its_share():
    forms = Counter({Form.DAY_AND_NAME: 8, Form.NAME: 2, Form.PLAIN: 90})
    assert most_used(forms) == (Form.DAY_AND_NAME, 8, 10)
    assert most_used(Counter({Form.PLAIN: 3})) == (Form.PLAIN, 3, 3)
    assert most_used(Counter()) == (Form.NONE, 0, 0)
