"""Browsers and servers are killed while somebody types: of what was typed no more than seconds are lost.

Each cell is typed in one field, in an article that is new or saved, with pauses or without. The words say their own
number, so that the last one that was kept is known. With the server killed, the browser is killed too, some seconds
later, so that nothing but its own copy is left.
"""

import contextlib
import itertools
import os
import random
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field

import pytest

from articles.models import UnsavedText
from tests import corpora, factories
from tests.servers import find_chromium
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import CHROMIUM, DESK
from .test_desk_traps import SAVED, Held

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"
# Sixteen keys a second, as a fast typist does. A headline takes 300 letters, so no more can be typed in one.
PACE = 60  # milliseconds
LETTERS = len("w000 ")
SECONDS = 8 if corpora.is_full else 4
LOST = 3  # seconds of typing, at most

# Of each field: where one clicks to write in it, and the name under which it is kept.
PLACES = {
    "body": (".cke_editable p >> nth=-1", "body"),
    "headline": ("#id_headline", "headline"),
    "standfirst": ("#id_standfirst", "standfirst"),
    "caption": ("#id_lead_caption", "lead_caption"),
    "caption in the text": (".cke_editable figcaption", "body"),
}
CELLS = itertools.product(("browser", "server"), ("new", "saved"), ("with pauses", "without pauses"), PLACES)


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
            # The others end by themselves when the first is gone.
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGKILL)


@pytest.fixture
def own_browser(chromium, tmp_path):
    browser = OwnBrowser(chromium, tmp_path / "profile")
    yield browser
    browser.kill()


@pytest.fixture
def sits_down(own_browser, site, log_in):
    factories.section("World")
    editor, image = factories.editor("ana"), factories.image("A wall")
    body = f'<p>As saved.</p>\n<figure><img data-image="{image.pk}"><figcaption>A wall</figcaption></figure>'
    article = factories.article(body=f"{body}\n<p>And on.</p>", lead_image=image)

    def sits_down(kind):
        page = own_browser.start()
        log_in(page, editor)
        desk = Desk(page, site.url)
        desk.opens(ADD if kind == "new" else f"/admin/articles/article/{article.pk}/change/")
        return desk

    return sits_down


@dataclass
class Typed:
    """How many seconds of typing had gone by after each word: on the clock, and if no key had been late."""

    began: float = field(default_factory=time.monotonic)
    by_clock: list = field(default_factory=list)
    by_pace: list = field(default_factory=list)
    pace: float = 0.0

    def word(self, desk):
        desk.page.keyboard.type(f"w{len(self.by_pace):03} ", delay=PACE)
        self.pace += LETTERS * PACE / 1000
        self.by_pace.append(self.pace)
        self.by_clock.append(time.monotonic() - self.began)

    def pause(self, desk, seconds):
        desk.page.wait_for_timeout(seconds * 1000)
        self.pace += seconds

    def lost(self, kept):
        """Seconds of what was typed so far that are not in this text, by pace and by the clock."""
        found = re.findall(r"w(\d{3})", kept)
        last = int(found[-1]) if found else -1
        assert found == [f"{number:03}" for number in range(last + 1)], "a word in between is lost"
        return tuple(times[-1] - (times[last] if found else 0.0) for times in (self.by_pace, self.by_clock))


def types(desk, typed, seconds, has_pauses):
    """A new pause begins the count of seconds anew where a script waits for one, and runs out where it does not."""
    dice, until = random.Random(7), typed.pace + seconds  # noqa: S311 - lengths of pauses
    while typed.pace < until:
        for _ in range(dice.randint(2, 8) if has_pauses else 1):
            typed.word(desk)
        if has_pauses and typed.pace < until:
            typed.pause(desk, dice.choice((0.2, 0.5, 0.9, 1.1, 2)))


def goes_to(desk, kind, place):
    if kind == "new" and place == "caption":
        desk.page.click("[data-open-picker]")
        desk.page.click(".desk-picker__grid button")
    elif kind == "new" and place == "caption in the text":
        desk.page.click(".cke_editable")
        desk.page.click(".cke_button__deskpicture")
        desk.page.click(".desk-picker li button")
    desk.page.click(PLACES[place][0])
    desk.page.keyboard.press("End")


def on_the_server(place):
    row = UnsavedText.objects.exclude(fields={}).first()
    return row.fields[PLACES[place][1]] if row else ""


def brought_back(desk, kind, place):
    """What the form has of it, once this browser is started again."""
    if kind == "new":
        desk.page.click("text=Bring it back")
    else:
        desk.page.wait_for_selector("text=is back. It is not saved yet.")
    name = PLACES[place][1]
    return desk.body() if name == "body" else desk.page.input_value(f"#id_{name}")


@pytest.mark.parametrize(("killed", "kind", "pace", "place"), corpora.sample(CELLS, every=13))
def test_no_more_than_seconds_of_typing_are_lost(
    own_browser, site, sits_down, capfd, killed, kind, pace, place
):
    desk = sits_down(kind)
    goes_to(desk, kind, place)
    typed, lost = Typed(), {}
    types(desk, typed, SECONDS, pace == "with pauses")
    if killed == "server":
        site.kill()
    else:
        own_browser.kill()
    lost["server's copy"] = typed.lost(on_the_server(place))
    if killed == "server":
        try:
            types(desk, typed, SECONDS, pace == "with pauses")
            own_browser.kill()
        finally:
            site.start()
    desk = sits_down(kind)
    lost["text brought back"] = typed.lost(brought_back(desk, kind, place))
    said = ", ".join(f"{name} {by_clock:.1f} s" for name, (_, by_clock) in lost.items())
    with capfd.disabled():
        corpora.is_full and print(f"\n{killed} killed, {kind}, {pace}, {place}: lost of the {said}")
    for name, (by_pace, _) in lost.items():
        assert by_pace <= LOST, f"{name} lacks {by_pace:.1f} s of typing"
    is_saved_and_offered_no_more(desk)


def is_saved_and_offered_no_more(desk):
    if not desk.page.input_value("#id_headline"):
        desk.page.fill("#id_headline", "A headline")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    wait_until(lambda: not UnsavedText.objects.exclude(fields={}).exists())


def test_what_is_typed_while_a_save_is_not_answered_is_kept_in_the_browser(own_browser, sits_down):
    desk = sits_down("saved")
    held = Held(desk.page, "**/change/")
    desk.page.fill("#id_headline", "Typed and sent")
    desk.page.keyboard.press("Control+s")
    desk.page.fill("#id_standfirst", "Typed since")
    # Twice as long as until the copy is written.
    desk.page.wait_for_timeout(2500)
    own_browser.kill()
    assert held.routes
    assert not UnsavedText.objects.exists()
    desk = sits_down("saved")
    desk.page.wait_for_selector("text=is back. It is not saved yet.")
    assert desk.page.input_value("#id_headline") == "Typed and sent"
    assert desk.page.input_value("#id_standfirst") == "Typed since"
