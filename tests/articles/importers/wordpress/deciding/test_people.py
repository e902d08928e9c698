"""Bylines."""

import pytest

from articles.importers.wordpress.deciding.people import People, fold, slug_of_login
from articles.importers.wordpress.deciding.states import TYPES, Kind
from articles.importers.wordpress.records import Item, Label, Person, Place, Term
from tests.articles.importers.wordpress.exports import OWN, records

PLACE = Place("a.xml", 1, 1)


@pytest.fixture(scope="module")
def own():
    """The project's own file: who is known after it, and the first item of each number."""
    people, items = People(), {}
    for each in records(OWN):
        if isinstance(each, Person):
            people.declare(each)
        elif isinstance(each, Term):
            people.declare_term(each)
        elif isinstance(each, Item):
            items.setdefault(each.post_id, each)
            if TYPES.get(each.type) is Kind.PERSON:
                people.declare_guest(each)
    return people, items


def names(own, number):
    people, items = own
    return [author.name for author in people.of(items[number])]


def test_co_authors_take_the_place_of_who_created_the_item_once_each(own):
    assert names(own, "100") == ["Cleo Guest", "Ana Ruiz"]


def test_guests_by_their_numbers(own):
    assert names(own, "116") == ["Harry Moll", "Molly Guest"]


def test_logins_are_folded(own):
    assert names(own, "112") == ["Harry Moll"]
    assert names(own, "114") == ["Ana Ruiz"]


def test_who_is_not_declared_is_named_by_the_login(own):
    assert names(own, "109") == ["nobody-declared"]


def test_without_a_creator_there_is_no_byline(own):
    assert names(own, "108") == []


def test_guests_have_biographies(own):
    people, _ = own
    assert people.authors["guest-cleo"].biography == "Cleo has sailed twice."
    assert people.authors["molly-guest"].biography == "Writes about the sea."


def test_addresses_never_become_names_or_biographies(own):
    people, _ = own
    for author in people.authors.values():
        assert "@" not in author.name + author.slug + author.biography
    assert people.authors[fold("harry@lantern.test")].slug == "harrylantern-test"
    alone = People()
    alone.declare(Person("jo@a.test"))
    assert alone.authors["jo@a.test"].name == "jo"


def test_a_guest_with_an_account_is_that_person():
    people = People()
    people.declare(Person("bob", display_name="Bob Bee"))
    guest = Item(
        PLACE,
        "5",
        "guest-author",
        slug="cap-robert",
        meta=(("cap-linked_account", "Bob"), ("cap-description", "Old.")),
    )
    people.declare_guest(guest)
    story = Item(PLACE, "6", "post", creator="alice", labels=(Label("author", "cap-robert", "robert"),))
    assert [(author.name, author.biography) for author in people.of(story)] == [("Bob Bee", "Old.")]


def test_co_authors_in_their_order():
    people = People()
    labels = tuple(Label("author", f"cap-{login}", login) for login in ("bob", "alice", "alice"))
    assert [each.key for each in people.of(Item(PLACE, creator="alice", labels=labels))] == ["bob", "alice"]


def test_a_term_has_the_name_and_biography_in_its_meta_values():
    people = People()
    meta = (("first_name", "Zoe"), ("last_name", "Zorn"), ("description", "Draws."))
    people.declare_term(Term("author", "zoe-z", "zoe-z", meta=meta))
    (author,) = people.of(Item(PLACE, labels=(Label("author", "zoe-z", "zoe-z"),)))
    assert (author.name, author.biography) == ("Zoe Zorn", "Draws.")


@pytest.mark.parametrize(
    ("one", "other"),
    [(">themereviewteam", "themereviewteam"), ("Bob", "bob"), ("admin\u200c", "admin"), ("Иван", "иван")],
)
def test_two_ways_to_write_a_login(one, other):
    assert fold(one) == fold(other) != ""


def test_slugs_of_logins_are_those_of_wordpress():
    assert slug_of_login("harry@example.com") == "harryexample-com"
    assert slug_of_login("Ana.Ruiz") == "ana-ruiz"
