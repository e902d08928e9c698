from articles.press.status import EVERY
from tests.servers import ask
from tests.waiting import wait_until

from .healing import LISTS, Edition, assert_healed, on_the_shelf, printing
from .readers import Readers

BROKEN = '{% extends "base.html" %}{% block main %}{% include "no/such/template.html" %}{% endblock %}'
SEEN = "SELECT max(seen_at) FROM articles_pressstatus"
ENDLESS = '{% extends "base.html" %}{% block main %}{% for _ in range(10**15) %}{% endfor %}{% endblock %}'


class TestATemplateLoops:
    def test_readers_of_printed_pages_notice_nothing_and_the_press_falls_silent(self, site, tmp_path):
        edition = Edition(site, "endless template")
        edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        before = ask(site.port, "/tag/coast/").body
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "tag.html").write_text(ENDLESS)
        bad = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "OTHER_TEMPLATES": str(tmp_path)}
        with printing(site, **bad) as press, Readers(site.port, never=edition.never) as readers:
            readers.know(*LISTS, edition.stories[0].address)
            story = edition.publish()
            # The article and the front come before lists of topics.
            wait_until(lambda: story.words.encode() in ask(site.port, "/").body)
            assert story.words.encode() in ask(site.port, story.address).body
            # What it says of itself every five seconds it says no more: that is what `doctor` and the alarm go by.
            wait_until(lambda: is_silent(site))
            assert press.poll() is None
            assert ask(site.port, "/tag/coast/").body == before
            # It answers no request to stop.
            site.kill_press(press)
        assert readers.faults == []
        with printing(site):
            # With the template mended nothing is missing.
            wait_until(lambda: story.words.encode() in ask(site.port, "/tag/coast/").body)
        assert_healed(site, edition)


def is_silent(site, seconds=EVERY + 2):
    with site.postgres.connect("newsroom") as connection:
        before, _, after = (
            connection.execute(question).fetchone()
            for question in (SEEN, f"SELECT pg_sleep({seconds})", SEEN)
        )
    return before == after


class TestATemplateIsBroken:
    def test_of_one_kind_of_page_the_others_are_printed(self, site, tmp_path):
        edition = Edition(site, "broken template")
        edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        before = ask(site.port, "/tag/coast/").body
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "tag.html").write_text(BROKEN)
        bad = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "OTHER_TEMPLATES": str(tmp_path)}
        with printing(site, **bad), Readers(site.port, never=edition.never) as readers:
            readers.know(*LISTS, edition.stories[0].address)
            story = edition.publish()
            site.wait_for_press(site.editors)
        assert readers.faults == []
        assert on_the_shelf(site, story.address)
        assert story.words.encode() in ask(site.port, "/").body
        assert story.words.encode() in ask(site.port, "/world/").body
        # The last good copy stands, and somebody is told.
        assert ask(site.port, "/tag/coast/").body == before
        said = site.application.manage("press", "status", check=False).stdout
        assert "not printed: /tag/coast/" in said
        assert "no/such/template.html" in said
        with printing(site):
            # With the template mended the page is tried again by itself, after seconds.
            wait_until(lambda: story.words.encode() in ask(site.port, "/tag/coast/").body)
            wait_until(
                lambda: "not printed" not in site.application.manage("press", "status", check=False).stdout
            )
        assert_healed(site, edition)
