"""The board of a front: composed with keys, with the mouse and on a phone, while the page beside it follows."""

import pytest

from articles.models import BoardVersion, Section
from tests import factories
from tests.waiting import wait_until

from .axe import COLOURS, WCAG, found_by_axe
from .people import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "/admin/articles/board/paper/"
LAYOUTS = ["Usual day", "Big news", "Two leads", "Quiet day", "Picture day"]
NAMES = [
    "Harbour",
    "Library",
    "Orchard",
    "Railway",
    "Lighthouse",
    "Quarry",
    "Chapel",
    "Market",
    "Bridge",
    "Windmill",
]


@pytest.fixture
def stories(site):
    """The first is the newest, and the last one has no picture."""
    picture = factories.image()
    factories.section("World")
    factories.section("Sport")
    return [
        factories.published_article(headline=f"The {name} story", lead_image=picture)
        for name in reversed(NAMES)
    ][::-1]


@pytest.fixture
def opened(reader, site, stories, log_in):
    def opened(path=BOARD, **screen):
        page = reader(**screen)
        log_in(page, factories.editor("ana"))
        page.goto(site.url + path)
        return page

    return opened


def places():
    version = BoardVersion.objects.first()
    slots = version.slots.select_related("article") if version else ()
    return {slot.place: slot.article.headline.split()[1] for slot in slots}


def find(page, place, words):
    field = page.locator(f"#id_article_{place}_typed")
    field.fill(words)
    page.get_by_role("option", name=words).first.wait_for()
    field.press("Enter")


def lead(page):
    """The first headline of the page beside the board."""
    frame = page.frame_locator("iframe.desk-beside__page:not(.desk-beside__page--coming)")
    return frame.locator("main h2").first.text_content()


def test_is_composed_with_keys_alone_and_the_page_beside_it_follows(opened, site):
    page = opened(**DESKTOP)
    find(page, 0, "Quarry")
    wait_until(lambda: lead(page) == "The Quarry story")
    find(page, 1, "Chapel")
    # The caret is at the button that moves it up.
    page.keyboard.press("Enter")
    wait_until(lambda: lead(page) == "The Chapel story")
    assert page.locator("[data-said]").text_content() == "“The Chapel story” is in “Lead” now."
    page.keyboard.press("Control+Enter")
    page.get_by_text("It is out.").wait_for()
    assert places() == {0: "Chapel", 1: "Quarry"}
    page.goto(site.url)
    assert page.locator("main h2").first.text_content() == "The Chapel story"


def test_is_composed_with_the_mouse(opened):
    page = opened(**DESKTOP)
    find(page, 0, "Quarry")
    find(page, 3, "Chapel")
    page.locator("[data-slot='3'] [data-handle]").drag_to(page.locator("[data-slot='0']"))
    page.locator("[data-slot='3'] [data-story]", has_text="Quarry").wait_for()
    page.get_by_text("Two leads").click()
    page.get_by_role("heading", name="First lead").wait_for()
    page.locator("[data-slot='3'] summary").click()
    page.locator("#id_headline_3").fill("Stone by stone")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("It is out.").wait_for()
    version = BoardVersion.objects.first()
    assert (version.layout, places()) == ("two", {0: "Chapel", 3: "Quarry"})
    assert version.slots.get(place=3).headline == "Stone by stone"
    # An empty place is filled again with a story that was taken out.
    page.get_by_role("button", name="Clear place 1").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    wait_until(lambda: places() == {3: "Quarry"})
    page.locator(".board-versions").get_by_role("button", name="Bring back").click()
    page.get_by_text("Version 1 is out again.").wait_for()
    assert places() == {0: "Chapel", 3: "Quarry"}


def test_is_composed_on_a_phone(opened):
    page = opened(**PHONE)
    find(page, 0, "Quarry")
    page.get_by_role("button", name="Move place 1 down").tap()
    page.locator("[data-slot='1'] [data-story]", has_text="Quarry").wait_for()
    page.get_by_role("button", name="Preview beside the board").tap()
    wait_until(lambda: lead(page) == "The Harbour story")
    page.get_by_role("button", name="Close").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("Hidden").first.check()
    page.get_by_role("button", name="Move World down").tap()
    page.get_by_role("button", name="Publish", exact=True).tap()
    page.get_by_text("It is out.").wait_for()
    assert places() == {1: "Quarry"}
    sport, world = Section.objects.get(name="Sport").pk, Section.objects.get(name="World").pk
    assert BoardVersion.objects.first().blocks == [[sport, False], [world, True]]


def test_a_word_that_is_no_story_is_told_and_stays(opened):
    page = opened(**DESKTOP)
    field = page.locator("#id_article_0_typed")
    field.fill("zeppelin")
    field.press("Enter")
    page.get_by_text("“zeppelin” is no story").wait_for()
    assert field.input_value() == "zeppelin"
    find(page, 0, "Quarry")
    find(page, 1, "Quarry")
    page.get_by_text("This story is in “Lead” already.").wait_for()


def test_a_story_comes_first_from_its_own_form_with_two_clicks(opened, stories, site):
    page = opened(f"/admin/articles/article/{stories[-1].pk}/change/", **DESKTOP)
    page.get_by_role("button", name="Put on the front…").click()
    page.get_by_role("button", name="First", exact=True).first.click()
    page.get_by_text("This story is first on the front of the paper now.").wait_for()
    assert places() == {0: "Windmill"}


def test_axe_finds_nothing_wrong_with_the_board_and_the_fronts(opened, site):
    page = opened(**DESKTOP)
    find(page, 0, "Quarry")
    assert found_by_axe(page, WCAG) == []
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("It is out.").wait_for()
    assert found_by_axe(page, WCAG) == []
    for layout in LAYOUTS:
        page.goto(site.url + BOARD)
        page.get_by_text(layout, exact=True).click()
        page.get_by_role("button", name="Publish", exact=True).click()
        page.get_by_text("It is out.").wait_for()
        page.goto(site.url)
        assert found_by_axe(page, WCAG) == []
        page.emulate_media(color_scheme="dark")
        assert found_by_axe(page, COLOURS) == []
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.set_viewport_size(DESKTOP["viewport"])
