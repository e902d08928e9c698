"""One button sets quotation marks, dashes and spaces, and one click takes it back."""

import pytest

from articles.models import Article
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)


def test_is_an_act_that_can_be_undone(reader, site, log_in):
    editor = factories.editor("ana")
    article = factories.article(
        headline='"Well"', body='<p>It\'s "so".</p><p>Plain.</p>', section=factories.section("World")
    )
    page = reader(**DESK)
    log_in(page, editor)
    Desk(page, site.url).opens(f"/admin/articles/article/{article.pk}/change/")
    page.click(".cke_button__desktypography")
    page.get_by_text("were set in headline, text").wait_for()
    assert page.input_value("#id_headline") == "“Well”"
    assert page.inner_text(".cke_editable").split("\n")[0] == "It’s “so”."
    page.locator("#id_headline").press("End")
    page.keyboard.type(", then")
    page.click("[data-typeset] button")
    page.get_by_text("What you have changed since stays").wait_for()
    assert page.input_value("#id_headline") == "“Well”, then"
    assert page.inner_text(".cke_editable").split("\n")[0] == 'It\'s "so".'
    assert Article.objects.get().headline == '"Well"'
