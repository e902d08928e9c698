"""Two editors at two computers write in one article."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from articles.models import Article, Presence
from articles.publishing import Content, save_draft
from tests import factories
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import DESK
from .test_desk_traps import SAVED, Held, change, crashed

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>"


@pytest.fixture
def article(site):
    factories.section("World")
    return factories.article(headline="As opened", body=BODY)


@pytest.fixture
def open_as(reader, site, article, log_in):
    def open_as(name):
        page = reader(**DESK)
        log_in(page, factories.editor(name))
        desk = Desk(page, site.url)
        desk.opens(change(article))
        return desk

    return open_as


@pytest.fixture
def ana(open_as):
    return open_as("ana")


@pytest.fixture
def ben(open_as):
    return open_as("ben")


def saves(desk):
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)


def test_both_texts_are_in_and_the_second_goes_on_writing(ana, ben):
    ben.page.fill("#id_kicker", "Coast")
    saves(ben)
    ana.page.click(".cke_editable p:last-child")
    ana.page.keyboard.press("End")
    ana.types(" Ana asks.")
    saves(ana)
    assert "together with what ben has changed" in ana.page.inner_text("[data-save-state]")
    assert ana.page.input_value("#id_kicker") == "Coast"
    ana.types(" Again.")
    saves(ana)
    newest = Content.newest(Article.objects.get())
    assert newest.kicker == "Coast"
    assert newest.body == BODY.replace("knows why.", "knows why. Ana asks. Again.")


@pytest.mark.parametrize(
    ("theirs", "then"),
    [("As Ben opened", "As was Ben opened"), ("Ben says: as opened", "Ben says: as was opened")],
)
def test_a_colleagues_words_come_into_a_field_and_leave_the_caret_where_it_is(ana, article, theirs, then):
    save_draft(article, replace(Content.of(article), headline=theirs), by=None)
    ana.page.fill("#id_kicker", "Of Ana")
    ana.page.focus("#id_headline")
    ana.page.evaluate("document.activeElement.setSelectionRange(3, 3)")
    saves(ana)
    assert ana.page.input_value("#id_headline") == theirs
    ana.types("was ")
    assert ana.page.input_value("#id_headline") == then


def test_a_colleague_who_comes_is_seen_within_ten_seconds_and_in_the_list_too(open_as, article):
    ana = open_as("ana")
    ana.page.clock.install()
    ana.opens(change(article))
    open_as("ben")
    ana.page.clock.run_for(9_000)
    expect(ana.page.locator("[data-others]")).to_have_text(re.compile("ben has this open since"))
    ana.page.goto(f"{ana.url}/admin/articles/article/")
    expect(ana.page.locator("#result_list tbody tr")).to_contain_text("ben")


def test_each_sees_who_else_is_here_what_they_have_saved_and_that_they_have_left(ana, ben):
    def asks(desk):
        # As when the page comes into view again: the next request is not waited for.
        with desk.page.expect_response("**/desk/presence/"):
            desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    asks(ana)
    others = ana.page.locator("[data-others]")
    assert others.get_attribute("aria-live") == "polite"
    expect(others).to_have_text(re.compile(r"ben has this open since \d\d:\d\d$"))
    ben.page.fill("#id_kicker", "Coast")
    asks(ben)
    asks(ana)
    expect(others).to_have_text(re.compile(r"; last change \d\d:\d\d$"))
    saves(ben)
    asks(ana)
    with ana.page.expect_popup() as compared:
        ana.page.click("text=See what changed")
    expect(compared.value.locator("ins", has_text="Coast")).to_be_visible()
    ben.page.goto(f"{ben.url}/admin/")
    wait_until(lambda: not Presence.objects.filter(editor__username="ben").exists())
    asks(ana)
    expect(others).to_have_text(re.compile(r"^\s*ben has saved a newer version"))


def test_words_of_one_paragraph_come_together(ana, ben, article):
    save_draft(article, replace(Content.of(article), body=BODY.replace("four", "five")), by=None)
    ana.page.click(".cke_editable p:first-child")
    ana.page.keyboard.press("End")
    ana.types(" Rain.")
    saves(ana)
    assert "The wall is five metres high. Rain." in ana.body()
    ana.types(" More rain.")
    saves(ana)
    assert "The wall is five metres high. Rain. More rain." in Article.objects.get().body


def test_a_kept_copy_that_is_brought_back_is_merged_with_what_was_saved_since(ana, article):
    ana.page.click(".cke_editable p:last-child")
    ana.page.keyboard.press("End")
    ana.types(" Ana asks.")
    ana = crashed(ana)
    changed = BODY.replace("four", "five")
    save_draft(article, replace(Content.of(article), body=changed, kicker="Coast"), by=None)
    ana.opens(change(article))
    ana.page.wait_for_selector("text=It is older than what was saved since.")
    ana.page.click("text=Bring it back")
    assert ana.page.input_value("#id_kicker") == ""
    saves(ana)
    newest = Content.newest(Article.objects.get())
    assert (newest.kicker, newest.body) == ("Coast", changed.replace("knows why.", "knows why. Ana asks."))
    assert ana.body().replace("\n\n", "\n").strip() == newest.body


def test_what_is_typed_while_it_is_saved_is_kept_and_merged_with_the_next_save(ana, article):
    save_draft(article, replace(Content.of(article), kicker="Coast"), by=None)
    held = Held(ana.page, "**/change/")
    ana.page.fill("#id_headline", "Of Ana")
    ana.page.keyboard.press("Control+s")
    ana.page.wait_for_selector("[data-save-state]:has-text('Saving')")
    ana.page.fill("#id_standfirst", "Typed while it was saved")
    held.let_go()
    ana.page.unroute("**/change/")
    ana.page.wait_for_selector("[data-save-state]:text-matches('Unsaved changes since|Autosav')")
    saves(ana)
    newest = Content.newest(Article.objects.get())
    assert (newest.headline, newest.kicker) == ("Of Ana", "Coast")
    assert newest.standfirst == "Typed while it was saved"


def test_the_same_words_changed_by_both_are_asked_about_and_no_key_decides(ana, ben):
    ben.page.fill("#id_headline", "Of Ben")
    saves(ben)
    ana.page.fill("#id_headline", "Of Ana")
    for key in ("Control+s", "Control+Enter"):
        with ana.page.expect_response("**/change/"):
            ana.page.keyboard.press(key)
        ana.page.wait_for_selector("#article_form:not(.desk--saving) #desk-conflict:has-text('Of Ben')")
    assert Article.objects.get().headline == "Of Ben"
    assert not Article.objects.get().is_public()
    ana.page.focus("[data-choice] input >> nth=0")
    ana.page.keyboard.press("Space")
    ana.page.wait_for_selector("[data-open-places]:text-is('')", state="attached")
    ana.page.click("text=Save what is chosen")
    ana.page.wait_for_selector(SAVED)
    versions = list(
        Article.objects.get().revisions.order_by("number").values_list("by__username", "content__headline")
    )
    assert versions[-3:] == [("ben", "Of Ben"), ("ana", "Of Ana"), ("ana", "Of Ana")]
    # A conflict is answered with 409, which Chromium writes into the console.
    assert ana.page.locator("#desk-conflict h2").count() == 0
