import datetime
import re
from collections import Counter
from io import BytesIO

import pytest
from PIL import Image as Picture

from articles.images import ROLES, make_master
from articles.management.demo.reading import (
    Text,
    Unreadable,
    duration,
    read_newsroom,
    read_pages,
    read_picture_files,
    read_picture_words,
    read_text,
    read_texts,
    with_figures,
)
from articles.models.articles.kinds import Kind

TEXTS = read_texts()
FILES = read_picture_files()
PORTRAITS = {author["slug"] for author in read_newsroom()["authors"]}
PARAGRAPH = re.compile(r"<p>.{60,}?</p>")


def figures_of(text):
    found = []
    with_figures(text.body, lambda name, side: found.append(name) or "")
    return found


class TestDuration:
    def test_adds_up_what_is_said(self):
        assert duration("2 days 3 hours") == datetime.timedelta(days=2, hours=3)

    def test_knows_months_and_minutes(self):
        assert duration("1 month 40 minutes") == datetime.timedelta(days=30.4, minutes=40)

    @pytest.mark.parametrize("said", ["", "soon", "3 weeks", "2 days ago"])
    def test_says_how_to_write_it_when_it_cannot_be_read(self, said):
        with pytest.raises(Unreadable, match="3 days 5 hours"):
            duration(said)


class TestAFile:
    def test_without_front_matter_is_refused_with_its_name(self, tmp_path):
        path = tmp_path / "bare.html"
        path.write_text("<p>Only a text.</p>")
        with pytest.raises(Unreadable, match="bare.html"):
            read_text(path)

    def test_with_an_unknown_state_is_refused(self):
        with pytest.raises(Unreadable, match="in review"):
            Text("x", "X", "", "world", (), (), "", state="lost")


class TestTheTexts:
    def test_are_sixty_with_two_to_four_known_tags_each(self):
        known = read_newsroom()["tags"]
        assert len(TEXTS) == 60
        assert all(2 <= len(text.tags) <= 4 and set(text.tags) <= set(known) for text in TEXTS)

    def test_use_each_of_the_forty_tags(self):
        assert {tag for text in TEXTS for tag in text.tags} == set(read_newsroom()["tags"])
        assert len(read_newsroom()["tags"]) == 40

    def test_name_sections_and_authors_that_exist(self):
        newsroom = read_newsroom()
        sections = {
            f"{said['parent']}/{said['slug']}" if "parent" in said else said["slug"]
            for said in newsroom["sections"]
        }
        authors = {said["slug"] for said in newsroom["authors"]}
        assert {text.section for text in TEXTS} <= sections
        assert {slug for text in TEXTS for slug, _ in text.authors} == authors

    def test_share_no_paragraph(self):
        found = Counter(paragraph for text in TEXTS for paragraph in PARAGRAPH.findall(text.body))
        assert found.most_common(1)[0][1] == 1

    def test_have_one_each_of_the_states_that_are_not_public(self):
        states = Counter(text.state for text in TEXTS)
        assert states == {"published": 56, "scheduled": 1, "in review": 1, "draft": 1, "withdrawn": 1}

    def test_hold_a_long_read_of_ten_parts(self):
        assert any(text.body.count("<h2>") == 10 and len(text.body.split()) > 2000 for text in TEXTS)

    def test_hold_a_very_long_and_a_very_short_headline(self):
        lengths = sorted(len(text.headline) for text in TEXTS)
        assert lengths[0] < 5
        assert lengths[-1] > 165

    def test_hold_a_right_to_left_article(self):
        (text,) = [text for text in TEXTS if text.direction == "rtl"]
        assert text.language == "ar"
        assert len(text.body.split()) > 400

    def test_hold_an_article_of_every_kind_and_both_boxes(self):
        assert {text.kind for text in TEXTS} == set(Kind.values)
        assert all(
            any(f'<aside class="{name}">' in text.body for text in TEXTS) for name in ("facts", "summary")
        )

    def test_hold_every_kind_of_note(self):
        kinds = {note.kind for text in TEXTS for note in text.notes}
        assert kinds == {"correction", "clarification", "update"}

    def test_span_two_years_with_most_in_the_latest_eight_weeks(self):
        ages = [text.age.days for text in TEXTS]
        assert max(ages) > 650
        assert sum(age < 56 for age in ages) > 40
        assert sum(age == 0 for age in ages) > 6


class TestThePictures:
    def test_are_all_there_and_all_shown(self):
        shown = {name for text in TEXTS for name in [text.lead, *figures_of(text)] if name}
        assert shown == set(read_picture_words())
        assert shown | PORTRAITS == set(FILES)

    def test_are_large_enough_for_every_use_and_small_to_install(self):
        for name, data in FILES.items():
            size = Picture.open(BytesIO(data)).size
            assert size == ((900, 900) if name in PORTRAITS else (1800, 1200)), name
        assert max(role.widths[-1] for role in ROLES.values()) <= 1800
        assert sum(map(len, FILES.values())) <= 6_000_000

    def test_are_no_two_alike(self):
        assert len(set(FILES.values())) == len(FILES) == 71

    def test_can_be_uploaded_as_an_editor_would(self):
        master = make_master(FILES["sea-wall"])
        assert (master.width, master.height, master.format) == (1800, 1200, "JPEG")

    def test_lead_one_article_each(self):
        leads = Counter(text.lead for text in TEXTS if text.lead)
        assert max(leads.values()) == 1
        assert len(leads) > 45

    def test_say_what_they_show_in_words_of_their_own(self):
        words = read_picture_words().values()
        assert all(len(said["alt"]) > 40 and said["caption"] and said["credit"] for said in words)
        assert len({said["alt"] for said in words}) == len(words)

    def test_are_left_by_nothing_that_no_reader_replaced(self):
        assert not any("data-drawing" in with_figures(text.body, lambda *_: "") for text in TEXTS)


class TestThePapersOwnPages:
    def test_are_four_in_the_order_of_the_foot(self):
        pages = sorted(read_pages(), key=lambda page: page[1]["order"])
        assert [path for path, *_ in pages] == ["about", "contact", "privacy", "corrections-policy"]
