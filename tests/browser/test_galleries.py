"""Pictures that belong together, as readers get them: no script has a part in it."""

import io
import re

import pytest
from PIL import Image

from tests import factories

from .people import DESKTOP, PHONE
from .test_pictures import draw

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = (0xFF, 0xFD, 0xF9)
NO_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def story(site):
    image, narrow = factories.image(width=1500, height=1000), factories.image(width=1000, height=1500)
    figures = "".join(
        f'<figure><img data-image="{narrow.pk if number == 1 else image.pk}" alt="Quay {number}"><figcaption>Of quay {number}.</figcaption></figure>'
        for number in range(5)
    )
    pair = figures.split("</figure>")[:2]
    groups = f'<figure class="gallery">{figures}</figure><p>Then.</p><figure class="pair">{"</figure>".join(pair)}</figure></figure>'
    article = factories.published_article(body=f"<p>Words before.</p>{groups}<p>Words after.</p>")
    return site.url + article.get_absolute_url()


def opened(reader, story, **screen):
    page = reader(bypass_csp=True, **screen)
    page.route(re.compile(r"/media/renditions/"), draw)
    page.goto(story)
    return page


def boxes(page, group):
    return [each.bounding_box() for each in page.locator(f".{group} > .figure").all()]


def test_on_a_phone_are_swiped_one_by_one(reader, story):
    page = opened(reader, story, **PHONE, **NO_SCRIPT)
    first, second, *_ = boxes(page, "gallery")
    assert first["width"] > 280
    assert first["y"] == second["y"]
    assert second["x"] < 390 < second["x"] + second["width"]
    gallery = page.locator(".gallery").bounding_box()
    page.mouse.move(200, gallery["y"] + 80)
    page.locator(".gallery").scroll_into_view_if_needed()
    page.locator(".gallery").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    after = boxes(page, "gallery")
    # The next picture stands where the first one stood.
    assert after[1]["x"] == pytest.approx(first["x"], abs=2)
    assert page.get_by_text("Of quay 1.").first.is_visible()
    assert page.get_by_role("group", name="Pictures").count() == 1


def test_on_a_phone_nothing_else_moves_sideways_and_a_pair_stands_together(reader, story):
    page = opened(reader, story, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    left, right = boxes(page, "pair")
    assert left["y"] == right["y"]
    assert right["x"] > left["x"] + left["width"]
    assert right["x"] + right["width"] < 390


def test_on_a_wide_screen_stand_beside_each_other_and_the_last_one_is_as_wide_as_the_text(reader, story):
    page = opened(reader, story, **DESKTOP, **NO_SCRIPT)
    found = boxes(page, "gallery")
    assert [each["y"] == found[0]["y"] for each in found] == [True, True, False, False, False]
    assert found[4]["width"] == pytest.approx(found[0]["width"] * 2 + 12, abs=2)
    # Beside a picture of another shape is the paper, and not more of its colour.
    shown = Image.open(io.BytesIO(page.locator(".gallery img").nth(1).screenshot())).convert("RGB")
    width, height = shown.size
    assert shown.getpixel((width - 4, height // 2)) == PAPER
    assert shown.getpixel((4, height - 4)) != PAPER
    assert found[4]["width"] == pytest.approx(page.locator(".prose").bounding_box()["width"], abs=1)


def test_on_paper_are_a_column(reader, story):
    page = opened(reader, story, **DESKTOP)
    page.emulate_media(media="print")
    for width in (1440, 500):
        page.set_viewport_size({"width": width, "height": 900})
        found = boxes(page, "gallery")
        assert len({each["x"] for each in found}) == 1
        assert all(
            one["y"] + one["height"] < other["y"] for one, other in zip(found, found[1:], strict=False)
        )


def test_no_script_means_the_same_and_an_article_without_one_has_no_style_for_it(reader, story, site):
    plain = factories.published_article(body="<p>Words.</p>")
    page = opened(reader, site.url + plain.get_absolute_url(), **PHONE)
    assert "scroll-snap" not in page.content()
