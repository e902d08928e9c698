"""The crops of a picture, shown live beside it in the library, and set by hand."""

import pytest

from articles.models import Image
from tests import factories

from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
# What a tile shows: left, top and width in thousandths of the picture.
SHOWN = """tile => {
  const frame = tile.querySelector("[data-frame]").getBoundingClientRect();
  const image = tile.querySelector("img").getBoundingClientRect();
  const part = (length, whole) => Math.round((length / whole) * 1000);
  return [part(frame.left - image.left, image.width), part(frame.top - image.top, image.height), part(frame.width, image.width)];
}"""


@pytest.fixture
def library(reader, site, log_in):
    page = reader(**DESK)
    log_in(page, factories.editor("ana"))
    page.site = site.url
    return page


def opened(page, **words):
    image = factories.image(width=1500, height=1000, **words)
    Image.objects.update(focus_x=50, focus_y=50)
    page.goto(f"{page.site}/admin/articles/image/{image.pk}/change/")
    page.locator(".focal img").evaluate("image => image.decode()")
    return image


def crop(page, name):
    return page.locator(f'[data-crop="{name}"]')


def shown(page, name):
    return crop(page, name).evaluate(SHOWN)


def saved(page, image):
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    image.refresh_from_db()
    return image


def test_all_follow_the_focal_point_as_it_moves(library):
    opened(library)
    assert shown(library, "1:1") == pytest.approx([167, 0, 667], abs=3)
    assert shown(library, "16:9") == pytest.approx([0, 78, 1000], abs=3)
    picture = library.locator(".focal img").bounding_box()
    library.locator(".focal img").click(position={"x": picture["width"] * 0.9, "y": picture["height"] * 0.95})
    assert shown(library, "1:1") == pytest.approx([333, 0, 667], abs=3)
    assert shown(library, "16:9") == pytest.approx([0, 156, 1000], abs=3)
    for _ in range(50):
        library.locator(".focal__mark").press("ArrowLeft")
    assert shown(library, "1:1") == pytest.approx([67, 0, 667], abs=3)


def test_one_is_set_by_hand_with_the_keys_alone_and_follows_again(library):
    image = opened(library)
    by_hand = crop(library, "1:1").get_by_role("button", name="Set by hand")
    by_hand.focus()
    library.keyboard.press("Enter")
    for _ in range(4):
        library.keyboard.press("ArrowLeft")
    crop(library, "1:1").get_by_label("Size").fill("400")
    assert shown(library, "1:1") == pytest.approx([280, 200, 400], abs=3)
    library.locator(".focal img").click(position={"x": 5, "y": 5})
    assert shown(library, "1:1") == pytest.approx([280, 200, 400], abs=3)
    assert shown(library, "16:9") == pytest.approx([0, 0, 1000], abs=3)
    assert saved(library, image).crops in ("1:1 280 200 400", "1:1 280 201 400")
    library.goto(f"{library.site}/admin/articles/image/{image.pk}/change/")
    assert shown(library, "1:1") == pytest.approx([280, 200, 400], abs=3)
    crop(library, "1:1").get_by_role("button", name="Follow the focal point").click()
    assert saved(library, image).crops == ""


def test_one_is_dragged_and_never_beyond_the_picture(library):
    image = opened(library)
    crop(library, "3:2").get_by_role("button", name="Set by hand").click()
    crop(library, "3:2").get_by_label("Size").fill("500")
    frame = crop(library, "3:2").locator("[data-frame]").bounding_box()
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    library.mouse.move(*middle)
    library.mouse.down()
    library.mouse.move(middle[0] - frame["width"] / 4, middle[1] + 2 * frame["height"], steps=3)
    library.mouse.up()
    assert shown(library, "3:2") == pytest.approx([375, 0, 500], abs=4)
    assert saved(library, image).crops == "3:2 375 0 500"
