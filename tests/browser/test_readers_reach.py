"""What readers reach who use a keyboard, a screen reader, colours of their own, or see no red."""

import pytest

from tests import factories
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = "".join(f"<h2>Part {number}</h2><p>Words of it.</p>" for number in range(4))
CODE = f"<pre>{'A long line of code, which goes on. ' * 6}</pre>"


@pytest.fixture
def article(site):
    world = factories.section("World")
    factories.published_article(section=factories.section("Sport"))
    return factories.published_article(section=world, body=PARTS + CODE)


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 60)")


def announced(page, selector):
    """The names and states of what a screen reader finds there."""
    client = page.context.new_cdp_session(page)
    root = client.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    tree = client.send("Accessibility.queryAXTree", {"nodeId": node})["nodes"]
    found = [each for each in tree if not each["ignored"]]
    names = {each.get("name", {}).get("value") for each in found}
    return names, {state["name"] for each in found for state in each.get("properties", ())}


def test_contents_beside_the_text_are_a_list_without_a_handle(site, desktop, phone, article):
    desktop.goto(site.url + article.get_absolute_url())
    names, states = announced(desktop, ".contents")
    assert {"Contents", "In this story", "Part 0"} <= names
    assert "expanded" not in states
    desktop.locator(".kicker a").focus()
    desktop.keyboard.press("Tab")
    assert "#part-0" in focused(desktop)
    phone.goto(site.url + article.get_absolute_url())
    assert "expanded" in announced(phone, ".contents")[1]


def test_lines_that_are_too_long_scroll_by_keyboard(site, phone, article):
    phone.goto(site.url + article.get_absolute_url())
    phone.locator(".contents summary").focus()
    phone.keyboard.press("Tab")
    assert focused(phone).startswith("<pre")
    phone.keyboard.press("ArrowRight")
    wait_until(lambda: phone.evaluate("document.querySelector('pre').scrollLeft > 0"))


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_present_section_is_marked_by_more_than_a_colour(site, reader, article, colours):
    page = reader(viewport={"width": 1180, "height": 800}, forced_colors=colours)
    page.goto(f"{site.url}/world/")
    lines = "links => links.map((each) => getComputedStyle(each).textDecorationLine)"
    assert page.locator(".sections [aria-current]").evaluate_all(lines) == ["underline"]
    assert page.locator(".sections a:not([aria-current])").evaluate_all(lines) == ["none"]


@pytest.mark.parametrize("width", [1180, 1440])
def test_a_rule_stands_between_all_cards_beside_the_lead(site, reader, width):
    picture = factories.image()
    factories.published_articles(3)
    factories.published_articles(3, lead_image=picture)
    page = reader(viewport={"width": width, "height": 800})
    page.goto(site.url)
    rules = page.locator(".package__side > *").evaluate_all(
        "cards => cards.map((each) => parseFloat(getComputedStyle(each).borderBlockStartWidth))"
    )
    assert rules[:1] == [0]
    assert len(rules) > 2
    assert all(rules[1:])
