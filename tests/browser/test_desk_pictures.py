"""Pictures in the text: how the writing goes on after one, and what else stands in the text as a box."""

import pytest

from articles.body import sanitise
from articles.models import Article
from articles.publishing.picture_library.intake import add_image
from tests import factories
from tests.articles.images.samples import encoded, noise
from tests.waiting import wait_until

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/articles/article/add/"


@pytest.fixture
def desk(reader, site, log_in):
    page = reader(**DESK)
    ana = factories.editor("ana")
    factories.author("Ana Lind", user=ana)
    log_in(page, ana)
    desk = Desk(page, site.url)
    desk.opens(ADD)
    page.click(".cke_editable")
    desk.types("Text.")
    return desk


def picture_is_dropped(desk, alt):
    desk.drops_file(".cke_editable", f"{alt}.jpg", factories.picture_bytes(900, 600))
    desk.page.wait_for_selector(".desk-figure-panel:visible")
    desk.types(alt)
    desk.page.wait_for_selector(f"figure img[alt='{alt}'][data-cke-saved-src^='/media/']")
    desk.page.keyboard.press("Enter")


def order_of(desk):
    """The blocks of the text: the words of each, and of a picture its alt text and caption."""
    return desk.page.evaluate(
        """[...new DOMParser().parseFromString(CKEDITOR.instances.id_body.getData(), "text/html").body.children]
        .map((block) => [block.querySelector("img")?.alt, block.textContent.trim()].filter(Boolean).join(": "))"""
    )


def test_enter_in_a_caption_goes_on_with_the_text(desk):
    picture_is_dropped(desk, "A wall")
    desk.types("At Port Ansel")
    desk.page.keyboard.press("Enter")
    desk.types("The text goes on.")
    assert order_of(desk) == ["Text.", "A wall: At Port Ansel", "The text goes on."]


def test_down_goes_on_under_a_picture_that_ends_the_text(desk):
    picture_is_dropped(desk, "A wall")
    desk.types("At Port Ansel")
    desk.page.keyboard.press("ArrowDown")
    desk.types("The text goes on.")
    assert order_of(desk) == ["Text.", "A wall: At Port Ansel", "The text goes on."]


def test_a_picture_added_while_the_caret_is_in_a_caption_comes_after_that_picture(desk):
    image = factories.image(alt="A harbour at dusk")
    picture_is_dropped(desk, "A wall")
    desk.types("At Port Ansel")
    desk.page.click(".cke_button__deskpicture")
    desk.page.click(".desk-picker li button >> nth=1")
    desk.page.wait_for_selector("figure >> nth=1")
    assert order_of(desk) == ["Text.", "A wall: At Port Ansel", image.alt]


def test_a_gallery_is_kept_and_its_captions_can_be_written(desk):
    one, two = factories.image(alt="A harbour"), factories.image(alt="A wall")
    gallery = "".join(
        f'<figure><img data-image="{image.id}" alt="{image.alt}"></figure>' for image in (one, two)
    )
    article = factories.article(
        body=f'<p>Before.</p>\n<figure class="gallery">{gallery}</figure>\n<p>After.</p>'
    )
    desk.opens(f"/admin/articles/article/{article.pk}/change/")
    desk.page.click("figure.gallery figcaption >> nth=1")
    desk.types("At Port Ansel")
    body = sanitise(desk.page.evaluate("CKEDITOR.instances.id_body.getData()"))
    assert [line.split("<img")[0] for line in body.split("\n")] == [
        "<p>Before.</p>",
        '<figure class="gallery"><figure>',
        "<p>After.</p>",
    ]
    assert body.count("<figure>") == 2
    assert "<figcaption>At Port Ansel</figcaption></figure></figure>" in body


def groups_of(desk):
    """What is stored: of each group its kind and the alt texts in it; of a picture alone, its alt text."""
    body = sanitise(desk.page.evaluate("CKEDITOR.instances.id_body.getData()"))
    return desk.page.evaluate(
        """(body) => [...new DOMParser().parseFromString(body, "text/html").body.children]
        .filter((block) => block.matches("figure"))
        .map((block) => [block.className, ...[...block.querySelectorAll("img")].map((image) => image.alt)].filter(Boolean).join(" "))""",
        body,
    )


def test_pictures_are_put_together_and_taken_apart_in_their_panel(desk):
    figures = "".join(
        f'<figure><img data-image="{factories.image().id}" alt="{alt}"></figure>'
        for alt in ("One", "Two", "Three")
    )
    article = factories.article(body=f"<p>Before.</p>{figures}<p>After.</p>")
    desk.opens(f"/admin/articles/article/{article.pk}/change/")
    press = lambda label: desk.page.click(f".desk-figure-panel button:text-is('{label}'):visible")  # noqa: E731
    desk.page.click("figure img[alt=One]")
    assert not desk.page.is_visible("text=Put together with the one above")
    desk.page.click("figure img[alt=Two]")
    press("Put together with the one above")
    assert groups_of(desk) == ["pair One Two", "Three"]
    press("Gallery")
    assert groups_of(desk) == ["gallery One Two", "Three"]
    press("Side by side")
    desk.page.click("figure img[alt=Three]")
    press("Put together with the one above")
    assert groups_of(desk) == ["gallery One Two Three"]
    desk.page.click("figure img[alt=Two]")
    press("Take out of the group")
    assert groups_of(desk) == ["gallery One Three", "Two"]
    desk.page.click("figure img[alt=One]")
    press("Take out of the group")
    assert groups_of(desk) == ["Three", "One", "Two"]
    desk.page.click(".cke_editable >> text=After.")
    desk.page.keyboard.press("Control+z")
    assert groups_of(desk) == ["gallery One Three", "Two"]


def test_a_picture_stands_left_or_right_as_the_language_runs(desk):
    picture_is_dropped(desk, "A wall")
    assert desk.page.inner_text("[data-place=start]") == "Left"
    desk.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    desk.page.select_option("[name=language]", "ar")
    desk.page.click(".cke_editable figcaption")
    desk.page.click("[data-place=start]")
    desk.page.wait_for_selector("[data-place=start]:text-is('Right')")
    assert desk.page.get_attribute(".cke_editable", "dir") == "rtl"


def test_an_address_of_a_video_is_shown_as_a_box_and_stays_an_address(desk):
    desk.page.keyboard.press("Enter")
    desk.types("https://www.youtube.com/watch?v=abcdefghijk")
    desk.page.keyboard.press("Enter")
    desk.types("https://example.org/")
    desk.page.wait_for_selector("p[data-cke-embed='youtube.com']")
    assert desk.page.locator("p[data-cke-embed]").count() == 1
    assert "data-cke" not in desk.body()


def test_a_new_table_has_a_head(desk):
    desk.page.click(".cke_button__table")
    desk.page.click(".cke_dialog_ui_button_ok")
    desk.page.wait_for_selector(".cke_editable thead th[scope=col]")


def test_what_is_wrong_leads_to_the_place_itself(desk):
    desk.page.keyboard.press("Control+Enter")
    desk.page.click("#desk-wrong a[href='#id_section']")
    assert desk.focus() == "id_section_typed"


def test_tab_leads_from_the_tags_to_adding_an_author_and_not_into_a_role(desk):
    factories.author("Mara Ellis")
    desk.page.click("#id_bylines_typed")
    desk.types("mara")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector(".desk-rows__name")
    desk.page.focus("#id_tags_typed")
    desk.page.keyboard.press("Tab")
    assert desk.focus() == "id_bylines_typed"
    desk.page.fill("[name=headline]", "A headline")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector("[data-save-state][data-saved]")
    bylines = Article.objects.get().bylines.order_by("order")
    assert [each.author.name for each in bylines] == ["Ana Lind", "Mara Ellis"]


def test_a_picture_that_says_nothing_is_asked_about_at_its_place_and_its_panel_covers_no_text(desk):
    """A picture of the library is sharp at once. The panel leaves room under the picture, goes when the writing
    goes on elsewhere, and asks before the picture is published without words."""
    factories.section("World")
    factories.image(alt="", credit="Ana Lind")
    desk.page.reload()
    desk.is_ready()
    desk.page.click(".cke_editable")
    desk.types("Text.")
    desk.page.click(".cke_button__deskpicture")
    desk.page.click(".desk-picker li button")
    image = desk.page.wait_for_selector(".cke_editable figure img")
    wait_until(lambda: image.evaluate("image => image.complete && image.naturalWidth") > 700)
    desk.page.click(".cke_editable figure img")
    desk.page.keyboard.press("Enter")
    desk.types("Text that goes on.")
    desk.page.click(".cke_editable figure img")
    panel = desk.page.wait_for_selector(".desk-figure-panel:visible").bounding_box()
    after = desk.page.locator(".cke_editable p", has_text="goes on").bounding_box()
    assert after["y"] >= panel["y"] + panel["height"]
    desk.page.click("[name=kicker]")
    desk.page.wait_for_selector(".desk-figure-panel", state="hidden")
    desk.page.fill("[name=headline]", "A headline")
    desk.page.fill("#id_section_typed", "World")
    desk.page.keyboard.press("Tab")
    desk.page.click("[name=_publish]")
    desk.page.wait_for_selector(
        ".desk-figure-panel__question:text-is('What does it show? Or is it only decoration?')"
    )
    assert desk.page.evaluate("document.activeElement.closest('label').textContent") == "Alt text"
    desk.page.check(".desk-figure-panel__check input")
    desk.page.click("[name=_publish]")
    desk.waits_for_state("Live")
    body = Article.objects.get().body
    assert "data-decorative" in body
    assert "<figcaption><cite>Ana Lind</cite></figcaption>" in body


def test_another_lead_picture_offers_the_alt_texts_that_it_has_elsewhere(desk):
    image = factories.image("A wall")
    factories.article(lead_image=image, lead_alt="A grey wall above a grey sea")
    desk.page.click("[data-open-picker]")
    desk.page.click(".desk-picker__grid button")
    desk.page.click("[data-lead-alts] button:text-is('A grey wall above a grey sea')")
    assert desk.page.input_value("#id_lead_alt") == "A grey wall above a grey sea"
    desk.page.wait_for_selector("[data-lead-alts] button:text-is('A wall'):visible")


def test_the_library_is_narrowed_and_gone_through_with_the_keys(desk):
    images = [factories.image(f"Picture {number}", width=64, height=48) for number in range(3)]
    factories.image("", width=64, height=48)
    desk.page.click(".cke_button__deskpicture")
    desk.page.wait_for_selector(".desk-picker li >> nth=3")
    desk.page.select_option(".desk-picker [data-narrow]", label="Without alt text")
    wait_until(lambda: desk.page.locator(".desk-picker li").count() == 1)
    desk.page.select_option(".desk-picker [data-narrow]", label="All pictures")
    desk.page.fill(".desk-picker input", "picture")
    wait_until(lambda: desk.page.locator(".desk-picker li").count() == 3)
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "ArrowRight", "Enter"):
        desk.page.keyboard.press(key)
    desk.page.wait_for_selector("figure img[alt='Picture 1']")
    assert f'data-image="{images[1].pk}"' in desk.body()


def test_a_picture_that_looks_like_one_of_the_library_is_offered_in_its_place(desk):
    photograph = noise(600, 400, grain=60)
    there = add_image(encoded(photograph, "JPEG"), name="boats.jpg", by=None, alt="Boats")
    desk.drops_file(".cke_editable", "again.jpg", encoded(photograph.resize((450, 300)), "JPEG"))
    desk.page.get_by_role("button", name="Use “Boats”").click()
    wait_until(lambda: f'data-image="{there.pk}"' in desk.body())
    assert not desk.page.locator(".desk-alike").count()
