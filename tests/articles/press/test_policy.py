import json

import pytest

from articles.page_assets import Hashes, csp_hashes
from articles.press.imprint import imprint
from articles.press.policy import POLICY, editions, printed_headers, with_hashes
from articles.press.shelf import Shelf

OLD = Hashes(("'sha256-oldstyle='",), ("'sha256-oldscript='",))


@pytest.fixture
def shelf(tmp_path):
    """It was printed with another edition, as it says itself."""
    shelf = Shelf(tmp_path)
    said = [{"styles": OLD.styles, "scripts": OLD.scripts}]
    (tmp_path / "editions.json").write_text(json.dumps(said))
    (tmp_path / "imprint").write_text("another")
    return shelf


def policy(shelf):
    return dict(printed_headers(shelf))[POLICY]


class TestWithHashes:
    def test_adds_each_to_its_own_directive(self):
        said = with_hashes("default-src 'none'; script-src 'a'; style-src 'b'; img-src 'self'", [OLD])
        assert said == (
            "default-src 'none'; script-src 'a' 'sha256-oldscript='; style-src 'b' 'sha256-oldstyle='; img-src 'self'"
        )

    def test_adds_none_twice(self):
        same = Hashes(("'b'",), ("'a'",))
        assert with_hashes("script-src 'a'; style-src 'b'", [same]) == "script-src 'a'; style-src 'b'"


class TestPrintedHeaders:
    def test_are_those_of_the_edition_on_an_empty_shelf(self, tmp_path):
        for hash_ in (*csp_hashes().scripts, *csp_hashes().styles):
            assert hash_ in policy(Shelf(tmp_path))

    def test_name_the_edition_before_until_it_is_printed_anew(self, shelf):
        for _each_worker in range(2):
            assert OLD.scripts[0] in policy(shelf)
            assert OLD.styles[0] in policy(shelf)
        assert editions(shelf) == [csp_hashes(), OLD]

    def test_name_it_while_the_press_is_on_its_way(self, shelf):
        (shelf.root / "imprint").write_text(imprint())
        (shelf.root / "reprint.json").write_text("null")
        assert OLD.scripts[0] in policy(shelf)

    def test_drop_it_when_nothing_of_it_is_left(self, shelf):
        (shelf.root / "imprint").write_text(imprint())
        assert OLD.scripts[0] not in policy(shelf)
        assert editions(shelf) == [csp_hashes()]
