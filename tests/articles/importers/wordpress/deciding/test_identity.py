"""Which item is which."""

import dataclasses

import pytest

from articles.importers.wordpress.deciding.identity import content_hash, site_key, source_id, text_hash
from articles.importers.wordpress.records import Item, Label, Place, Site
from tests.articles.importers.wordpress.exports import OWN, items

PLACE = Place("a.xml", 1, 1)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.Lantern.test/news/",
        "http://lantern.test/news",
        "//lantern.test:443/news",
        "lantern.test/news",
    ],
)
def test_a_site_has_one_key_however_its_address_is_written(address):
    assert site_key(Site(base_blog_url=address)) == "lantern.test/news"


def test_sites_differ_by_host_port_and_path():
    assert site_key(Site(base_blog_url="https://müller.test:8080/a")) == "xn--mller-kva.test:8080/a"
    assert site_key(Site(link="https://lantern.test")) == "lantern.test"
    assert site_key(Site(base_blog_url="https://[bad")) == "https://[bad"


def test_a_number_names_an_item_or_else_what_names_it_best():
    assert source_id(Item(PLACE, "7", guid="a")) == "7"
    names = [
        Item(PLACE, guid="a"),
        Item(PLACE, link="b"),
        Item(PLACE, title="c"),
        Item(PLACE, title="c", date="d"),
    ]
    assert len({source_id(item) for item in names}) == 4
    assert source_id(Item(PLACE, guid="a", title="x")) == source_id(Item(PLACE, guid="a", title="y"))


def test_the_same_text_and_another_text_under_one_number():
    first, second, *_ = items(OWN)
    again, other = [item for item in items(OWN) if item.post_id in ("100", "101")][2:]
    assert text_hash(again) == text_hash(first) and content_hash(again) != content_hash(first)
    assert text_hash(other) != text_hash(second)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"},
        {"body": "x"},
        {"status": "draft"},
        {"modified_gmt": "2022-01-01 00:00:00"},
        {"labels": (Label("category", "a", "A"),)},
        {"meta": (("a", "b"),)},
        {"has_password": True},
    ],
)
def test_a_change_of_anything_that_is_taken_over_changes_the_hash(change):
    item = items(OWN)[0]
    assert content_hash(dataclasses.replace(item, **change)) != content_hash(item)
    assert content_hash(dataclasses.replace(item, place=PLACE)) == content_hash(item)
