"""What must be true of a site after a fault, once its press has run again."""

import contextlib
import gzip
import random
from dataclasses import dataclass

import brotli

from tests.servers import ask

LISTS = ("/", "/world/", "/tag/coast/", "/author/mara-ellis/")


@dataclass
class Story:
    number: int
    address: str
    words: str


class Edition:
    """What a test's editors have done, and what readers must therefore find."""

    def __init__(self, site, name):
        self.site = site
        self.name = name
        self.stories = []
        self.never = [f"{name} draft", f"{name} withdrawn"]
        self._numbers = iter(range(10**6))
        self._dice = random.Random(name)  # noqa: S311 - the same words every time

    def words(self, kind="story"):
        return f"{self.name} {kind} {next(self._numbers)}."

    def publish(self, **more):
        words = self.words()
        done = self.site.editors.do("publish", words=words, **more)
        self.stories.append(Story(done["number"], done["address"], words))
        return self.stories[-1]

    def change(self):
        story, words = self._dice.choice(self.stories), self.words()
        done = self.site.editors.do("change", number=story.number, words=words)
        # A story whose day is another than when it was planned, as about midnight, moves to that.
        story.address, story.words = done["address"], words
        return story

    def draft(self):
        self.site.editors.do("draft", words=self.words("draft"))

    def retract(self):
        """A story that was out for a moment and is withdrawn."""
        done = self.site.editors.do("publish", words=self.words("withdrawn"))
        self.site.editors.do("withdraw", number=done["number"])
        return done["address"]


@contextlib.contextmanager
def printing(site, **variables):
    """A press of the site's own while the block runs."""
    press = site.press(**variables)
    try:
        yield press
    finally:
        if press.poll() is None:
            site.kill_press(press)


def assert_healed(site, edition):
    """A press comes, prints what is missing, and all is as it should be."""
    with printing(site):
        site.wait_for_press(site.editors)
    assert site.editors.do("differences") == []
    assert_nothing_is_lost(site, edition)
    assert_shelf_is_whole(site, edition)


def assert_nothing_is_lost(site, edition):
    public = site.editors.do("public")
    for story in edition.stories:
        assert story.address in public
        answer = ask(site.port, story.address, accept_encoding="gzip")
        assert answer.status == 200, story
        assert story.words.encode() in answer.body, story
        assert on_the_shelf(site, story.address), f"{story} is not printed"
    for path in (*public, *LISTS):
        answer = ask(site.port, path)
        assert answer.status == 200, path
        assert answer.is_whole, path


def assert_shelf_is_whole(site, edition):
    """Every file a whole page, its compressed forms the same page, and nothing on it that isn't public."""
    pages = sorted(site.shelf.rglob("index.html"))
    assert pages
    for page in pages:
        text = page.read_bytes()
        assert text[:15] == b"<!doctype html>", page
        assert text.strip().endswith(b"</html>"), page
        assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == text, page
        assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == text, page
        assert not any(words.encode() in text for words in edition.never), page


def on_the_shelf(site, path):
    return (site.shelf / "pages" / path.strip("/") / "index.html").exists()
