"""The desk on a phone of 390 pixels, also at twice its size: no page is wider, and a story can be written, reviewed,
published and corrected with a thumb."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.publishing import save_draft
from tests import factories
from tests.waiting import wait_until

from .desk_driver import Desk
from .desk_pages import furnished, pages
from .people import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const beyond = [...document.querySelectorAll("body *")].filter((each) => !each.closest(".rooms, .results") && each.getBoundingClientRect().right > width + 1);
  return document.documentElement.scrollWidth <= width ? "" : beyond.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" ");
}"""

# Nothing of the field is scrolled out of its box, and what is in it takes four lines or more.
WHOLE = """(selector) => {
  const field = document.querySelector(selector);
  const line = parseFloat(getComputedStyle(field).lineHeight);
  return field.scrollHeight <= field.clientHeight + 1 && field.clientHeight >= 4 * line;
}"""

# What stands beyond the bar's own edge.
CUT = """() => {
  const { top, bottom } = document.querySelector(".desk-bar").getBoundingClientRect();
  return [...document.querySelectorAll(".desk-bar *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.top < top - 0.5 || box.bottom > bottom + 0.5;
  }).map((each) => each.className);
}"""


@pytest.fixture
def sits_down(reader, site, log_in):
    def sits_down(user, **screen):
        page = reader(**{**PHONE, **screen})
        log_in(page, user)
        page.site = site.url
        return Desk(page, site.url)

    return sits_down


def test_no_page_of_the_desk_is_wider_than_a_phone(sits_down):
    editor = factories.editor("ana", is_superuser=True)
    article = furnished(editor)
    desk = sits_down(editor)
    page = desk.page
    wide = {}
    for address in pages():
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(desk.url + address)
        for width in (390, 195):
            page.set_viewport_size({"width": width, "height": 844})
            if beyond := page.evaluate(WIDE):
                wide[f"{address} at {width}"] = beyond
    assert not wide, wide
    desk.opens(reverse("admin:articles_article_change", args=[article.pk]))
    for width in (195, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wait_until(lambda: page.evaluate(WHOLE, "#id_headline"))
    page.click("[data-open-picker]")
    page.wait_for_selector(".desk-picker__grid img")
    assert not page.evaluate(WIDE)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".desk-picker__grid li").first.bounding_box()["width"] <= 180


def test_the_bar_of_the_form_is_one_row_that_stays(sits_down):
    article = factories.published_article(body="<p>A wall.</p>" * 60)
    save_draft(article, factories.content(body="<p>A wall.</p>" * 61), by=None)
    desk = sits_down(factories.editor("ana"))
    desk.opens(reverse("admin:articles_article_change", args=[article.pk]))
    desk.page.evaluate("scrollTo(0, 1500)")
    wait_until(lambda: desk.page.evaluate("scrollY > 1000"))
    desk.page.evaluate("document.querySelector('[data-save-state]').textContent = 'Autosaved 14:02'")
    for width in (390, 195):
        desk.page.set_viewport_size({"width": width, "height": 844})
        bar = desk.page.locator(".desk-bar").bounding_box()
        assert bar["y"] == 0
        assert bar["height"] <= 64
        assert desk.page.evaluate(CUT) == []
        assert desk.page.locator("[name=_publish]").bounding_box()["y"] < 64


def test_the_buttons_of_the_editor_are_scrolled_by_keys(sits_down):
    article = factories.article()
    desk = sits_down(factories.editor("ana"))
    page = desk.page
    desk.opens(reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".cke_toolbox[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: page.evaluate("document.querySelector('.cke_toolbox').scrollLeft") > 0)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.cke_editable')")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".cke_toolbox[tabindex='-1']").wait_for(state="attached")


def test_a_story_is_written_reviewed_published_and_corrected_with_a_thumb(sits_down):
    factories.section("World")
    ana = factories.editor("ana")
    factories.author("Ana Lind", user=ana)
    page = sits_down(ana).page
    page.goto(page.site + reverse("admin:articles_article_add"))
    page.wait_for_selector(".desk-body--ready")
    page.wait_for_selector("#id_headline:focus")
    page.keyboard.type("Harbour towns weigh a wall")
    page.tap(".cke_editable")
    page.keyboard.type("The wall is five metres high.")
    page.tap("#id_section_typed")
    page.keyboard.type("wor")
    page.tap("[role=option]:has-text('World')")
    page.tap("[name=_submit]")
    page.wait_for_selector(".desk-state__word:text-is('In review')")

    page = sits_down(factories.editor("mara")).page
    page.goto(page.site + reverse("admin:index"))
    page.tap("text=Harbour towns weigh a wall")
    page.wait_for_selector(".desk-body--ready")
    page.tap(".desk-bar [name=_publish]")
    page.wait_for_selector(".desk-state__word:text-is('Live')")
    page.tap(".cke_editable p")
    page.keyboard.press("End")
    page.keyboard.type(" So they say.")
    page.tap("summary:text-is('Corrections')")
    page.wait_for_selector("#id_correction_text:focus")
    page.keyboard.type("It is five metres high, as they say.")
    page.tap(".desk-bar [name=_publish]")
    page.wait_for_selector("summary:text-is('Corrections (1)')")
    article = Article.objects.get()
    assert article.body == "<p>The wall is five metres high. So they say.</p>"
    assert article.corrections.get().text == "It is five metres high, as they say."
