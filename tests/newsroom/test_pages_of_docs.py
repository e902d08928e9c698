"""Every page of the documentation is in README's index, and every link in one leads somewhere."""

import re
from urllib.parse import unquote

import pytest

from tests.servers.application import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|^ {4,}.*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def links(page):
    """Those within the project: (path, anchor)."""
    for link in LINK.findall(CODE.sub("", page.read_text())):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            yield (page.parent / unquote(path)).resolve() if path else page, anchor


def anchors(page):
    """As GitHub names headings."""
    for heading in re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        yield re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


class TestIndex:
    def test_names_every_page(self):
        index = (ROOT / "README.md").read_text().partition("## All pages of the documentation")[2]
        named = {(ROOT / link).resolve() for link in LINK.findall(index)}
        # The pages of decisions are the files of one folder.
        missing = [page for page in PAGES if page not in named and page.parent not in named]
        assert missing == [ROOT / "README.md"]


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
    def test_lead_somewhere(self, page):
        broken = [
            f"{path.relative_to(ROOT)}#{anchor}"
            for path, anchor in links(page)
            if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path))
        ]
        assert broken == []
