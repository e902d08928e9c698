"""What scripts add to an article that reads well without them."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "<p>" + "The wall is four metres high and eleven kilometres long. " * 60 + "</p>"
VIDEO = "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"


def article(body):
    return factories.published_article(body=body).get_absolute_url()


class TestContents:
    body = "".join(f"<h2>Part {number}</h2>{WORDS}" for number in range(1, 6))

    def test_marks_the_part_that_is_being_read(self, site, desktop):
        desktop.goto(site.url + article(self.body))
        marked = desktop.locator(".contents [aria-current]")
        desktop.get_by_role("link", name="Part 4").click()
        expect(marked).to_have_text("Part 4")
        desktop.get_by_role("link", name="Part 2").click()
        expect(marked).to_have_text("Part 2")
        desktop.evaluate("scrollTo(0, 0)")
        expect(marked).to_have_count(0)

    def test_stands_open_beside_the_text_and_stays_in_view(self, site, desktop):
        desktop.goto(site.url + article(self.body))
        desktop.get_by_role("heading", name="Part 5", exact=True).scroll_into_view_if_needed()
        expect(desktop.locator(".contents a").first).to_be_in_viewport()

    def test_is_folded_on_a_phone_until_it_is_tapped(self, site, phone):
        phone.goto(site.url + article(self.body))
        link = phone.locator(".contents a", has_text="Part 3")
        expect(link).not_to_be_visible()
        phone.locator("summary", has_text="In this story").tap()
        link.tap()
        expect(phone).to_have_url(re.compile("#"))
        expect(phone.get_by_role("heading", name="Part 3")).to_be_in_viewport()


class TestEmbeds:
    def watched(self, page):
        asked = []

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(content_type="text/html", body="<title>A film</title>")

        page.route("https://www.youtube-nocookie.com/**", answer)
        return asked

    def test_asks_the_other_site_for_nothing_before_a_tap(self, site, desktop):
        asked = self.watched(desktop)
        desktop.goto(site.url + article(VIDEO), wait_until="networkidle")
        assert asked == []
        desktop.get_by_role("link", name="Watch on YouTube").click()
        frame = desktop.locator(".embed iframe")
        expect(frame).to_have_attribute("title", "YouTube")
        expect(frame).to_be_focused()
        expect(desktop.locator(".embed a")).to_be_hidden()
        assert [url.partition("?")[0] for url in asked] == [
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
        ]

    def test_takes_the_place_that_the_link_had(self, site, desktop):
        self.watched(desktop)
        desktop.goto(site.url + article(VIDEO))
        before = desktop.locator(".embed a").bounding_box()
        desktop.get_by_role("link", name="Watch on YouTube").click()
        after = desktop.locator(".embed iframe").bounding_box()
        assert abs(before["height"] - after["height"]) < 2

    def test_is_a_link_to_the_other_site_without_scripts(self, site, desktop_without_scripts):
        page = desktop_without_scripts
        page.goto(site.url + article(VIDEO))
        link = page.get_by_role("link", name="Watch on YouTube")
        expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")


class TestTables:
    def test_scroll_sideways_by_themselves_and_break_no_words(self, site, phone):
        cells = "".join(f"<th>Kilometres{number}</th>" for number in range(9))
        phone.goto(site.url + article(f"<table><thead><tr>{cells}</tr></thead></table>"))
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
        heights = phone.locator("th").evaluate_all("cells => cells.map(cell => cell.offsetHeight)")
        assert max(heights) < 50
