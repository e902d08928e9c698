"""Breaking news on a page that is not printed with it: laid over the window's foot after load, and nothing moves."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.publishing.breaking_line import put_out
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

SHIFTS = """
new PerformanceObserver((list) => { window.shifts = list.getEntries().length; })
  .observe({ type: "layout-shift", buffered: true });
"""


def put(seconds=3600, text="The harbour is closed"):
    until = timezone.now() + datetime.timedelta(seconds=seconds)
    return put_out(text, "/tag/coast/", until, by=None)


@pytest.mark.parametrize("who", ["phone", "desktop"])
def test_is_laid_over_the_foot_of_the_window_and_stays_away_once_closed(site, request, who):
    page = request.getfixturevalue(who)
    factories.published_article(tags=("coast",), body="<p>Words.</p>" * 60)
    put()
    asked = []
    page.on("request", lambda each: asked.append(each.url))
    page.add_init_script(SHIFTS)
    page.goto(f"{site.url}/archive/", wait_until="load")
    line = page.get_by_role("status")
    expect(line.get_by_role("link", name="The harbour is closed")).to_be_visible()
    expect(line).to_contain_text("Breaking news")
    assert asked.count(f"{site.url}/breaking.txt") == asked.count(f"{site.url}/breaking.js") == 1
    assert not page.evaluate("window.shifts")
    # Behind the page's own foot: at its end nothing is covered.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(
        "document.querySelector('.foot').getBoundingClientRect().bottom"
        " <= document.querySelector('.breaking').getBoundingClientRect().top + 1"
    )
    page.emulate_media(media="print")
    expect(line).to_be_hidden()
    page.emulate_media(media="screen")
    line.get_by_role("button", name="Close").click()
    expect(line).to_have_count(0)
    page.goto(f"{site.url}/tag/coast/", wait_until="networkidle")
    expect(page.get_by_role("status")).to_have_count(0)


def test_ends_at_its_second_on_pages_that_stand_open(site, desktop, phone):
    factories.published_article(tags=("coast",))
    put(seconds=3600)
    for page, path in ((desktop, "/"), (phone, "/tag/coast/")):
        page.clock.install()
        page.goto(f"{site.url}{path}")
        line = page.locator(".breaking")
        expect(line).to_be_visible()
        page.clock.fast_forward(50 * 60 * 1000)
        expect(line).to_be_visible()
        page.clock.fast_forward(10 * 60 * 1000)
        expect(line).to_have_count(0)


def test_comes_to_who_blocks_site_data_too(site, phone):
    put()
    phone.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } })"
    )
    phone.goto(f"{site.url}/archive/")
    line = phone.get_by_role("status")
    expect(line).to_contain_text("The harbour is closed")
    line.get_by_role("button", name="Close").click()
    expect(line).to_have_count(0)


def test_without_it_its_script_is_not_loaded(site, phone):
    asked = []
    phone.on("request", lambda each: asked.append(each.url))
    phone.goto(f"{site.url}/archive/", wait_until="networkidle")
    assert f"{site.url}/breaking.txt" in asked
    assert f"{site.url}/breaking.js" not in asked
