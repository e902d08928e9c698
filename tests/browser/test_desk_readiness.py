"""What keeps a text from going out, and what may be mended, stands beside it while it is typed."""

import pytest

from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)


def test_follows_what_is_typed_and_leads_to_the_field(reader, site, log_in):
    factories.section("World")
    page = reader(**DESK)
    log_in(page, factories.editor("ana"))
    Desk(page, site.url).opens("/admin/articles/article/add/")
    panel = page.locator("[data-ready]")
    headline = panel.get_by_role("button", name="Write a headline")
    headline.wait_for()
    headline.click()
    assert page.evaluate("document.activeElement.id") == "id_headline"
    page.keyboard.type("A boat TK")
    headline.wait_for(state="detached")
    panel.get_by_role("button", name="“TK” still stands").click()
    assert page.evaluate("document.activeElement.id") == "id_headline"
    panel.get_by_role("button", name="“TK” is meant").click()
    panel.get_by_role("button", name="“TK” still stands").wait_for(state="detached")
    assert page.locator("#id_meant").input_value() == "TK"
    panel.locator("summary").click()
    panel.get_by_text("0 words, 1 min read").wait_for()
    panel.get_by_role("button", name="There is no lead picture").click()
    assert page.evaluate("document.activeElement.closest('[data-lead], .desk-lead') !== null")
    page.locator("details", has_text="Search and sharing").locator("summary").first.click()
    page.locator("[data-found-title]", has_text="A boat TK – ").wait_for()
