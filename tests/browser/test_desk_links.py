"""Links in the text: an address, or an article of the paper, with a warning if readers find nothing there."""

import pytest

from articles import publishing
from articles.models import Article
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
PANEL = ".desk-link-panel"


def test_a_link_is_found_typed_changed_and_taken_away(reader, site, log_in):
    ana = factories.editor("ana")
    live = factories.published_article(headline="The harbour wall is mended")
    gone = factories.published_article(headline="The harbour wall falls")
    publishing.withdraw(gone, by=ana)
    page = reader(**DESK)
    log_in(page, ana)
    desk = Desk(page, site.url)
    desk.opens("/admin/articles/article/add/")
    page.click(".cke_editable")

    def selects(letters):
        for _ in range(letters):
            page.keyboard.press("Shift+ArrowLeft")

    desk.types("See the wall")
    selects(4)
    page.keyboard.press("Control+k")
    assert page.input_value(f"{PANEL} input") == ""
    desk.types("harbour")
    page.wait_for_selector(f"{PANEL} li:has-text('falls') .desk-link-panel__warning:has-text('Withdrawn')")
    page.click(f"{PANEL} li button:has-text('mended')")
    desk.types(" and ")
    page.keyboard.press("Control+k")
    desk.types("example.org/a")
    page.keyboard.press("Enter")
    desk.types(", too.")
    wall = f'<a href="{live.get_absolute_url()}">wall</a>'
    assert desk.body().strip() == (
        f'<p>See the {wall} and <a href="https://example.org/a">example.org/a</a>, too.</p>'
    )
    page.dblclick(".cke_editable a:text-is('wall')")
    page.fill(f"{PANEL} input", gone.get_absolute_url())
    page.wait_for_selector(f"{PANEL} [role=status]:has-text('Withdrawn')")
    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="hidden")
    page.click(".cke_editable a:text-is('example.org/a')")
    page.click(".cke_button__link")
    page.click(f"{PANEL} [data-unlink]")
    page.fill("[name=headline]", "A headline")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-save-state][data-saved]")
    article = Article.objects.get(headline="A headline")
    assert article.body == f"<p>See the {wall} and example.org/a, too.</p>"
