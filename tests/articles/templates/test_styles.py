"""What holds for the sheets that readers' pages are sent with."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from articles.page_assets import KINDS, listed_files, page_assets

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities"]


def rules(path):
    return COMMENT.sub("", path.read_text())


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
class TestEverySheet:
    def test_is_sent_with_some_page(self, path):
        sent = {name for paths in listed_files().values() for name in paths}
        assert f"css/{path.name}" in sent

    def test_names_the_layer_it_belongs_to(self, path):
        named = re.findall(r"^@layer ([a-z]+) {", rules(path), re.MULTILINE)
        assert len(named) == 1
        assert named[0] in LAYERS

    def test_takes_its_colours_from_the_tokens(self, path):
        # Paper is white and ink is black in print.
        allowed = {"tokens.css", "utilities.css"}
        assert path.name in allowed or not re.findall(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl", rules(path))

    def test_runs_either_way(self, path):
        """Nothing is said of left and right: the page is mirrored where its language is."""
        sided = r"(?:margin|padding|border)-(?:left|right)\b|\b(?:left|right):|(?:float|text-align): (?:left|right)"
        assert not re.findall(sided, rules(path))

    def test_asks_for_room_in_the_readers_letters(self, path):
        """With letters of twice the size a page is laid out as one of half the width, because rem and em grow with them."""
        conditions = re.findall(r"@(?:container|media)[^{]*", rules(path))
        assert not [each for each in conditions if re.search(r"\dpx", each) and "device-width" not in each]

    def test_survives_the_minifier(self, path):
        """Inside a block it takes the space before a colon for one of a declaration: `.a :is(b)` → `.a:is(b)`."""
        selectors = re.findall(r"[^{};]+(?={)", rules(path))
        assert not [
            each for each in selectors if re.search(r"[\w\])*\"] +:{1,2}[a-z]", each) and "@" not in each
        ]

    def test_is_short(self, path):
        assert len(path.read_text().splitlines()) <= 250


class TestWhatIsSent:
    def test_begins_with_the_order_of_the_layers(self):
        for kind in KINDS:
            assert page_assets(kind).style().startswith(f"@layer {','.join(LAYERS)};")

    @pytest.mark.parametrize("kind", KINDS)
    def test_leaves_room_for_the_story(self, kind):
        """An article is to fit into the first 14,600 bytes of a connection, headers and all. Few have a
        gallery or a box, or are of another kind than news, and those wait for more than their words."""
        seldom = [name for name in page_assets(kind).sheets if name.startswith("kind_")]
        style = page_assets(kind).style(unused=["gallery", "boxes", *seldom])
        assert len(brotli.compress(style.encode())) <= 4_400

    def test_the_script_of_an_article_is_a_kilobyte_at_most(self):
        assert len(brotli.compress(page_assets("article").script().encode())) <= 1_024


class TestColours:
    @staticmethod
    def themes():
        text = rules(FOLDER / "tokens.css")
        light, dark = text.split("prefers-color-scheme: dark")
        return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in (light, dark)]

    @pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
    def test_text_stands_out_seven_to_one(self, theme):
        colours = self.themes()[theme]
        for ink in ("ink", "soft", "accent"):
            for ground in ("paper", "tint"):
                assert contrast(colours[ink], colours[ground]) >= 7, (ink, ground)

    def test_the_dark_theme_swaps_values_and_nothing_else(self):
        light, dark = self.themes()
        assert light.keys() == dark.keys()
