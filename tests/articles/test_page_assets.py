import re

import pytest
from django.test import override_settings

from articles import page_assets
from articles.page_assets import (
    KINDS,
    MissingAsset,
    listed_files,
    safe,
    script,
    sha256_source,
    source,
    style,
)


class TestTheList:
    def test_names_only_files_that_are_there(self):
        for paths in listed_files().values():
            for path in paths:
                source(path)

    def test_says_which_file_is_missing(self):
        with pytest.raises(MissingAsset, match="static/css/nothing.css does not exist"):
            source("css/nothing.css")

    def test_knows_every_kind_of_page(self):
        assert set(listed_files()) == set(KINDS)
        assert all(paths for paths in listed_files().values())


class TestStyle:
    def test_minifying_keeps_what_the_sheets_are_made_of(self, tmp_path, monkeypatch):
        sheet = """
            /* a comment */
            @layer reset, tokens, base;
            @layer components {
              .card { color: var(--ink); & .card__title { margin: 0 } &:hover { color: red } > a { top: 0 } }
              .list:has(> .card) { width: calc(100% - 2 * var(--s3)); inset: max(1px, 2px) auto }
              @container page (min-width: 700px) { .card { font: 600 clamp(1rem, 2cqi + 1rem, 3rem)/1.14 serif } }
              @media (prefers-color-scheme: dark) and (min-width: 10em) { a { color: light-dark(#fff, #000) } }
              .a:is(.b, .c) :not(.d) + .e ~ .f { content: "a  b /* c */" }
            }
        """
        monkeypatch.setattr(page_assets, "source", {"css/x.css": sheet}.get)
        made = style(["css/x.css"])
        assert "a comment" not in made
        for kept in (
            "@layer reset,tokens,base;",
            "& .card__title{margin:0}",
            "&:hover{",
            "calc(100% - 2 * var(--s3))",
            "@container page (min-width:700px){",
            "clamp(1rem,2cqi + 1rem,3rem)/1.14 serif",
            "and (min-width:10em)",
            ":not(.d)",
            '"a  b /* c */"',
        ):
            assert kept in made, (kept, made)
        assert re.search(r"\.list:has\( ?>\.card\)|\.list:has\(> ?\.card\)", made), made
        assert re.search(r"\.a:is\(\.b,\.c\) :not", made), made

    def test_braces_of_every_bundle_are_in_balance(self):
        for kind in KINDS:
            css = page_assets.page_assets(kind).style()
            assert css.count("{") == css.count("}") > 10

    def test_is_shorter_than_its_sheets(self):
        for kind, paths in listed_files().items():
            whole = sum(len(source(path)) for path in paths if path.endswith(".css"))
            assert len(page_assets.page_assets(kind).style()) < whole


class TestScript:
    def test_has_its_names_for_itself(self, monkeypatch):
        files = {"js/a.js": "export function open(x) { return x; }\nopen(1);"}
        monkeypatch.setattr(page_assets, "source", files.get)
        made = script("js/a.js")
        assert "export" not in made
        assert made.startswith('(()=>{"use strict";')
        assert "function open(x){return x;}" in made.replace("\n", "")

    def test_a_site_version_script_is_small(self):
        assert len(page_assets.page_assets("page").head_script.encode()) < 1500


class TestSafety:
    @pytest.mark.parametrize("text", ["a</style>b", "a</SCRIPT >b", "<!-- a"])
    def test_refuses_what_would_end_its_element(self, text):
        with pytest.raises(ValueError, match="would end its own element"):
            safe(text)

    def test_a_page_goes_without_what_it_does_not_use(self):
        assets = page_assets.page_assets("article")
        embeds = assets.enhancements["embeds"]
        assert embeds in assets.script()
        assert embeds not in assets.script(["embeds"])

    def test_a_hash_is_written_as_the_policy_wants_it(self):
        # From the CSP specification: the empty string's digest.
        assert sha256_source("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


class TestKeeping:
    def test_is_built_once_a_process(self):
        assert page_assets.page_assets("front") is page_assets.page_assets("front")

    @override_settings(DEBUG=True)
    def test_is_built_anew_while_developing(self):
        assert page_assets.page_assets("front") is not page_assets.page_assets("front")
