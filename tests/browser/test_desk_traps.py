"""The moments in which other systems lose what somebody typed."""

import pytest

from articles.models import Article
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "[data-save-state][data-saved]"
ADD = "/admin/articles/article/add/"
# In localStorage and in IndexedDB.
COPIES = """() => new Promise((resolve, reject) => {
  setTimeout(reject, 10000, new Error("The browser's store does not answer."));
  const request = indexedDB.open("newsroom-desk", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("copies");
  request.onsuccess = () => {
    const keys = request.result.transaction("copies").objectStore("copies").getAllKeys();
    keys.onsuccess = () => {
      request.result.close();
      resolve([...keys.result, ...Object.keys(localStorage).filter((name) => name.startsWith("newsroom-desk:"))]);
    };
  };
})"""
MORE = """(form, [fields, letters]) => form.insertAdjacentHTML("beforeend",
    `<div id="more">${`<input type="hidden" name="more" value="${"x".repeat(letters)}">`.repeat(fields)}</div>`)"""


@pytest.fixture
def editor(site):
    factories.section("World")
    return factories.editor("ana")


@pytest.fixture
def desk(reader, site, editor, log_in):
    page = reader(**DESK)
    log_in(page, editor)
    return Desk(page, site.url)


class Held:
    """Requests to these addresses wait until they are let go."""

    def __init__(self, page, pattern):
        self.routes = []
        page.route(pattern, lambda route: self.routes.append(route))

    def let_go(self):
        while self.routes:
            self.routes.pop().continue_()


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


def test_a_save_0_ms_after_the_last_letter_has_that_letter(desk):
    article = factories.article(body="<p>A wall.</p>")
    desk.opens(change(article))
    desk.page.click(".cke_editable p")
    desk.page.keyboard.press("End")
    desk.types(" The very last words.")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    article.refresh_from_db()
    assert article.body == "<p>A wall. The very last words.</p>"


def test_a_word_typed_0_ms_after_the_form_is_there_is_kept(desk):
    desk.page.goto(desk.url + ADD, wait_until="commit")
    desk.page.wait_for_selector("#id_headline")
    desk.types("Harbour")
    desk.is_ready()
    desk.types(" towns")
    assert desk.page.input_value("#id_headline") == "Harbour towns"


def test_text_typed_before_the_editor_is_ready_goes_over_with_the_caret(desk):
    scripts = Held(desk.page, "**/ckeditor/ckeditor.*js")
    desk.page.goto(desk.url + ADD, wait_until="commit")
    desk.page.click("#id_body")
    desk.types("The wall is four metres high & rising.")
    desk.page.keyboard.press("Enter")
    desk.types("## What it costs")
    desk.page.keyboard.press("Enter")
    desk.types("Nobody")
    scripts.let_go()
    desk.is_ready()
    desk.types(" knows.")
    assert desk.body().split() == (
        "<p>The wall is four metres high &amp; rising.</p> <h2>What it costs</h2> <p>Nobody knows.</p>".split()
    )


def test_alt_text_typed_while_its_picture_is_on_its_way_is_kept(desk, tmp_path):
    uploads = Held(desk.page, "**/desk/upload/")
    path = tmp_path / "wall.jpg"
    path.write_bytes(factories.picture_bytes(900, 600))
    desk.opens(ADD)
    desk.types("Walls")
    desk.page.set_input_files("#id_lead_file", path)
    assert desk.focus() == "lead_alt"
    desk.types("A grey wall")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector("[data-save-state]:has-text('Waiting for the picture')")
    desk.types(" above the sea")
    uploads.let_go()
    desk.page.wait_for_selector(SAVED)
    assert Article.objects.get().lead_alt == "A grey wall above the sea"
    assert desk.page.input_value("#id_lead_alt") == "A grey wall above the sea"


def test_alt_text_of_a_picture_in_the_text_typed_while_it_is_on_its_way_is_kept(desk):
    uploads = Held(desk.page, "**/desk/upload/")
    desk.opens(ADD)
    desk.types("Walls")
    desk.page.click(".cke_editable")
    desk.types("Before.")
    desk.drops_file(".cke_editable", "wall.jpg", factories.picture_bytes(900, 600))
    desk.page.wait_for_selector(".desk-figure-panel:visible")
    desk.types("A grey wall")
    desk.page.keyboard.press("Enter")
    desk.types("The wall at Port Ansel.")
    desk.page.keyboard.press("Control+s")
    uploads.let_go()
    desk.page.wait_for_selector(SAVED)
    body = Article.objects.get().body
    assert 'alt="A grey wall"' in body
    assert "<figcaption>The wall at Port Ansel.</figcaption>" in body
    assert "<p>Before.</p>" in body


def test_a_field_that_does_not_validate_costs_no_word_of_the_body(desk, reader):
    desk.opens(ADD)
    desk.page.click(".cke_editable")
    desk.types("A full body.")
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_selector("[data-errors-of=headline]")
    assert "A full body." in desk.body()
    assert desk.focus() == "headline"
    desk.types("Now with a headline")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    assert Article.objects.get().body == "<p>A full body.</p>"


def test_a_session_lost_while_writing_brings_the_text_through_the_login(
    desk, editor, log_in, password_of, reader
):
    password = password_of(editor)
    log_in(desk.page, editor)
    desk.opens(ADD)
    desk.page.context.clear_cookies(name="sessionid")
    desk.types("Written after the session ended")
    desk.page.click(".cke_editable")
    desk.types("The body, too.")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector("[data-desk-login]")
    assert not Article.objects.exists()
    desk.types("ana")
    desk.page.keyboard.press("Tab")
    desk.types(password)
    desk.page.keyboard.press("Enter")
    desk.is_ready()
    assert desk.page.input_value("#id_headline") == "Written after the session ended"
    assert "The body, too." in desk.body()
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    assert Article.objects.get().body == "<p>The body, too.</p>"
    # Chromium writes into the console that autosaving was refused.
    reader.console.complaints.clear()


def crashed(desk):
    """The tab is gone without a word, a moment after the last letter; another one is opened."""
    desk.page.wait_for_selector("[data-save-state]:text-matches('^Autosaved [0-9]')")
    context = desk.page.context
    desk.page.close(run_before_unload=False)
    return Desk(context.new_page(), desk.url)


def test_a_tab_that_crashed_has_its_text_when_it_is_opened_again(desk):
    article = factories.article(body="<p>As saved.</p>")
    desk.opens(change(article))
    desk.page.click(".cke_editable p")
    desk.page.keyboard.press("End")
    desk.types(" Not saved.")
    again = crashed(desk)
    again.opens(change(article))
    again.page.wait_for_selector(".desk-note:has-text('is back')")
    assert "As saved. Not saved." in again.body()


def test_text_of_a_new_article_can_be_brought_back(desk):
    desk.opens(ADD)
    desk.types("Never saved")
    again = crashed(desk)
    again.opens(ADD)
    again.page.click("text=Bring it back")
    assert again.page.input_value("#id_headline") == "Never saved"


def test_what_was_saved_is_not_offered_again(desk):
    desk.opens(ADD)
    desk.types("Saved words")
    desk.page.wait_for_timeout(700)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    desk.opens(change(Article.objects.get()))
    desk.opens(ADD)
    desk.page.wait_for_timeout(300)
    assert not desk.page.locator(".desk-note").count()


def test_leaving_is_asked_about_only_with_something_to_lose(desk):
    article = factories.article()
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.opens(change(article))
    desk.page.click(".cke_editable p")
    desk.opens(change(article))
    assert asked == []
    desk.page.click("#id_headline")
    desk.types("x")
    desk.opens(change(article))
    assert asked == ["beforeunload"]


def test_leaving_the_field_after_a_save_is_no_change(desk):
    desk.opens(ADD)
    desk.types("Saved with the caret still in it")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    desk.page.click("#id_standfirst")
    assert "Saved" in desk.page.inner_text("[data-save-state]")


def test_a_save_after_what_an_input_method_commits_leaves_nothing_marked_as_unsaved(desk):
    article = factories.article(body="<p>壁。</p>", language="ar")
    desk.opens(change(article))
    page = desk.page
    assert page.get_attribute("#id_headline", "lang") == "ar"
    assert page.get_attribute(".cke_editable", "lang") == "ar"
    assert page.get_attribute(".cke_editable", "dir") == "rtl"
    method = page.context.new_cdp_session(page)
    page.click(".cke_editable p")
    page.keyboard.press("End")
    method.send("Input.imeSetComposition", {"text": "nihon", "selectionStart": 5, "selectionEnd": 5})
    method.send("Input.insertText", {"text": "日本"})
    page.keyboard.press("Control+s")
    page.wait_for_selector(SAVED)
    assert "Unsaved" not in page.inner_text(SAVED)
    article.refresh_from_db()
    assert article.body == "<p>壁。日本</p>"
    page.keyboard.type("x")
    page.wait_for_selector("[data-autosave]")


def test_a_lost_connection_leaves_everything_where_it_is(desk, reader):
    desk.opens(ADD)
    desk.types("Offline")
    desk.page.context.set_offline(True)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector("[data-save-state]:has-text('No connection')")
    desk.page.context.set_offline(False)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    assert Article.objects.get().headline == "Offline"
    reader.console.complaints.clear()


@pytest.mark.parametrize(("fields", "letters"), [(1, 11 * 1024 * 1024), (1000, 1)])
def test_a_form_larger_than_the_server_takes_keeps_its_text(desk, reader, fields, letters):
    desk.opens(ADD)
    desk.types("Long")
    desk.page.fill("#id_standfirst", "As typed")
    desk.page.eval_on_selector("#article_form", MORE, [fields, letters])
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector("[data-save-state][data-grave]:has-text('more than can be sent at once')")
    assert not Article.objects.exists()
    assert desk.page.input_value("#id_headline") == "Long"
    assert desk.page.input_value("#id_standfirst") == "As typed"
    desk.page.eval_on_selector("#more", "more => more.remove()")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    assert Article.objects.get().standfirst == "As typed"
    # Chromium writes the 413 into the console.
    reader.console.complaints.clear()


class TestLoggingOut:
    LOG_OUT = "#logout-form button"

    def copies(self, desk):
        return desk.page.evaluate(COPIES)

    def writes(self, desk):
        desk.opens(ADD)
        desk.types("Not saved yet")

    def answers(self, desk, answer):
        with desk.page.expect_navigation():
            desk.page.click(f"#log-out [data-answer={answer}]")
        assert not [cookie for cookie in desk.page.context.cookies() if cookie["name"] == "sessionid"]

    def test_asks_nothing_and_leaves_nothing_where_all_is_saved(self, desk):
        self.writes(desk)
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_selector(SAVED)
        with desk.page.expect_navigation():
            desk.page.click(self.LOG_OUT)
        assert self.copies(desk) == []

    def test_names_what_is_not_saved_and_can_be_thought_better_of(self, desk):
        self.writes(desk)
        desk.page.click(self.LOG_OUT)
        assert desk.page.locator("#log-out li").inner_text().startswith("Not saved yet, ")
        assert desk.page.locator("#log-out li a").get_attribute("href") == ADD
        assert desk.page.evaluate("document.activeElement.dataset.answer") == "stay"
        desk.page.keyboard.press("Escape")
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_selector(SAVED)
        assert Article.objects.get().headline == "Not saved yet"

    def test_throws_it_away_when_told_so(self, desk):
        self.writes(desk)
        desk.page.click(self.LOG_OUT)
        self.answers(desk, "forget")
        assert self.copies(desk) == []

    def test_keeps_it_when_told_so(self, desk, editor, log_in):
        self.writes(desk)
        desk.page.click(self.LOG_OUT)
        self.answers(desk, "keep")
        log_in(desk.page, editor)
        desk.opens(ADD)
        desk.page.click("text=Bring it back")
        assert desk.page.input_value("#id_headline") == "Not saved yet"

    def test_asks_on_every_page_of_the_desk(self, desk):
        self.writes(desk)
        desk.page.wait_for_timeout(700)
        desk.page.on("dialog", lambda dialog: dialog.accept())
        desk.page.goto(desk.url + "/admin/articles/tag/")
        desk.page.click(self.LOG_OUT)
        self.answers(desk, "forget")
        assert self.copies(desk) == []

    def test_text_that_others_left_here_long_ago_goes(self, desk):
        desk.opens(ADD)
        desk.page.evaluate(
            "days => localStorage.setItem(`newsroom-desk:99:${days}:tab`,"
            " JSON.stringify({at: Date.now() - days * 86400000, fields: {}}))",
            15,
        )
        desk.page.evaluate(
            "localStorage.setItem('newsroom-desk:99:new:tab', JSON.stringify({at: Date.now(), fields: {}}))"
        )
        desk.opens(ADD)
        assert self.copies(desk) == ["newsroom-desk:99:new:tab"]


class TestHalfTyped:
    """Chromium gives a day without an hour as an empty field."""

    @pytest.mark.parametrize("key", ["Control+Enter", "Control+s"])
    def test_a_time_is_refused_at_its_field_whatever_key_is_pressed(self, desk, key):
        article = factories.article(headline="To wait until tomorrow")
        desk.opens(change(article))
        desk.page.locator("#id_publish_at").focus()
        desk.types("27112026")
        desk.page.keyboard.press(key)
        desk.page.wait_for_selector(
            "[data-field=publish_at] [data-half-typed]:has-text('Write the day and the time')"
        )
        assert desk.focus() == "publish_at"
        article.refresh_from_db()
        assert article.state == "draft"
        desk.page.fill("#id_publish_at", "2027-01-05T06:00")
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_selector(SAVED)
        assert desk.page.locator("[data-half-typed]").count() == 0

    def test_letters_left_in_the_bylines_sign_nothing(self, desk):
        factories.author("Mairi Caldwell")
        article = factories.article(authors=[])
        desk.opens(change(article))
        desk.page.click("#id_bylines_typed")
        desk.types("iri")
        desk.page.wait_for_selector("[role=option]:has-text('Mairi')")
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_selector(SAVED)
        assert not article.bylines.exists()
        assert "Choose one that is suggested" in desk.page.inner_text("[data-field=bylines]")
        desk.page.click("#id_bylines_typed")
        desk.page.wait_for_selector("[role=option]:has-text('Mairi')", state="attached")
        desk.page.keyboard.press("ArrowDown")
        desk.page.keyboard.press("Enter")
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_selector(SAVED)
        assert [line.author.name for line in article.bylines.all()] == ["Mairi Caldwell"]
