"""The catalogues of readers' words are whole and compiled."""

import io
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation

from articles.words import languages
from articles.words.languages import listed, speaking, spoken

ROOT = Path(__file__).parents[3]
FOLDERS = sorted(languages.CATALOGUES.glob("*/LC_MESSAGES"))
ASKED_FOR = "ar de es fr he hi id it ja nl pl pt pt-br ru tr uk vi zh-hans"


def catalogue(folder):
    with (folder / "django.po").open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def messages():
    """What the code and the templates say, found as `make words` finds it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    options = {each["pattern"]: each for each in mappings}
    functions = dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"))
    functions |= {"ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    found = extract_from_dir(ROOT, methods, options, functions)
    return {(context, message) for _, _, message, _, context in found}


def test_all_languages_are_there():
    assert {*ASKED_FOR.split(), "en"} == languages.shipped()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
class TestCatalogue:
    def test_has_each_message_of_the_code_and_no_other(self, folder, messages):
        assert {(each.context, each.id) for each in catalogue(folder) if each.id} == messages

    def test_is_translated_whole(self, folder):
        for each in catalogue(folder):
            forms = each.string if isinstance(each.string, tuple) else (each.string,)
            assert all(forms), each.id
            assert not each.fuzzy, each.id

    def test_keeps_what_is_filled_in(self, folder):
        for each in catalogue(folder):
            if each.id:
                assert not list(each.check()), each.id

    def test_is_compiled(self, folder):
        written = io.BytesIO()
        write_mo(written, catalogue(folder))
        assert (folder / "django.mo").read_bytes() == written.getvalue(), "make words"


class TestSpoken:
    def test_is_the_language_itself_where_there_is_a_catalogue(self):
        assert spoken("ar") == "ar"
        assert spoken("zh-hans") == "zh-hans"

    def test_is_the_same_in_another_territory(self):
        assert spoken("de-at") == "de-at"
        with speaking("de-at"):
            assert translation.gettext("Archive") == "Archiv"

    def test_is_the_papers_where_there_is_none(self, settings):
        assert spoken("sw") == "en-gb"
        settings.NEWSROOM = {**settings.NEWSROOM, "LANGUAGE": "de"}
        assert spoken("sw") == "de"
        assert spoken("zh-hant") == "de"


class TestListed:
    @pytest.mark.parametrize(
        ("language", "written"),
        [("en", "Mara, Inés and Tom"), ("de", "Mara, Inés und Tom"), ("ja", "Mara、Inés、Tom"), ("he", "Mara, Inés וTom")],
    )  # fmt: skip
    def test_is_as_the_language_lists(self, language, written):
        with translation.override(language):
            assert listed(["Mara", "Inés", "Tom"]) == written

    def test_of_one_or_none(self):
        assert listed(["Mara"]) == "Mara"
        assert listed([]) == ""
