"""Servers stop, networks go away and storage is full while somebody types."""

import time

import pytest

from articles.models import Article, UnsavedText
from tests import factories
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import DESK
from .test_desk_traps import Held, change, crashed

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
STATE = "[data-save-state]"
AUTOSAVED = f"{STATE}:text-matches('^Autosaved [0-9]')"
# Forty keys a second without a pause: a fast typist does fifteen.
PACE = 25  # milliseconds


@pytest.fixture
def editor(site):
    factories.section("World")
    return factories.editor("ana")


@pytest.fixture
def desk(reader, site, editor, log_in):
    page = reader(**DESK)
    log_in(page, editor)
    return Desk(page, site.url)


def numbered(seconds):
    """Words that say their own number, as many as are typed in that time."""
    letters = int(seconds * 1000 / PACE)
    return " ".join(f"w{number:03}" for number in range(letters // 5))


def type_steadily(desk, words):
    desk.page.keyboard.type(words, delay=PACE)


def test_a_server_that_comes_back_is_asked_again_by_itself(desk, site, reader):
    desk.opens(ADD)
    desk.types("One")
    desk.page.wait_for_selector(AUTOSAVED)
    site.kill()
    try:
        desk.types(" two")
        desk.page.wait_for_selector(f"{STATE}:has-text('Not autosaved since')")
        assert "The text is kept in this browser." in desk.page.inner_text(STATE)
    finally:
        site.start()
    desk.page.wait_for_selector(AUTOSAVED, timeout=40_000)
    assert UnsavedText.objects.get().fields["headline"] == "One two"
    reader.console.complaints.clear()


# The headlines of the copies in the browser's store.
STORED = """() => new Promise((resolve, reject) => {
  setTimeout(reject, 10000, new Error("The browser's store does not answer."));
  const request = indexedDB.open("newsroom-desk", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("copies");
  request.onsuccess = () => {
    const copies = request.result.transaction("copies").objectStore("copies").getAll();
    copies.onsuccess = () => {
      request.result.close();
      resolve(copies.result.map(({ fields }) => fields.headline));
    };
  };
})"""


def test_a_server_that_stays_away_is_asked_ever_more_rarely_and_the_browser_keeps_each_second(desk, reader):
    desk.page.clock.install()
    asked = []
    desk.page.route("**/desk/unsaved/", lambda route: (asked.append(1), route.abort()))
    desk.opens(ADD)
    desk.types("One")
    for _ in range(100):
        desk.page.clock.run_for(1_000)
    # After 1, 3, 7, 15, 31, 61 and 91 seconds, each a little later for the answer that did not come.
    assert 5 <= len(asked) <= 7
    desk.types(" two")
    desk.page.clock.run_for(1_500)
    wait_until(lambda: desk.page.evaluate(STORED) == ["One two"])
    assert len(asked) <= 7
    reader.console.complaints.clear()


def test_the_letters_of_the_last_moment_are_kept_in_the_browser_and_the_newest_copy_is_offered(desk, reader):
    desk.opens(ADD)
    desk.types("One")
    desk.page.wait_for_selector(AUTOSAVED)
    # On the server: one word; in the store of the browser: two; in what is written as the page goes: three.
    context = desk.page.context
    context.set_offline(True)
    desk.types(" two")
    desk.page.wait_for_selector(f"{STATE}:has-text('The text is kept in this browser.')")
    desk.types(" three")
    desk.page.close(run_before_unload=False)
    assert UnsavedText.objects.get().fields["headline"] == "One"
    context.set_offline(False)
    desk = Desk(context.new_page(), desk.url)
    desk.opens(ADD)
    assert desk.page.locator(".desk-note").count() == 1
    desk.page.click("text=Bring it back")
    assert desk.page.input_value("#id_headline") == "One two three"
    reader.console.complaints.clear()


def test_a_network_that_is_lost_is_said_and_its_return_noticed(desk, reader):
    desk.opens(ADD)
    desk.page.context.set_offline(True)
    desk.types("Typed on a train")
    desk.page.wait_for_selector(f"{STATE}:has-text('you are offline. The text is kept in this browser.')")
    desk.page.context.set_offline(False)
    desk.page.wait_for_selector(AUTOSAVED, timeout=10_000)
    assert UnsavedText.objects.get().fields["headline"] == "Typed on a train"
    reader.console.complaints.clear()


def test_a_log_in_that_ended_is_said_and_nothing_is_lost(desk, editor, log_in, reader):
    desk.opens(ADD)
    desk.page.context.clear_cookies()
    desk.types("Typed for hours")
    desk.page.wait_for_selector(f"{STATE}:has-text('you are logged out. Log in again in another tab.')")
    log_in(desk.page, editor)
    other = desk.page.context.new_page()
    other.goto(desk.url + "/admin/articles/tag/add/")
    desk.page.wait_for_selector(AUTOSAVED, timeout=40_000)
    assert UnsavedText.objects.get().fields["headline"] == "Typed for hours"
    reader.console.complaints.clear()


def test_storage_that_is_full_is_said(desk, reader):
    desk.opens(ADD)
    browser = desk.page.context.new_cdp_session(desk.page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": desk.url, "quotaSize": 1})
    desk.page.context.set_offline(True)
    desk.types("Typed on a train")
    desk.page.wait_for_selector(f"{STATE}:has-text('Nothing keeps a copy: leave this page open.')")
    desk.page.context.set_offline(False)
    desk.page.wait_for_selector(AUTOSAVED, timeout=10_000)
    reader.console.complaints.clear()


# A store that never opens, as in a browser whose profile is damaged.
SILENT = "IDBFactory.prototype.open = () => new EventTarget()"


def test_a_store_that_does_not_answer_keeps_no_text_from_the_server_and_none_of_it_back(desk):
    article = factories.article(headline="As saved")
    desk.opens(change(article))
    desk.page.fill("#id_headline", "Typed before")
    desk = crashed(desk)
    desk.page.add_init_script(SILENT)
    desk.opens(change(article))
    desk.page.wait_for_selector("text=is back. It is not saved yet.")
    assert desk.page.input_value("#id_headline") == "Typed before"
    desk.page.fill("#id_standfirst", "Typed here")
    wait_until(lambda: UnsavedText.objects.filter(fields__standfirst="Typed here").exists())


def test_a_store_that_the_browser_closes_is_opened_again(desk, reader):
    desk.opens(ADD)
    desk.types("One")
    desk.page.wait_for_selector(AUTOSAVED)
    browser = desk.page.context.new_cdp_session(desk.page)
    browser.send("Storage.clearDataForOrigin", {"origin": desk.url, "storageTypes": "indexeddb"})
    desk.page.context.set_offline(True)
    desk.types(" two")
    desk.page.wait_for_selector(f"{STATE}:has-text('The text is kept in this browser.')")
    reader.console.complaints.clear()


def test_one_request_is_under_way_at_a_time(desk):
    under_way, most = set(), []
    desk.opens(ADD)
    desk.page.on(
        "request",
        lambda asked: "desk/unsaved" in asked.url and (under_way.add(asked), most.append(len(under_way))),
    )
    desk.page.on("response", lambda answer: under_way.discard(answer.request))
    type_steadily(desk, numbered(4))
    wait_until(lambda: desk.page.wait_for_timeout(50) or not under_way)
    assert max(most) == 1
    assert len(most) >= 2


def test_a_field_that_is_invalid_blocks_no_other(desk):
    desk.opens(ADD)
    desk.types("A headline")
    desk.page.click("#id_body, .cke_editable >> visible=true")
    desk.types("A body.")
    desk.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    desk.page.fill("#id_canonical_url", "not an address")
    wait_until(lambda: UnsavedText.objects.filter(fields__canonical_url="not an address").exists())
    kept = UnsavedText.objects.get().fields
    assert (kept["headline"], kept["body"].strip()) == ("A headline", "<p>A body.</p>")


def test_two_windows_keep_two_copies_and_neither_is_brought_into_the_other(desk, site):
    article = factories.article(headline="As saved")
    desk.opens(change(article))
    desk.page.fill("#id_headline", "In the first")
    wait_until(lambda: UnsavedText.objects.count() == 1)
    other = Desk(desk.page.context.new_page(), site.url)
    other.opens(change(article))
    other.page.wait_for_timeout(500)
    assert other.page.input_value("#id_headline") == "As saved"
    other.page.fill("#id_headline", "In the second")
    wait_until(lambda: UnsavedText.objects.count() == 2)
    assert {row.fields["headline"] for row in UnsavedText.objects.all()} == {"In the first", "In the second"}


def test_what_was_autosaved_is_no_version_and_a_save_ends_it(desk):
    article = factories.article(headline="As saved")
    desk.opens(change(article))
    desk.page.fill("#id_headline", "As typed")
    desk.page.wait_for_selector(AUTOSAVED)
    assert Article.objects.get().version == article.version
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(f"{STATE}[data-saved]")
    time.sleep(1.5)
    assert not UnsavedText.objects.exclude(fields={}).exists()
    assert "Autosav" not in desk.page.inner_text(STATE)


def first_is_held(page):
    """Of the copies sent to the server, the first never arrives."""
    held = []
    page.route("**/desk/unsaved/", lambda route: route.continue_() if held else held.append(route))
    return held


def test_text_brought_back_and_saved_before_it_was_autosaved_is_offered_no_more(desk):
    desk.opens(ADD)
    desk.types("Typed before")
    desk = crashed(desk)
    desk.page.add_init_script(SILENT)
    held = first_is_held(desk.page)
    desk.opens(ADD)
    desk.page.click("text=Bring it back")
    wait_until(lambda: desk.page.wait_for_timeout(50) or held)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(f"{STATE}[data-saved]")
    wait_until(lambda: not UnsavedText.objects.exclude(fields={}).exists())


def test_a_copy_that_arrives_after_the_save_is_not_sent_again(desk, reader):
    article = factories.article(headline="As saved")
    desk.opens(change(article))
    copies, sent = Held(desk.page, "**/desk/unsaved/"), []
    desk.page.on("request", lambda asked: asked.url.endswith("/unsaved/") and sent.append(asked))

    def copy_comes_before_the_answer(route):
        answer = route.fetch(max_redirects=0)
        with desk.page.expect_response("**/desk/unsaved/") as refused:
            copies.let_go()
        assert refused.value.status == 409
        desk.page.wait_for_timeout(500)
        route.fulfill(response=answer)

    desk.page.route(f"**{change(article)}", copy_comes_before_the_answer)
    desk.page.fill("#id_headline", "As typed")
    wait_until(lambda: desk.page.wait_for_timeout(50) or copies.routes)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(f"{STATE}[data-saved]")
    assert len(sent) == 1
    assert not UnsavedText.objects.exclude(fields={}).exists()
    reader.console.complaints.clear()
