"""The desk for everybody: by keyboard, read aloud, on a tablet, in the dark, without any script."""

import re

import pytest

from articles.models import Article
from tests import corpora, factories

from .axe import COLOURS, KINDS, WCAG, found_by_axe
from .desk_driver import Desk
from .desk_pages import furnished, pages
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


# CKEditor's own elements, and Django's two boxes with the permissions of users and groups.
NOT_OURS = ("cke_", "search-label-icon")


# What stands on every page of the desk.
FRAME = ("#header", "#nav-sidebar")


def found(page, rules, left_out=()):
    lines = found_by_axe(page, rules, left_out)
    return [line for line in lines if not any(mark in line for mark in NOT_OURS)]


NAMELESS = re.compile(
    r"- (?:button|checkbox|combobox|dialog|heading|img|link|listbox|radio|searchbox|spinbutton|textbox)"
    r"(?: \[[^\]]*\])*(?:: \S.*|:)?$"
)


def unheard(page):
    """What a screen reader's tree of the page lacks: a title, one main part, a name in words for what one can act on."""
    tree = page.locator("body").aria_snapshot().splitlines()
    wrong = [
        line.strip() for line in tree if NAMELESS.match(line.strip()) or re.search(r'"[^"?]*\bid_', line)
    ]
    titles = [line for line in tree if re.search(r"- '?heading .*\[level=1\]", line)]
    mains = [line for line in tree if line.strip().startswith("- main")]
    if (len(titles), len(mains)) != (1, 1):
        wrong.append(f"{len(titles)} titles, {len(mains)} main parts")
    return wrong


@pytest.mark.parametrize("new", [True, False])
def test_axe_finds_nothing_wrong_with_the_form(sits_down, live, new):
    desk = sits_down(**DESK)
    desk.opens(ADD if new else change(live))
    for fold in desk.page.query_selector_all("details"):
        fold.evaluate("fold => fold.open = true")
    assert not found(desk.page, WCAG)
    desk.page.emulate_media(color_scheme="dark")
    assert not found(desk.page, COLOURS)


def test_axe_finds_nothing_wrong_with_any_page(reader, site, log_in):
    editor = factories.editor("ana", is_superuser=True)
    furnished(editor)
    page, wrong, judged = reader(**DESK), {}, set()
    page.goto(f"{site.url}/admin/login/")
    for number, address in enumerate(("", *pages())):
        if address:
            log_in(page, editor)
            page.goto(site.url + address)
        page.emulate_media(color_scheme="light")
        # The frame is judged with the log-in and with the first page behind it.
        left_out = () if corpora.is_full or number < 2 else FRAME
        lines = [*unheard(page), *found(page, WCAG, left_out)]
        # A list or a form of which each kind of element was judged in the dark on a page before has no other colours.
        kinds = set(page.evaluate(KINDS))
        if corpora.is_full or not kinds <= judged:
            judged |= kinds
            page.emulate_media(color_scheme="dark")
            lines += found(page, COLOURS, left_out)
        if lines:
            wrong[address or "the log-in"] = lines
    assert not wrong, wrong


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
