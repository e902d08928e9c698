"""An article says once that it was opened, without a body, unless the reader asks not to be counted."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def said(page, address):
    """The requests by which the page says that it was opened."""
    asked = []
    page.on("request", lambda request: "/read/" in request.url and asked.append(request))
    page.goto(address, wait_until="networkidle")
    return asked


def test_names_the_address_alone(site, desktop):
    path = factories.published_article(headline="हिंदी में").get_absolute_url()
    [request] = said(desktop, f"{site.url}{path}?utm_source=ana#part")
    assert request.method == "POST"
    assert request.url == f"{site.url}/read{path}"
    assert not request.post_data
    assert request.response().status == 204


@pytest.mark.parametrize("wish", ["doNotTrack: {get: () => '1'}", "globalPrivacyControl: {get: () => true}"])
def test_respects_the_reader_s_wish(site, desktop, wish):
    desktop.add_init_script(f"Object.defineProperties(navigator, {{{wish}}})")
    path = factories.published_article().get_absolute_url()
    assert said(desktop, site.url + path) == []


def test_no_other_page_says_so(site, desktop):
    factories.published_article(tags=("coast",))
    for path in ("/", "/tag/coast/", "/most-read/"):
        assert said(desktop, site.url + path) == []
