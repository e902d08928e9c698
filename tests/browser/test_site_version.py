"""A reader leaves the mobile version and comes back: with scripts and without, on every kind of page."""

import pytest

from tests import factories
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = 1180
NARROW = 390


@pytest.fixture
def article(site):
    return factories.published_article(section=factories.section("World"), tags=("coast",))


def buttons(page):
    return [
        button.inner_text() for button in page.locator(".site-version button").all() if button.is_visible()
    ]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def version(page):
    return page.locator("html").get_attribute("data-site-version")


class TestWithScripts:
    def test_changes_in_place_and_keeps_the_address(self, site, article, phone):
        phone.goto(site.url + article.get_absolute_url())
        address = phone.url
        assert buttons(phone) == ["Exit mobile version"]
        phone.evaluate("window.stayed = true")
        press(phone, "Exit mobile version")
        wait_until(lambda: phone.evaluate(f"innerWidth === {WIDE}"))
        assert phone.url == address
        assert phone.evaluate("window.stayed")
        assert buttons(phone) == ["Go to mobile version", "Automatic"]
        assert phone.evaluate("document.activeElement.value") == "mobile"
        press(phone, "Go to mobile version")
        wait_until(lambda: phone.evaluate(f"innerWidth === {NARROW}"))
        press(phone, "Automatic")
        assert buttons(phone) == ["Exit mobile version"]
        assert phone.context.cookies() == []

    def test_holds_on_a_reload_on_other_pages_and_on_one_that_is_not_there(self, site, article, phone):
        phone.goto(site.url)
        press(phone, "Exit mobile version")
        wait_until(lambda: phone.evaluate(f"innerWidth === {WIDE}"))
        phone.reload()
        assert phone.evaluate("innerWidth") == WIDE
        for path in ("/world/", "/tag/coast/", article.get_absolute_url(), "/nowhere/"):
            phone.goto(site.url + path)
            assert (phone.evaluate("innerWidth"), version(phone)) == (WIDE, "desktop"), path
        press(phone, "Go to mobile version")
        wait_until(lambda: phone.evaluate(f"innerWidth === {NARROW}"))

    def test_a_page_restored_by_back_follows_the_newer_choice(self, site, article, phone):
        phone.goto(site.url)
        phone.goto(site.url + "/world/")
        press(phone, "Exit mobile version")
        wait_until(lambda: phone.evaluate(f"innerWidth === {WIDE}"))
        phone.go_back()
        wait_until(lambda: phone.evaluate(f"innerWidth === {WIDE}"))
        assert version(phone) == "desktop"

    def test_fails_quietly_where_cookies_are_forbidden(self, site, article, phone):
        phone.add_init_script(
            "Object.defineProperty(document, 'cookie',"
            " { get() { throw new DOMException('') }, set() { throw new DOMException('') } })"
        )
        phone.goto(site.url)
        assert phone.evaluate("innerWidth") == NARROW
        assert buttons(phone) == ["Exit mobile version"]

    def test_a_second_reader_never_sees_the_firsts_choice(self, site, article, phone, desktop):
        phone.goto(site.url)
        press(phone, "Exit mobile version")
        phone.reload()
        desktop.goto(site.url)
        assert version(desktop) is None
        assert desktop.context.cookies() == []


class TestWithoutScripts:
    def test_the_same_buttons_do_the_same(self, site, article, phone_without_scripts):
        page = phone_without_scripts
        page.goto(site.url + article.get_absolute_url())
        address = page.url
        assert buttons(page) == ["Exit mobile version"]
        press(page, "Exit mobile version")
        assert (page.url, version(page)) == (address, "desktop")
        assert page.locator("meta[name=viewport]").get_attribute("content") == f"width={WIDE}"
        assert buttons(page) == ["Go to mobile version", "Automatic"]
        page.goto(site.url + "/nowhere/")
        assert version(page) == "desktop"
        press(page, "Go to mobile version")
        assert version(page) == "mobile"
        press(page, "Automatic")
        assert (version(page), page.context.cookies()) == (None, [])


class TestEditLink:
    def test_only_who_works_here_sees_it(self, site, article, desktop, phone):
        address = site.url + article.get_absolute_url()
        desktop.context.add_cookies([{"name": "newsroom_desk", "value": "1", "url": site.url}])
        desktop.goto(address)
        link = desktop.get_by_role("link", name="Edit", exact=True)
        assert link.get_attribute("href") == f"/admin/articles/article/{article.pk}/change/"
        phone.goto(address)
        assert phone.get_by_role("link", name="Edit", exact=True).count() == 0
