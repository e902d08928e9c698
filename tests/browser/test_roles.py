"""A contributor writes and submits, a publisher publishes, and each sees what they may."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests import factories
from tests.articles.admin.desk.case import somebody

from .desk_driver import Desk
from .people import DESK
from .test_desk_traps import change

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
SUBMIT, APPROVE, PUBLISH = ("[name=_submit]", "[name=_approve]", "[name=_publish]")


@pytest.fixture
def sits_down(reader, site, log_in):
    def sits_down(user):
        page = reader(**DESK)
        log_in(page, user)
        return Desk(page, site.url)

    return sits_down


def test_a_contributor_submits_and_a_publisher_publishes(sits_down):
    factories.section("World")
    cora = somebody("cora", "Contributors")
    factories.author("Cora Lind", user=cora)
    secret = factories.article(headline="Somebody else's story")

    desk = sits_down(cora)
    page = desk.page
    page.goto(f"{desk.url}/admin/articles/article/")
    expect(page.get_by_text("Somebody else's story")).to_have_count(0)
    assert page.goto(desk.url + change(secret)).status == 403
    expect(page.get_by_text("You may not see this article; ")).to_be_visible()
    desk.opens(ADD)
    page.fill("#id_headline", "Harbour towns weigh a wall")
    page.click(".cke_editable")
    page.keyboard.type("The wall is five metres high.")
    page.fill("#id_section_typed", "wor")
    page.click("[role=option]:has-text('World')")
    for button in (APPROVE, PUBLISH):
        expect(page.locator(button)).to_have_count(0)
    page.click(SUBMIT)
    page.wait_for_selector(".desk-state__word:text-is('In review')")
    story = Article.objects.exclude(pk=secret.pk).get()
    # From now on it is read and taken back, and no more changed.
    page.goto(desk.url + change(story))
    expect(page.locator("#id_headline")).to_be_disabled()

    desk = sits_down(somebody("pia", "Publishers"))
    page = desk.page
    page.goto(f"{desk.url}/admin/")
    page.click("text=Harbour towns weigh a wall")
    desk.is_ready()
    expect(page.locator(APPROVE)).to_be_visible()
    page.click(PUBLISH)
    page.wait_for_selector(".desk-state__word:text-is('Live')")
    page.goto(desk.url + Article.objects.get(pk=story.pk).get_absolute_url())
    expect(page.get_by_role("heading", name="Harbour towns weigh a wall")).to_be_visible()
    expect(page.get_by_text("Cora Lind").first).to_be_visible()
    page.goto(desk.url + change(secret))
    expect(page.locator("#id_headline")).to_have_value("Somebody else's story")
