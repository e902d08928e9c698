"""The page as readers will get it stands beside the form and follows what is typed."""

import pytest

from articles.models import Article, Revision
from tests import factories
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
PARAGRAPHS = [f"Paragraph {number} of the harbour's long story." for number in range(40)]


@pytest.fixture
def editor(site):
    factories.section("World")
    return factories.editor("ana")


@pytest.fixture
def article(editor):
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return factories.article(headline="The harbour", body=body)


@pytest.fixture
def opened(reader, site, editor, log_in):
    """opened(path, **screen): the form at that path with the page beside it."""

    def opened(path, **screen):
        page = reader(**screen)
        log_in(page, editor)
        Desk(page, site.url).opens(path)
        page.get_by_role("button", name="Preview beside the text").click()
        return page

    return opened


@pytest.fixture
def open_article(opened, article):
    def open_article(**screen):
        page = opened(f"/admin/articles/article/{article.pk}/change/", **screen)
        shown(page).get_by_role("heading", name="The harbour").wait_for()
        return page

    return open_article


def shown(page):
    return page.frame_locator("iframe.desk-beside__page:not(.desk-beside__page--coming)")


def is_dark(page):
    frame = page.query_selector("iframe.desk-beside__page").content_frame()
    red = frame.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/)[0]")
    return int(red) < 128


def test_follows_a_new_article_while_it_is_typed(opened):
    page = opened(ADD, **DESK)
    before = page.evaluate("history.length")
    page.locator("#id_headline").press_sequentially("A boat comes in")
    shown(page).get_by_role("heading", name="A boat comes in").wait_for()
    page.locator("#id_standfirst").press_sequentially("At last.")
    shown(page).get_by_text("At last.").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_standfirst"
    assert page.evaluate("history.length") == before
    assert not Article.objects.exists()


def test_has_the_width_and_the_colours_that_are_chosen(open_article):
    page = open_article(**DESK)
    inside = "document.querySelector('iframe.desk-beside__page').contentWindow.innerWidth"
    assert page.evaluate(inside) == 390
    page.get_by_role("button", name="Desktop", exact=True).click()
    wait_until(lambda: page.evaluate(inside) == 1180)
    assert not is_dark(page)
    page.get_by_role("button", name="Dark", exact=True).click()
    wait_until(lambda: is_dark(page))
    page.get_by_role("button", name="Close").click()
    assert page.locator("iframe.desk-beside__page").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Preview beside the text"


def test_brings_into_view_what_is_written(open_article):
    page = open_article(**DESK)
    last = shown(page).get_by_text(PARAGRAPHS[-1])
    last.wait_for()
    page.locator(".cke_editable p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(" Indeed.")
    typed = shown(page).get_by_text(f"{PARAGRAPHS[-1]} Indeed.")
    typed.wait_for()
    wait_until(lambda: 0 <= typed.bounding_box()["y"] < 800)
    # Also where the caret goes without a word.
    page.keyboard.press("Control+Home")
    first = shown(page).get_by_text(PARAGRAPHS[0])
    wait_until(lambda: 0 <= first.bounding_box()["y"] < 800)
    assert Revision.objects.count() == 1


def test_takes_the_forms_place_on_a_phone(opened):
    page = opened(ADD, **PHONE)
    shown(page).locator("main article").wait_for()
    assert not page.locator("#id_headline").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Close").tap()
    assert page.locator("#id_headline").is_visible()


def test_says_that_it_is_not_up_to_date_and_comes_back(reader, open_article):
    page = open_article(**DESK)
    page.context.set_offline(True)
    page.locator("#id_headline").fill("The harbour again")
    page.get_by_text("Not up to date").wait_for()
    assert shown(page).get_by_role("heading", name="The harbour").is_visible()
    page.context.set_offline(False)
    shown(page).get_by_role("heading", name="The harbour again").wait_for()
    assert page.get_by_text("Not up to date").count() == 0
    reader.console.complaints.clear()
