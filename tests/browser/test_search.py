"""Searching as a reader does, with and without scripts."""

import pytest
from playwright.sync_api import expect

from articles.outbox.consumers import Followers
from tests import factories
from tests.browser.people import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles(transactional_db):
    for headline in ("Railways are reviewed", "Railings are painted", "A harbour opens"):
        factories.published_article(headline=headline, body="<p>By the <em>harbour</em> wall.</p>")
    Followers().work_off()


def test_stories_are_suggested_while_one_types_and_reached_by_keys(site, desktop, articles):
    desktop.goto(f"{site.url}/search/")
    field = desktop.get_by_role("searchbox", name="Search the paper")
    field.press_sequentially("rail")
    suggested = desktop.get_by_role("navigation", name="Suggestions").get_by_role("link")
    expect(suggested).to_have_count(2)
    desktop.keyboard.press("Escape")
    expect(suggested).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("w")
    expect(suggested).to_have_text(["Railways are reviewed"])
    # The button stands between the field and what is suggested.
    for _ in range(2):
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Railways are reviewed")


def test_everything_is_found_from_the_foot_of_a_page_without_a_script(site, chromium, articles):
    page = chromium.new_page(**PHONE, java_script_enabled=False)
    page.goto(site.url)
    page.get_by_role("contentinfo").get_by_role("link", name="Search").tap()
    page.get_by_role("searchbox").fill("harbour wall")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 stories for")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("harbour")
    page.get_by_text("Narrow the search").tap()
    page.get_by_label("Order").select_option("newest")
    page.get_by_label("From").fill("2001-02-03")
    page.get_by_role("button", name="Search").first.tap()
    expect(page).to_have_url(f"{site.url}/search/?q=harbour+wall&section=&from=2001-02-03&to=&order=newest")
    expect(page.get_by_role("heading", name="3 stories for")).to_be_visible()
    page.close()
