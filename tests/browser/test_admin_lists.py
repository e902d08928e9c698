"""The desk's lists under a person's hands: sections dragged, pictures dropped, stories found."""

import base64
import datetime

import pytest
from django.utils import timezone

from articles.models import Author, Image, Page, Section, State
from articles.publishing.sections import order_sections
from tests import corpora, factories
from tests.waiting import wait_until

from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = datetime.timedelta(days=365)


@pytest.fixture
def ana(site):
    return factories.editor("ana")


@pytest.fixture
def desk(reader, site, log_in, ana):
    page = reader(**DESK)
    log_in(page, ana)
    page.site = site.url
    return page


def drag(page, row, onto):
    """With the mouse, as a hand does it: press, move, move on, let go."""
    start, end = (
        page.locator("#result_list tbody tr", has_text=name).locator(".handle").first for name in (row, onto)
    )
    start.hover()
    page.mouse.down()
    box = end.bounding_box()
    # No faster than a hand: while a row glides to its new place, the script that drags takes no other.
    for height in (box["height"], box["height"] / 2, 4, 3, 2):
        page.mouse.move(box["x"] + 5, box["y"] + height, steps=4)
        page.wait_for_timeout(250)
    with page.expect_navigation():
        page.mouse.up()


def drop(page, selector, files):
    """Files let go over an element, as the browser tells the page."""
    data = page.evaluate_handle(
        """(files) => {
            const data = new DataTransfer();
            for (const [name, text] of files) {
                const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                data.items.add(new File([bytes], name, { type: "image/jpeg" }));
            }
            return data;
        }""",
        [[name, base64.b64encode(content).decode()] for name, content in files],
    )
    page.dispatch_event(selector, "drop", {"dataTransfer": data})


def paste(page, data):
    """A picture on the clipboard, as a browser hands it over."""
    page.evaluate(
        """(bytes) => {
            const data = new DataTransfer();
            const text = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
            data.items.add(new File([text], "image.png", { type: "image/png" }));
            document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        base64.b64encode(data).decode(),
    )


def refusals_are_all(console):
    """The console names each picture that the server refused, and nothing else."""
    assert all("status of 422" in each for each in console.complaints), console.complaints
    console.complaints.clear()


class TestSections:
    def test_are_dragged_into_order_with_their_subsections(self, desk):
        world, science = factories.section("World"), factories.section("Science")
        factories.section("Harbours", parent=world)
        order_sections()
        desk.goto(f"{desk.site}/admin/articles/section/")
        drag(desk, "Science", "World")
        names = desk.locator(".section-name").all_inner_texts()
        assert names == ["Science", "World", "Harbours"]
        assert list(Section.objects.values_list("name", flat=True)) == names
        science.refresh_from_db()
        assert science.order == 1


class TestPictures:
    def test_are_dropped_on_the_library(self, desk, reader):
        desk.goto(f"{desk.site}/admin/articles/image/")
        files = [(f"{number}.jpg", factories.picture_bytes(300, 200)) for number in range(2)]
        drop(desk, "#content h1", [*files, ("drawing.svg", b"<svg/>")])
        desk.get_by_text("2 pictures are in the library").wait_for()
        assert Image.objects.count() == 2
        # Each has its own line, also the one that is refused.
        assert desk.locator(".arriving img").count() == 2
        assert "SVG" in desk.locator(".arriving__refused").inner_text()
        refusals_are_all(reader.console)

    def test_are_pasted_into_the_library_whatever_they_are(self, desk, reader):
        """Every sixth file of the corpora: each has a line that says what became of it."""
        files = corpora.sample(corpora.files("images/*/*"), every=6)
        desk.goto(f"{desk.site}/admin/articles/image/")
        for file in files:
            paste(desk, file.read_bytes())
        wait_until(lambda: not desk.locator(".arriving progress").count(), seconds=60)
        lines = desk.locator(".arriving li:not([data-all])").all_inner_texts()
        assert len(lines) == len(files)
        assert all(line.strip() for line in lines)
        assert Image.objects.count() > 0
        refusals_are_all(reader.console)

    def test_that_are_chosen_outlive_the_session(self, desk, password_of, ana, log_in):
        password = password_of(ana)
        log_in(desk, ana)
        desk.goto(f"{desk.site}/admin/articles/image/add/")
        files = [
            {
                "name": f"{number}.jpg",
                "mimeType": "image/jpeg",
                "buffer": factories.picture_bytes(300 + number, 200),
            }
            for number in range(2)
        ]
        desk.get_by_label("Pictures:").set_input_files(files)
        desk.get_by_label("Caption:").fill("At dusk.")
        desk.context.clear_cookies()
        desk.get_by_role("button", name="Add to the library").click()
        dialog = desk.get_by_role("dialog", name="Your session has ended")
        dialog.get_by_label("Username").fill("ana")
        dialog.get_by_label("Password").fill("not this")
        desk.keyboard.press("Enter")
        dialog.get_by_text("Please enter the correct username").wait_for()
        dialog.get_by_label("Username").fill("ana")
        dialog.get_by_label("Password").fill(password)
        desk.keyboard.press("Enter")
        desk.get_by_text("2 pictures are in the library").wait_for()
        assert list(Image.objects.values_list("caption", flat=True)) == ["At dusk."] * 2

    def test_get_their_focal_point_by_a_click(self, desk):
        image = factories.image(width=900, height=600)
        desk.goto(f"{desk.site}/admin/articles/image/{image.pk}/change/")
        picture = desk.locator(".focal img")
        size = picture.bounding_box()
        picture.click(position={"x": size["width"] * 0.25, "y": size["height"] * 0.75})
        desk.locator(".focal__mark").press("ArrowRight")
        desk.get_by_role("button", name="Save", exact=True).click()
        desk.get_by_text("was changed successfully").wait_for()
        image.refresh_from_db()
        assert (image.focus_x, image.focus_y) == (26, 75)

    def test_become_portraits_in_the_librarys_dialog(self, desk):
        author, image = factories.author("Mara Ellis"), factories.image("Mara at her desk")
        desk.goto(f"{desk.site}/admin/articles/author/{author.pk}/change/")
        desk.get_by_role("button", name="Choose a picture").click()
        desk.get_by_role("button", name="Mara at her desk").click()
        desk.get_by_role("button", name="Save", exact=True).click()
        desk.get_by_text("was changed successfully").wait_for()
        assert Author.objects.get().portrait == image


class TestArticles:
    def test_of_last_year_are_found_by_two_words_in_three_acts(self, desk):
        for number in range(5):
            factories.article(headline=f"Rain {number}", standfirst="The wall and its price.")
        factories.published_article(headline="The price of the harbour wall", at=timezone.now() - YEAR)
        desk.goto(f"{desk.site}/admin/")
        desk.get_by_role("searchbox", name="Find an article").click()
        desk.keyboard.type("wall price")
        desk.keyboard.press("Enter")
        row = desk.locator("#result_list tbody tr").nth(0)
        row.get_by_role("link", name="The price of the harbour wall").wait_for()

    def test_are_withdrawn_from_the_list(self, desk):
        article = factories.published_article(headline="The wrong bridge")
        desk.goto(f"{desk.site}/admin/articles/article/")
        desk.get_by_role("checkbox", name="Select “The wrong bridge”").check()
        desk.get_by_label("Action:").select_option("Withdraw…")
        desk.get_by_role("button", name="Go", exact=True).click()
        desk.get_by_role("button", name="Withdraw", exact=True).click()
        desk.get_by_text("Withdrew 1 article").wait_for()
        article.refresh_from_db()
        assert article.state == State.WITHDRAWN

    def test_are_narrowed_to_an_author_found_while_typing(self, desk):
        factories.article(headline="Hers", authors=[factories.author("Mara Ellis")])
        factories.article(headline="His", authors=[factories.author("Jonas Okafor")])
        desk.goto(f"{desk.site}/admin/articles/article/")
        desk.locator(".filter-form .select2-selection").click()
        # Each letter asks anew; the options of the one before go when the answer comes.
        with desk.expect_response("**/autocomplete/*term=mar*"):
            desk.keyboard.type("mar")
        desk.get_by_role("option", name="Mara Ellis").click()
        desk.locator(".select2-selection__rendered:has-text('Mara Ellis')").wait_for()
        desk.get_by_role("button", name="Show", exact=True).click()
        desk.locator("#result_list tbody tr").nth(0).get_by_text("Hers").wait_for()
        assert desk.locator("#result_list tbody tr").count() == 1


class TestPages:
    def test_are_written_in_the_desks_editor(self, desk):
        desk.goto(f"{desk.site}/admin/articles/page/add/")
        desk.get_by_label("Title").fill("About")
        editor = desk.locator(".desk-body--ready .cke_editable")
        editor.click()
        desk.keyboard.type("## Who we are")
        desk.keyboard.press("Enter")
        desk.keyboard.type("A paper.")
        desk.get_by_role("button", name="Save", exact=True).click()
        desk.get_by_text("was added successfully").wait_for()
        body = Page.objects.get().body
        assert "Who we are</h2>" in body
        assert "<p>A paper.</p>" in body
