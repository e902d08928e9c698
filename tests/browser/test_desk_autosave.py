"""Browsers are killed, servers stop and networks go away while somebody types."""

import os
import re
import signal
import subprocess
import time

import pytest

from articles.models import Article, UnsavedText
from tests import factories
from tests.servers import find_chromium
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import CHROMIUM, DESK

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
STATE = "[data-save-state]"
AUTOSAVED = f"{STATE}:text-matches('^Autosaved [0-9]')"
# Forty keys a second without a pause: a fast typist does fifteen.
PACE = 25  # milliseconds
LOST = 3  # seconds of typing, at most


@pytest.fixture
def editor(site):
    factories.section("World")
    return factories.editor("ana")


class OwnBrowser:
    """Chromium with a profile on the disk, which can be killed and started again."""

    def __init__(self, chromium, folder):
        self.kind = chromium.browser_type
        self.folder = folder

    def start(self):
        options = {"executable_path": find_chromium(), "args": CHROMIUM, **DESK}
        self.context = self.kind.launch_persistent_context(self.folder, **options)
        return self.context.pages[0]

    def kill(self):
        listed = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self.folder}"], capture_output=True, text=True
        )
        for number in listed.stdout.split():
            os.kill(int(number), signal.SIGKILL)

    def close(self):
        self.context.close()


@pytest.fixture
def own_browser(chromium, tmp_path):
    browser = OwnBrowser(chromium, tmp_path / "profile")
    yield browser
    browser.kill()


@pytest.fixture
def desk(reader, site, editor, log_in):
    page = reader(**DESK)
    log_in(page, editor)
    return Desk(page, site.url)


def numbered(seconds):
    """Words that say their own number, as many as are typed in that time."""
    letters = int(seconds * 1000 / PACE)
    return " ".join(f"w{number:03}" for number in range(letters // 5))


def last_word(text):
    found = re.findall(r"w(\d{3})", text)
    return int(found[-1]) if found else -1


def type_steadily(desk, words):
    desk.page.keyboard.type(words, delay=PACE)


def assert_little_is_lost(kept, words):
    missing = last_word(words) - last_word(kept)
    assert missing * 5 * PACE / 1000 <= LOST, f"{missing} words are missing"


def started(own_browser, site, editor, log_in):
    page = own_browser.start()
    log_in(page, editor)
    return Desk(page, site.url)


PLACES = {
    "headline": ("#id_headline", lambda page: page.input_value("#id_headline")),
    "standfirst": ("#id_standfirst", lambda page: page.input_value("#id_standfirst")),
    "body": (".cke_editable", lambda page: page.evaluate("CKEDITOR.instances.id_body.getData()")),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_browser_that_is_killed_loses_no_more_than_seconds_of_a_new_article(
    own_browser, site, editor, log_in, place
):
    selector, read = PLACES[place]
    desk = started(own_browser, site, editor, log_in)
    desk.opens(ADD)
    desk.page.click(selector)
    words = numbered(4)
    type_steadily(desk, words)
    own_browser.kill()
    assert_little_is_lost(UnsavedText.objects.get().fields[place], words)
    desk = started(own_browser, site, editor, log_in)
    desk.opens(ADD)
    desk.page.click("text=Bring it back")
    assert_little_is_lost(read(desk.page), words)
    desk.page.click("#id_headline")
    desk.types("Kept ")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(f"{STATE}[data-saved]")
    assert_little_is_lost(read(desk.page), words)
    wait_until(lambda: not UnsavedText.objects.exclude(fields={}).exists())


def test_the_same_while_the_server_was_gone_from_the_copy_in_the_browser(own_browser, site, editor, log_in):
    desk = started(own_browser, site, editor, log_in)
    article = factories.article(headline="As saved", body="<p>One.</p>", lead_image=factories.image())
    change = f"/admin/articles/article/{article.pk}/change/"
    desk.opens(change)
    site.kill()
    try:
        words = numbered(4)
        desk.page.click("#id_lead_caption")
        type_steadily(desk, words)
        desk.page.wait_for_selector(f"{STATE}:has-text('Not autosaved yet: the server does not answer.')")
        own_browser.kill()
    finally:
        site.start()
    assert not UnsavedText.objects.exists()
    desk = started(own_browser, site, editor, log_in)
    desk.opens(change)
    # The article has not changed since: what was typed is in the form at once.
    desk.page.wait_for_selector("text=is back. It is not saved yet.")
    assert_little_is_lost(desk.page.input_value("#id_lead_caption"), words)


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
    change = f"/admin/articles/article/{article.pk}/change/"
    desk.opens(change)
    desk.page.fill("#id_headline", "In the first")
    wait_until(lambda: UnsavedText.objects.count() == 1)
    other = Desk(desk.page.context.new_page(), site.url)
    other.opens(change)
    other.page.wait_for_timeout(500)
    assert other.page.input_value("#id_headline") == "As saved"
    other.page.fill("#id_headline", "In the second")
    wait_until(lambda: UnsavedText.objects.count() == 2)
    assert {row.fields["headline"] for row in UnsavedText.objects.all()} == {"In the first", "In the second"}


def test_what_was_autosaved_is_no_version_and_a_save_ends_it(desk):
    article = factories.article(headline="As saved")
    desk.opens(f"/admin/articles/article/{article.pk}/change/")
    desk.page.fill("#id_headline", "As typed")
    desk.page.wait_for_selector(AUTOSAVED)
    assert Article.objects.get().version == article.version
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(f"{STATE}[data-saved]")
    time.sleep(1.5)
    assert not UnsavedText.objects.exclude(fields={}).exists()
    assert "Autosav" not in desk.page.inner_text(STATE)
