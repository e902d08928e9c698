"""The desk for everybody: by keyboard, read aloud, on a tablet, in the dark, without any script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Article
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}


@pytest.fixture
def sits_down(reader, site, log_in):
    editor = factories.editor("ana")

    def sits_down(**screen):
        page = reader(**screen)
        log_in(page, editor)
        return Desk(page, site.url)

    return sits_down


@pytest.fixture
def live(site):
    author = factories.author("Mara Ellis")
    return factories.published_article(lead_image=factories.image(), authors=[author], tags=("coast",))


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(sits_down, live, scheme):
    desk = sits_down(**DESK, color_scheme=scheme)
    for path in (ADD, change(live)):
        desk.opens(path)
        for fold in desk.page.query_selector_all("details"):
            fold.evaluate("fold => fold.open = true")
        found = Axe().run(desk.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        ours = [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
            if "cke_" not in node["html"]
        ]
        assert not ours, "\n".join(ours)


def test_nothing_stands_beyond_the_edge_of_a_tablet(sits_down, live):
    desk = sits_down(**TABLET)
    desk.opens(change(live))
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 820
    desk.page.mouse.wheel(0, 2000)
    desk.page.wait_for_timeout(200)
    assert desk.page.locator(".desk-state__word").bounding_box()["y"] >= 0


def test_the_state_stays_in_view(sits_down, live):
    desk = sits_down(**DESK)
    desk.opens(change(live))
    desk.page.mouse.wheel(0, 2000)
    desk.page.wait_for_timeout(200)
    box = desk.page.locator("[name=_publish]").bounding_box()
    assert 0 <= box["y"] <= 300


def test_tab_leads_from_the_headline_to_standfirst_and_body(sits_down):
    desk = sits_down(**DESK)
    desk.opens(ADD)
    path = [desk.focus()]
    for _ in range(2):
        desk.page.keyboard.press("Tab")
        path.append(desk.page.evaluate("document.activeElement.name || document.activeElement.className"))
    assert path[:2] == ["headline", "standfirst"]
    assert "cke_editable" in path[2]


def test_an_article_is_written_and_published_without_any_script(sits_down, live):
    desk = sits_down(**DESK, java_script_enabled=False)
    page = desk.page
    page.goto(desk.url + ADD)
    page.fill("[name=headline]", "Without script")
    page.fill("[name=body]", "One paragraph.\n\nAnother.")
    page.fill("[name=tags]", "coast, tides")
    page.fill("[name=bylines]", "Photographs by: Mara Ellis")
    page.select_option("[name=section]", label="World")
    page.set_input_files(
        "[name=lead_file]",
        {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": factories.picture_bytes()},
    )
    page.click("[name=_publish]")
    assert "Say in the picture" in page.inner_text(".desk-wrong")
    page.set_input_files(
        "[name=lead_file]",
        {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": factories.picture_bytes()},
    )
    page.fill("[name=lead_alt]", "A wall")
    page.click("[name=_publish]")
    assert page.inner_text(".desk-state__word") == "Live"
    article = Article.objects.get(headline="Without script")
    assert article.body == "<p>One paragraph.</p>\n<p>Another.</p>"
    assert {tag.name for tag in article.tags.all()} == {"coast", "tides"}
    page.click("summary:text-is('Withdraw')")
    page.click("[name=_withdraw]")
    assert page.inner_text(".desk-state__word") == "Withdrawn"
