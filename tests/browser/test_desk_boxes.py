"""A fact box and the points in brief are made, left, undone and taken away by the editor's buttons and keys."""

import pytest

from articles.body import sanitise
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)


def test_boxes_are_written_by_keyboard(reader, site, log_in):
    page = reader(**DESK)
    log_in(page, factories.editor("ana"))
    desk = Desk(page, site.url)
    desk.opens("/admin/articles/article/add/")

    def body():
        return sanitise(page.evaluate("CKEDITOR.instances.id_body.getData()")).replace("\n", "")

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    page.click(".cke_editable")
    desk.types("The hall closes.")
    # The facts come after the paragraph in which the caret is.
    page.click(".cke_button__deskfacts")
    desk.types("Seats 900")
    press("Enter")
    desk.types("Built in 1904")
    facts = '<aside class="facts"><p>Seats 900</p><p>Built in 1904</p></aside>'
    assert body() == f"<p>The hall closes.</p>{facts}"
    press("Enter", "Enter")
    desk.types("It goes on.")
    story = f"<p>The hall closes.</p>{facts}<p>It goes on.</p>"
    assert body() == story
    page.click(".cke_button__desksummary")
    desk.types("No hall")
    press("Enter")
    desk.types("No music")
    brief = '<aside class="summary"><ul><li>No hall</li><li>No music</li></ul></aside>'
    assert body() == brief + story
    assert "cke_button_on" in page.get_attribute(".cke_button__desksummary", "class")
    # The button takes away the frame and leaves the words. That is undone.
    page.click(".cke_button__desksummary")
    assert body() == "<ul><li>No hall</li><li>No music</li></ul>" + story
    press("Control+z")
    assert body() == brief + story
    # Where there are points already, the caret goes to them.
    page.click(".cke_editable > p:last-child")
    page.click(".cke_button__desksummary")
    desk.types("!")
    assert body() == brief.replace("music", "music!") + story
    # What is marked comes into the box.
    page.click(".cke_editable > p:last-child")
    press("Home", "Shift+End")
    page.click(".cke_button__deskfacts")
    marked = brief.replace("music", "music!") + story.replace(
        "<p>It goes on.</p>", '<aside class="facts"><p>It goes on.</p></aside>'
    )
    assert body() == marked
    press("End", "ArrowDown")
    desk.types("The end.")
    assert body() == f"{marked}<p>The end.</p>"
