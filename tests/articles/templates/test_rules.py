"""What holds for every template that readers' pages are made of, read from the files themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR) / "templates"
READERS = sorted(path for path in ROOT.rglob("*.html") if "admin" not in path.relative_to(ROOT).parts)

FRONT_ALONE = {"navigation/masthead_front.html", "components/latest.html", "components/card_time.html"}


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", READERS, ids=name)
class TestEveryTemplate:
    def test_has_no_style_and_no_handler_in_an_attribute(self, path):
        assert not re.findall(r"""\s(?:style|on[a-z]+)\s*=\s*["']""", path.read_text())

    def test_has_no_script_but_the_pages_own(self, path):
        scripts = re.findall(r"<(?:script|style)[^>]*>", path.read_text())
        allowed = {
            "base.html": ["<script>", "<style>", "<script>"],
            # It stands alone in the frame of another site.
            "pages/embed.html": ["<style>"],
            "components/page_meta.html": ['<script type="application/ld+json">'],
        }
        assert scripts == allowed.get(name(path), [])

    def test_asks_nothing_of_another_host(self, path):
        assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", path.read_text())

    def test_carries_no_token_and_no_time_of_its_own(self, path):
        """A page is printed once, for everybody, and read for months."""
        text = path.read_text()
        assert "csrf_token" not in text
        assert not re.search(r"{%\s*now\b|\|(?:timesince|timeuntil|naturaltime)", text)
        # The front is printed anew each day.
        if name(path) not in FRONT_ALONE:
            assert not re.search(r"{[{%][^}]*\btoday\b", text)

    def test_draws_pictures_by_their_role_only(self, path):
        assert "<img" not in path.read_text()

    def test_is_written_for_the_readers_engine(self, path):
        """Django's own tags would only fail when somebody asks for the page."""
        engines["readers"].env.parse(path.read_text())

    def test_fits_on_a_screen(self, path):
        assert len(path.read_text().splitlines()) <= 40
