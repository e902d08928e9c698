"""Menus as text."""

from articles.importers.wordpress.deciding import menus
from articles.importers.wordpress.deciding.menus import Menus
from articles.importers.wordpress.records import Item, Label, Place


def entry(number, title="", *, parent="0", order=0, menu="Main", **meta):
    keys = {
        "_menu_item_menu_item_parent": parent,
        **{f"_menu_item_{name}": value for name, value in meta.items()},
    }
    labels = (Label("nav_menu", menu.lower(), menu),)
    return Item(
        Place("a.xml", 1, 1),
        number,
        "nav_menu_item",
        title=title,
        menu_order=order,
        labels=labels,
        meta=tuple(keys.items()),
    )


def as_text(*items):
    found = Menus()
    for item in items:
        found.add(item)
    return found.as_text()


def test_entries_stand_in_their_order_below_their_parents():
    items = [
        entry("3", "Harbour", parent="2", order=3),
        entry("2", "News &amp; more", order=2),
        entry("1", order=1, object="page", object_id="17"),
        entry("4", "Elsewhere", order=4, url="https://b.test/"),
        entry("5", "Imprint", menu="Foot"),
    ]
    assert as_text(*items) == {
        "Main": ["page 17", "News & more", "  Harbour", "Elsewhere (https://b.test/)"],
        "Foot": ["Imprint"],
    }


def test_a_parent_that_is_not_there_and_a_circle_make_no_trouble():
    assert as_text(entry("1", "A", parent="9"), entry("2", "B", parent="3"), entry("3", "C", parent="2")) == {
        "Main": ["A"]
    }


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(menus, "MOST", 2)
    assert as_text(*(entry(str(number), "x") for number in range(1, 5))) == {"Main": ["x", "x"]}
