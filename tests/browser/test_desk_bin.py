"""One editor puts an article into the bin while another one has it open."""

import pytest

from articles.models import Article

from .test_desk_merge import article, open_as, saves  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_form_that_was_open_is_told_and_its_text_becomes_a_new_article(open_as, article):  # noqa: F811
    ana, ben = open_as("ana"), open_as("ben")
    ana.page.fill("#id_headline", "Typed by Ana")
    ben.page.fill("#id_kicker", "Typed by Ben")
    ben.page.click("text=Put into the bin…")
    ben.page.click("text=Put it into the bin")
    ben.page.wait_for_selector(".messagelist:has-text('is in the bin')")
    with ana.page.expect_response("**/desk/presence/"):
        ana.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ana.page.wait_for_selector("[data-others]:has-text('ben put this article into the bin')")
    ana.page.keyboard.press("Control+s")
    ana.page.wait_for_selector("#desk-wrong:has-text('ben put this article into the bin')")
    saves(ana)
    new = Article.objects.get()
    assert (new.headline, new.pk == article.pk) == ("Typed by Ana", False)
    assert ana.page.url.endswith(f"/{new.pk}/change/")
    ana.page.fill("#id_kicker", "Saved again")
    saves(ana)
    assert Article.objects.get().kicker == "Saved again"
    ben.page.click("text=See the bin")
    ben.page.check("input[name=_selected_action]")
    ben.page.select_option("select[name=action]", "restore")
    ben.page.click("button[name=index]")
    ben.page.click(".messagelist a")
    assert ben.page.input_value("#id_kicker") == "Typed by Ben"
    # Nothing is offered as unsaved any more: neither to Ana under the old article nor to Ben.
    for desk in (ana, ben):
        desk.opens("/admin/articles/article/add/")
        assert not desk.page.query_selector(".desk-note")
